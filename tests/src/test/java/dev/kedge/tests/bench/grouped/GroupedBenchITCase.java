// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.grouped;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.tests.bench.workouts.Workouts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** So small that its figures mean nothing. */
class GroupedBenchITCase {
    private final StringWriter printed = new StringWriter();

    @Test
    void stepsOfAllModelsAreMadeTogetherUpToTheSizeOfAGroup() throws Exception {
        GroupedBench.Settings settings =
                new GroupedBench.Settings(List.of(1, 4, 100), 8, 1L << 30, 1, 0.01);

        GroupedBench.Result result =
                new GroupedBench(settings, new PrintWriter(printed))
                        .run(List.of(Workouts.all(0.01).get(0)));

        assertThat(result.rows()).extracting(GroupedBench.Row::models).containsOnly(8);
        assertThat(result.rows())
                .extracting(GroupedBench.Row::together)
                .containsExactly(1.0, 4.0, 8.0);
        assertThat(result.rows()).allSatisfy(row -> assertThat(row.rate()).isPositive());
        assertThat(result.rows().get(0).toAlone()).isEqualTo(1);
        assertThat(result.products()).hasSize(3);
        assertThat(printed.toString()).contains("small mlp", "rank 3");
    }
}
