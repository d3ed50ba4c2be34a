// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
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
    void fewTablesAreTakenAwayAndFewChangesAreWrittenAtOnce() {
        List<String> done = new ArrayList<>();
        turnstile.download(
                () ->
                        turnstile.download(
                                () -> {
                                    assertThatThrownBy(() -> turnstile.download(() -> {}))
                                            .isInstanceOf(BusyException.class)
                                            .hasMessageContaining("tables");
                                    done.add("tables");
                                }));
        Supplier<String> change = () -> "changed";
        for (int i = 0; i < ServerLimits.CHANGES; i++) {
            Supplier<String> inner = change;
            change = () -> turnstile.change(inner);
        }
        Supplier<String> many = change;
        assertThat(many.get()).isEqualTo("changed");
        assertThatThrownBy(() -> turnstile.change(many))
                .isInstanceOf(BusyException.class)
                .hasMessageContaining("changes");

        assertThat(done).containsExactly("tables");
        turnstile.download(() -> done.add("again"));
        assertThat(done).contains("again");
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
