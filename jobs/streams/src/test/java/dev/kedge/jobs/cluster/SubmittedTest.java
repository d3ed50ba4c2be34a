// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SubmittedTest {
    @Test
    void whatIsKeptWithAJobComesBack() {
        Submitted all =
                new Submitted(
                        "s3://bucket/ads",
                        Optional.of("s3://bucket/ads/savepoint-1"),
                        Optional.of("s3://bucket/ads/job-1.yaml"),
                        Optional.of("1_kedge.jar"),
                        OptionalInt.of(4));
        Submitted little =
                new Submitted(
                        "s3://bucket/ads",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty());

        assertThat(Submitted.of(all.parameters())).contains(all);
        assertThat(Submitted.of(little.parameters())).contains(little);
    }

    @Test
    void aJobOfSomebodyElseIsNone() {
        assertThat(Submitted.of(Map.of("input", "s3://bucket/ads"))).isEmpty();
    }
}
