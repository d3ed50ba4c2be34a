// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQueryTest {
    @Test
    void aQueryTellsItsMetricsTheLabelsThatChooseAndThoseThatGroup() {
        PromQuery query =
                PromQuery.of(
                        "sum by (job_name, part) (rate(a_total{job_name=~\"by (x)\",op!=\"{y}\"}[5m] offset 1h))"
                                + " / on (job_name) group_left () (max(b) > 0.5) and time() - c / 1000 > -Inf");

        assertThat(query.metrics())
                .isEqualTo(
                        Map.of("a_total", Set.of("job_name", "op"), "b", Set.of(), "c", Set.of()));
        assertThat(query.grouped()).containsExactly("job_name", "part");
    }

    @Test
    void aMetricAloneIsAQuery() {
        assertThat(PromQuery.of("up{job=\"kedge\"} == 0").metrics())
                .isEqualTo(Map.of("up", Set.of("job")));
    }
}
