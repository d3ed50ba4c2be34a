// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TurnstileTest {
    private final Turnstile turnstile = new Turnstile(ServerLimits.DEFAULT);

    @Test
    void aReaderAsksOneQuestionAtATimeAndFewAreAnsweredInAll() {
        String answers =
                turnstile.question(
                        "a",
                        () -> {
                            assertThatThrownBy(() -> turnstile.question("a", () -> "second"))
                                    .isInstanceOf(BusyException.class)
                                    .hasMessageContaining("of yours");
                            return turnstile.question(
                                    "b",
                                    () -> {
                                        assertThatThrownBy(
                                                        () ->
                                                                turnstile.question(
                                                                        "c", () -> "third"))
                                                .isInstanceOf(BusyException.class)
                                                .hasMessageContaining("Too many");
                                        return "both";
                                    });
                        });

        assertThat(answers).isEqualTo("both");
        assertThat(turnstile.question("a", () -> "again")).isEqualTo("again");
        assertThat(turnstile.question("c", () -> "now")).isEqualTo("now");
    }

    @Test
    void aQuestionThatFailsLeavesRoomForTheNext() {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(
                            () ->
                                    turnstile.question(
                                            "a",
                                            () -> {
                                                throw new BadRequestException("no policy");
                                            }))
                    .hasMessage("no policy");
        }

        assertThat(turnstile.question("a", () -> "answer")).isEqualTo("answer");
    }
}
