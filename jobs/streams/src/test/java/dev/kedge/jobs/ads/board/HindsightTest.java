// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.page.BadRequestException;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.policy.Policy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HindsightTest {
    private static final long DAY = 86_400_000L;

    /** A score tells 30 % within 7 days, and 12.5 spent; the last stops the creative by hand. */
    private static final List<CreativeScore> PAST =
            List.of(
                    Samples.score("a", 0, -5, Action.KEEP),
                    Samples.score("a", DAY, -5, Action.KEEP),
                    Samples.score("a", 2 * DAY, -5, Action.STOPPED),
                    Samples.score("b", 0, -5, Action.KEEP));

    private static final String RULES =
            "{\"rule\": \"thresholds\", \"stop-above\": 0.2, \"watch-above\": 0.1, \"horizon\": 7}";

    private final Hindsight hindsight = new Hindsight(HindsightTest::past, Policy.DEFAULT);

    private static long past(long most, Consumer<CreativeScore> reader) {
        PAST.subList((int) Math.max(0, PAST.size() - most), PAST.size()).forEach(reader);
        return PAST.size();
    }

    private static Hindsight.Answer ask(Hindsight hindsight, String rules) {
        return hindsight.ask(rules.getBytes(UTF_8), 1000);
    }

    @Test
    void tellsWhatOtherRulesWouldHaveStoppedBesideTheJobsOwn() {
        Hindsight.Answer answer = ask(hindsight, RULES);

        assertThat(answer.scores()).isEqualTo(4);
        assertThat(answer.kept()).isEqualTo(4);
        assertThat(answer.policy().stopAbove()).isEqualTo(0.2);
        assertThat(answer.policy().minimumImpressions())
                .isEqualTo(Policy.DEFAULT.minimumImpressions());
        assertThat(answer.outcome().stops()).isEqualTo(2);
        assertThat(answer.outcome().dead()).isEqualTo(1);
        assertThat(answer.outcome().meanLeadDays()).isEqualTo(2.0);
        assertThat(answer.jobOutcome().stops()).isZero();
        assertThat(answer.jobOutcome().missed()).isEqualTo(1);
        assertThat(answer.outcome().net()).isZero();
        assertThat(answer.outcome().steadiness().changes()).isZero();
        assertThat(answer.best().bestThreshold()).as("two outcomes prove nothing").isNaN();
    }

    @Test
    void readsFromTheViewWhatThePolicyNeeds(@TempDir Path folder) {
        ScoreBoard board = new ScoreBoard(Clock.systemUTC());
        try (ScoreView view = ScoreView.open(folder, board)) {
            PAST.forEach(board::accept);
            view.keep(Map.of());

            assertThat(ask(new Hindsight(view, Policy.DEFAULT), RULES))
                    .isEqualTo(ask(hindsight, RULES));
        }
    }

    @Test
    void theViewKeepsTheCurrencyOfWhatAPolicyIsJudgedBy(@TempDir Path folder) {
        ScoreBoard board = new ScoreBoard(Clock.systemUTC());
        try (ScoreView view = ScoreView.open(folder, board)) {
            board.accept(Samples.priced("a", "EUR", Action.KEEP));
            board.accept(Samples.priced("b", "USD", Action.KEEP));
            view.keep(Map.of());

            Hindsight.Answer answer = ask(new Hindsight(view, Policy.DEFAULT), RULES);

            assertThat(answer.outcome().spend()).isZero();
            assertThat(answer.outcome().currencies().spendIn())
                    .isEqualTo(Map.of("EUR", 12.5, "USD", 12.5));
            assertThat(DashboardJson.hindsight(answer).get("jobOutcome").get("spendIn"))
                    .hasToString("{\"EUR\":12.5,\"USD\":12.5}");
        }
    }

    @Test
    void readsTheNewestAloneWhereMoreIsKeptThanAQuestionMayRead(@TempDir Path folder) {
        ScoreBoard board = new ScoreBoard(Clock.systemUTC());
        try (ScoreView view = ScoreView.open(folder, board)) {
            PAST.forEach(board::accept);
            view.keep(Map.of());

            Hindsight.Answer answer =
                    new Hindsight(view, Policy.DEFAULT).ask("{}".getBytes(UTF_8), 2);

            assertThat(answer.scores()).isEqualTo(2);
            assertThat(answer.kept()).isEqualTo(4);
            assertThat(answer.outcome().ended()).isEqualTo(1);
            assertThat(answer.outcome().spells()).isEqualTo(2);
        }
    }

    @Test
    void refusesAPolicyWithSoManyCausesThatEachScoreWouldCost() {
        String causes = "\"a\",".repeat(Hindsight.MAX_IGNORED) + "\"b\"";

        assertThatThrownBy(() -> ask(hindsight, "{\"ignoring\": [" + causes + "]}"))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("policy: ignoring: 65 causes are not allowed; at most 64");
    }

    @Test
    void refusesWhatIsNoPolicyInOneLine() {
        for (String rules :
                List.of(
                        "",
                        "stop-above: 0.3",
                        "{} {}",
                        "{\"stop\": 1}",
                        "{\"stop-above\": 2}",
                        "[1]",
                        "{",
                        "{\"costs\": 3}")) {
            assertThatThrownBy(() -> ask(hindsight, rules))
                    .as(rules)
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageStartingWith("policy: ")
                    .hasMessageNotContaining("\n");
        }
    }
}
