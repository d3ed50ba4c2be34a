// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.connectors.json.RecordJson;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.creative.CreativeScore.Cause;
import dev.kedge.operators.ads.creative.CreativeScore.Horizon;
import dev.kedge.operators.ads.creative.CreativeScore.Traffic;
import dev.kedge.operators.ads.policy.Policy;
import dev.kedge.operators.ads.policy.WhatIf;
import dev.kedge.state.ads.CreativeDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PastScoresTest {
    private static final long DAY = 86_400_000L;
    private static final long START = 1_780_000_000_000L;

    @TempDir private Path folder;

    private static CreativeScore score(
            String creative, int day, double probability, double spend, Action action) {
        return score(creative, day, probability, spend, action, "");
    }

    private static CreativeScore score(
            String creative,
            int day,
            double probability,
            double spend,
            Action action,
            String currency) {
        double[] curve = {0.5};
        return new CreativeScore(
                new CreativeScore.Subject("m", creative, 0),
                new CreativeDescription("acme", "text", currency),
                START + day * DAY,
                START,
                action.isFinal() ? Cause.DISCONTINUATION : Cause.STATISTICS,
                new CreativeScore.Outlook(0, curve, curve, curve, curve, curve),
                new CreativeScore.Forecast(
                        List.of(new Horizon(3, probability, probability)),
                        List.of(),
                        0.1,
                        0,
                        1,
                        -1),
                new CreativeScore.Advice(action, "", 10, 0, List.of()),
                new Traffic(5000, 1, 0, spend),
                Traffic.NONE,
                new CreativeScore.Version(1, START, 2000),
                Optional.empty());
    }

    private Path file(CreativeScore... scores) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (CreativeScore score : scores) {
            lines.append(
                            new String(
                                    RecordJson.of(CreativeScore.class).encode(score),
                                    StandardCharsets.UTF_8))
                    .append('\n');
        }
        return Files.writeString(folder.resolve("scores.jsonl"), lines.append("no score\n\n"));
    }

    @Test
    void aByteOrderMarkInFrontOfTheFileIsNoPartOfTheFirstScore() throws IOException {
        Path plain = file(score("a", 1, 0.5, 2, Action.WATCH));
        Path marked =
                Files.writeString(
                        folder.resolve("marked.jsonl"), "\uFEFF" + Files.readString(plain));

        assertThat(PastScores.ofFile(marked).scores()).hasSize(1);
        assertThat(PastScores.ofFile(marked).unreadable()).isEqualTo(1);
    }

    @Test
    void aFileIsReadInTheOrderOfEventTimeAndWhatIsNoScoreIsCounted() throws IOException {
        PastScores past =
                PastScores.ofFile(
                        file(
                                score("b", 3, 0.9, 30, Action.STOPPED),
                                score("a", 1, 0.6, 10, Action.STOP),
                                score("b", 1, 0.2, 10, Action.KEEP)));

        assertThat(past.unreadable()).isEqualTo(1);
        assertThat(past.scores())
                .extracting(CreativeScore::creative)
                .containsExactly("a", "b", "b");
        assertThat(past.scores().get(0).outlook().survival()).as("curves are dropped").isEmpty();
    }

    @Test
    void policiesAreComparedOnTheSamePast() throws IOException {
        PastScores past =
                PastScores.ofFile(
                        file(
                                score("a", 1, 0.6, 10, Action.KEEP),
                                score("a", 2, 0.9, 60, Action.STOPPED),
                                score("b", 1, 0.3, 10, Action.KEEP),
                                score("b", 9, 0.2, 50, Action.KEEP)));
        Policy bold = stopsFrom(0.25);
        Policy prudent = stopsFrom(0.5);

        Alternatives careful = Alternatives.of(past, Map.of("careful", prudent));
        Alternatives hasty = Alternatives.of(past, Map.of("hasty", bold));

        assertThat(careful.outcomes().get(0).report().net()).isCloseTo(50, within(1e-9));
        assertThat(hasty.outcomes().get(0).report().live()).isEqualTo(1);
        assertThat(hasty.outcomes().get(0).report().net()).isCloseTo(50 - 0.2 * 40, within(1e-9));
        assertThat(hasty.table()).contains("hasty", "4 scores (1 unreadable)", "42.00");
        assertThat(hasty.json()).contains("\"spendLost\" : 40.0");
    }

    @Test
    void eachCurrencyHasALineOfItsOwn() throws IOException {
        Path file =
                file(
                        score("a", 1, 0.6, 10, Action.KEEP, "USD"),
                        score("a", 2, 0.9, 60, Action.STOPPED, "USD"),
                        score("b", 1, 0.6, 1000, Action.KEEP, "EUR"),
                        score("b", 9, 0.2, 5000, Action.KEEP, "EUR"));
        Policy policy = stopsFrom(0.5);

        Alternatives paid = Alternatives.of(PastScores.ofFile(file), Map.of("own", policy));
        Alternatives mixed =
                Alternatives.of(
                        PastScores.ofFile(
                                file(
                                        score("a", 1, 0.6, 10, Action.KEEP, "USD"),
                                        score("a", 2, 0.9, 60, Action.STOPPED, "USD"),
                                        score("c", 1, 0.1, 7, Action.KEEP))),
                        Map.of("own", policy));

        assertThat(paid.table())
                .contains(", spend EUR 5,000.00 and USD 60.00\n")
                .containsPattern("own +2 +1 +1 +0 +0 +- +- +1.0 +- +1 +0\n")
                .containsPattern("  in EUR +0.00 +4,000.00 +-800.00\n")
                .containsPattern("  in USD +50.00 +0.00 +50.00\n");
        assertThat(paid.json())
                .contains("\"spend\" : 0.0")
                .containsPattern("\"netIn\" : \\{\\s+\"EUR\" : -800.0,\\s+\"USD\" : 50.0\\s+}");
        assertThat(mixed.table())
                .contains(", spend 7.00 and USD 60.00\n")
                .containsPattern("own +1 +1 +0 +0 +0 +0.00 +0.00 +1.0 +0.00 +0 +0\n")
                .containsPattern("  in USD +50.00 +0.00 +50.00\n");
    }

    @Test
    void theFiguresOfAPastWithoutCurrenciesAreAsTheyWere() throws IOException {
        Alternatives none =
                Alternatives.of(
                        PastScores.ofFile(file(score("a", 1, 0.6, 10, Action.KEEP))),
                        Map.of("own", stopsFrom(0.5)));

        assertThat(none.json())
                .isEqualTo(
                        String.join(
                                System.lineSeparator(),
                                "{",
                                "  \"scores\" : 1,",
                                "  \"unreadable\" : 1,",
                                "  \"outcomes\" : [ {",
                                "    \"policy\" : \"own\",",
                                "    \"report\" : {",
                                "      \"spells\" : 1,",
                                "      \"ended\" : 0,",
                                "      \"spend\" : 10.0,",
                                "      \"stops\" : 1,",
                                "      \"dead\" : 0,",
                                "      \"live\" : 0,",
                                "      \"open\" : 1,",
                                "      \"missed\" : 0,",
                                "      \"spendSaved\" : 0.0,",
                                "      \"spendLost\" : 0.0,",
                                "      \"meanLeadDays\" : null,",
                                "      \"net\" : 0.0,",
                                "      \"changes\" : 0,",
                                "      \"unsteady\" : 0",
                                "    },",
                                "    \"bestThreshold\" : null,",
                                "    \"bestWorth\" : 0.0",
                                "  } ]",
                                "}"));
    }

    @Test
    void theBestThresholdIsLookedForInEachCurrencyByItself() throws IOException {
        List<CreativeScore> scores = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            scores.add(score("u" + i, 1, 0.6, 10, Action.KEEP, "USD"));
            scores.add(score("u" + i, 2, 0.9, 60, Action.STOPPED, "USD"));
            scores.add(score("e" + i, 1, 0.35, 1000, Action.KEEP, "EUR"));
            scores.add(score("e" + i, 2, 0.9, 1100, Action.STOPPED, "EUR"));
            scores.add(score("j" + i, 1, 0.6, 1000, Action.KEEP, "JPY"));
            scores.add(score("j" + i, 9, 0.2, 5000, Action.KEEP, "JPY"));
        }

        Alternatives found =
                Alternatives.of(
                        PastScores.ofFile(file(scores.toArray(CreativeScore[]::new))),
                        Map.of("own", stopsFrom(0.5)));

        WhatIf.Best best = found.outcomes().get(0).best();
        assertThat(best.bestThreshold()).isNaN();
        assertThat(best.bestWorth()).isZero();
        assertThat(best.bestThresholdIn()).isEqualTo(Map.of("EUR", 0.3, "USD", 0.3));
        assertThat(best.bestWorthIn()).isEqualTo(Map.of("EUR", 3000.0, "USD", 1500.0));
        assertThat(found.table())
                .contains(
                        "own: of all thresholds, stopping from 30 % on would have been worth most: EUR 3,000.00\n")
                .contains(
                        "own: of all thresholds, stopping from 30 % on would have been worth most: USD 1,500.00\n");
    }

    private static Policy stopsFrom(double probability) {
        return new Policy(
                Policy.Rule.THRESHOLDS,
                3,
                probability,
                0.25,
                0,
                0,
                List.of(),
                Policy.Costs.DEFAULT,
                Policy.Steadiness.NONE);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("none.jsonl");
        assertThatThrownBy(() -> PastScores.ofFile(missing))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(missing + ": there is no such file");
    }
}
