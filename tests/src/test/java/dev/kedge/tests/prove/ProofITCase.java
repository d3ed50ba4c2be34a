// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.tests.cluster.ShortLived;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The short form of {@code ./kedge cluster prove}: the job that loads ND4J. */
class ProofITCase {
    @Test
    void aJobThatIsRescaledKilledAndSubmittedAgainLeavesWhatOneInPeaceLeaves() throws Exception {
        ProveOptions options =
                new ProveOptions(
                        List.of(ProvedJob.CLASSIFIER),
                        2,
                        1,
                        false,
                        Map.of(ShortLived.OPTION, ShortLived.FLAGS),
                        Path.of("target", "prove", "short"));

        ProofVerdict verdict = new Proof(options, System.out::println).run();

        assertThat(verdict.natives()).as("errors of native code").isEmpty();
        assertThat(verdict.growing()).as("kept by task managers").isEmpty();
        assertThat(verdict.jobs())
                .singleElement()
                .satisfies(
                        job -> {
                            assertThat(job.differences()).as(job.line()).isEmpty();
                            assertThat(job.recoveries()).as("recoveries").isGreaterThanOrEqualTo(4);
                            assertThat(job.models()).as("models").isEqualTo(4);
                            assertThat(job.scores()).as("scores").isGreaterThan(100);
                            assertThat(job.metrics()).as("metrics").isPositive();
                        });
    }
}
