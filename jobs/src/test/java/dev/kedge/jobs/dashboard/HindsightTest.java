// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.operators.creative.CreativeScore;
import dev.kedge.operators.creative.CreativeScore.Action;
import dev.kedge.operators.decision.Policy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
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

    private final Hindsight hindsight = new Hindsight(PAST::forEach, Policy.DEFAULT);

    @Test
    void tellsWhatOtherRulesWouldHaveStoppedBesideTheJobsOwn() {
        Hindsight.Answer answer =
                hindsight.ask("{\"stop-above\": 0.2, \"watch-above\": 0.1, \"horizon\": 7}");

        assertThat(answer.scores()).isEqualTo(4);
        assertThat(answer.policy().stopAbove()).isEqualTo(0.2);
        assertThat(answer.policy().minimumImpressions())
                .isEqualTo(Policy.DEFAULT.minimumImpressions());
        assertThat(answer.outcome().stops()).isEqualTo(2);
        assertThat(answer.outcome().dead()).isEqualTo(1);
        assertThat(answer.outcome().meanLeadDays()).isEqualTo(2.0);
        assertThat(answer.jobOutcome().stops()).isZero();
        assertThat(answer.jobOutcome().missed()).isEqualTo(1);
    }

    @Test
    void readsFromTheViewWhatThePolicyNeeds(@TempDir Path folder) {
        ScoreBoard board = new ScoreBoard(Clock.systemUTC());
        try (ScoreView view = ScoreView.open(folder, board)) {
            PAST.forEach(board::accept);
            view.keep(Map.of());

            String rules = "{\"stop-above\": 0.2, \"watch-above\": 0.1, \"horizon\": 7}";
            assertThat(new Hindsight(view, Policy.DEFAULT).ask(rules))
                    .isEqualTo(hindsight.ask(rules));
        }
    }

    @Test
    void refusesWhatIsNoPolicyInOneLine() {
        for (String rules :
                List.of("{\"stop\": 1}", "{\"stop-above\": 2}", "[1]", "{", "{\"costs\": 3}")) {
            assertThatThrownBy(() -> hindsight.ask(rules))
                    .as(rules)
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageStartingWith("policy: ")
                    .hasMessageNotContaining("\n");
        }
    }
}
