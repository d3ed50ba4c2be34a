// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final Attempts attempts = new Attempts(nanos::get);

    @Test
    void anAddressIsExhaustedForTheRestOfTheMinuteAndNoOtherIs() {
        IntStream.range(0, Attempts.MOST).forEach(i -> attempts.wrong("a"));

        assertThat(attempts.exhausted("a")).isTrue();
        assertThat(attempts.exhausted("b")).isFalse();
        nanos.addAndGet(59_000_000_000L);
        assertThat(attempts.exhausted("a")).isTrue();
        nanos.addAndGet(1_000_000_000L);
        assertThat(attempts.exhausted("a")).isFalse();
    }

    @Test
    void ofTooManyAddressesTheEldestIsForgotten() {
        IntStream.range(0, Attempts.MOST).forEach(i -> attempts.wrong("first"));
        IntStream.range(0, 1000).forEach(i -> attempts.wrong("address " + i));

        assertThat(attempts.exhausted("first")).isFalse();
    }
}
