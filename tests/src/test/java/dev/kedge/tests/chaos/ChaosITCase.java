// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The short form of {@code ./kedge chaos}. */
class ChaosITCase {
    private static final int KILLS = 2;
    private static final int MODELS = 100;

    @Test
    void killedTaskManagersLeaveNoTraceInModelsNorInTheOutput() throws Exception {
        ChaosOptions options =
                new ChaosOptions(KILLS, MODELS, 1, 0.3, Path.of("target", "chaos", "short"));

        Verdict verdict = new Chaos(options, System.out::println).run();

        assertThat(verdict.differences()).as(verdict.line()).isEmpty();
        assertThat(verdict.recoveries()).as("recoveries").isGreaterThanOrEqualTo(KILLS);
        assertThat(verdict.models()).as("models").isEqualTo(MODELS);
        assertThat(verdict.scores()).as("scores").isGreaterThan(2_000);
        assertThat(verdict.metrics()).as("metrics").isGreaterThan(MODELS);
        assertThat(verdict.deadLetters()).as("dead letters").isPositive();
    }
}
