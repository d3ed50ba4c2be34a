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
import dev.kedge.state.ads.CreativeDescription;
import dev.kedge.state.settings.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PastScoresTest {
    private static final long DAY = 86_400_000L;
    private static final long START = 1_780_000_000_000L;

    @TempDir private Path folder;

    private static CreativeScore score(
            String creative, int day, double probability, double spend, Action action) {
        double[] curve = {0.5};
        return new CreativeScore(
                new CreativeScore.Subject("m", creative, 0),
                new CreativeDescription("acme", "text"),
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
                new CreativeScore.Version(1, START, 2000));
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
        Policy bold =
                new Policy(
                        Policy.Rule.THRESHOLDS,
                        3,
                        0.25,
                        0.25,
                        0,
                        0,
                        List.of(),
                        Policy.Costs.DEFAULT,
                        Policy.Steadiness.NONE);
        Policy prudent = Schema.with(bold, "stop-above", 0.5);

        Alternatives careful = Alternatives.of(past, Map.of("careful", prudent));
        Alternatives hasty = Alternatives.of(past, Map.of("hasty", bold));

        assertThat(careful.outcomes().get(0).report().net()).isCloseTo(50, within(1e-9));
        assertThat(hasty.outcomes().get(0).report().live()).isEqualTo(1);
        assertThat(hasty.outcomes().get(0).report().net()).isCloseTo(50 - 0.2 * 40, within(1e-9));
        assertThat(hasty.table()).contains("hasty", "4 scores (1 unreadable)", "42.00");
        assertThat(hasty.json()).contains("\"spendLost\" : 40.0");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("none.jsonl");
        assertThatThrownBy(() -> PastScores.ofFile(missing))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(missing + ": there is no such file");
    }
}
