// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.kafka.Topics;
import dev.kedge.jobs.page.SteppedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class InputProgressTest {
    private final SteppedClock clock = new SteppedClock(Instant.EPOCH);
    private final InputProgress progress = new InputProgress(Duration.ofMinutes(2), clock);

    private Optional<String> look(long read, long end) {
        clock.advance(Duration.ofMinutes(1));
        return progress.look(List.of(new Topics.Place(0, OptionalLong.of(read), end)));
    }

    @Test
    void recordsThatComeWhileNoneIsReadAreToldAfterAWhile() {
        look(5, 5);
        look(5, 6);
        assertThat(look(5, 8)).isEmpty();
        assertThat(look(5, 9))
                .contains("records come and none is read: 4 more wait than 180 s ago");
        assertThat(look(6, 20)).isEmpty();
    }

    @Test
    void theMarkOfATransactionThatIsNeverReadIsNoStandstill() {
        look(5, 6);
        for (int i = 0; i < 10; i++) {
            assertThat(look(5, 6)).isEmpty();
        }
    }
}
