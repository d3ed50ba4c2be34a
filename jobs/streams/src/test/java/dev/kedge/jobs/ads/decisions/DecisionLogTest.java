// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.ads.creative.CreativeScore.Action;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecisionLogTest {
    private static final Instant NOW = Instant.EPOCH;

    private static Decision note(String creative, int number) {
        return new Decision(
                creative + "-" + number,
                "m",
                creative,
                "",
                Decision.Kind.NOTE,
                "Ann",
                "note " + number,
                Optional.empty(),
                "",
                number,
                new Decision.Seen(0, Action.WATCH, List.of(), 0, "", 1, 1));
    }

    @Test
    void whatComesTwiceCountsOnce() {
        DecisionLog log = new DecisionLog();

        assertThat(log.accept(note("a", 1))).isTrue();
        assertThat(log.accept(note("a", 1))).isFalse();
        assertThat(log.of("m", "a")).hasSize(1);
        assertThat(log.revision(NOW)).isEqualTo(1);
    }

    @Test
    void theCreativesThatNobodySpokeOfForLongestGiveWay() {
        DecisionLog log = new DecisionLog(4);
        log.accept(note("a", 1));
        log.accept(note("b", 2));
        log.accept(note("b", 3));
        log.accept(note("a", 4));
        log.accept(note("c", 5));

        assertThat(log.of("m", "b")).isEmpty();
        assertThat(log.of("m", "a")).hasSize(2);
        assertThat(log.newest()).extracting(Decision::at).startsWith(5L, 4L);
    }

    @Test
    void theOldestOfOneCreativeGiveWay() {
        DecisionLog log = new DecisionLog();
        for (int i = 0; i < Trail.MOST + 5; i++) {
            log.accept(note("a", i));
        }

        assertThat(log.of("m", "a")).hasSize(Trail.MOST).last().isEqualTo(note("a", 5));
        assertThat(log.newest()).hasSize(DecisionLog.NEWEST);
    }
}
