// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kedge.jobs.config.FigureJson;
import dev.kedge.jobs.laboratory.ads.replay.ReplayReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureJsonTest {
    private static final double NONE = Double.NaN;

    private record Figures(double plain, Double boxed, double[] array, List<Double> list) {}

    @Test
    void whatIsNoFiniteNumberIsNullAndReadBackIsNoNumberAgain() throws Exception {
        JsonMapper mapper = FigureJson.builder().build();
        double infinite = Double.POSITIVE_INFINITY;
        Figures figures =
                new Figures(NONE, NONE, new double[] {1, infinite}, List.of(0.5, NONE, -infinite));

        String json = mapper.writeValueAsString(figures);
        Figures read = mapper.readValue(json, Figures.class);

        assertThat(json)
                .isEqualTo(
                        "{\"plain\":null,\"boxed\":null,\"array\":[1.0,null],\"list\":[0.5,null,null]}");
        assertThat(read.plain()).isNaN();
        assertThat(read.boxed()).isNaN();
        assertThat(read.list()).containsExactly(0.5, NONE, NONE);
    }

    @Test
    void whatEarlierVersionsWroteIsReadToo() throws Exception {
        JsonMapper mapper = FigureJson.builder().build();

        assertThat(
                        mapper.readValue(
                                        "{\"plain\":\"NaN\",\"boxed\":2,\"array\":[],\"list\":[\"NaN\",3.5]}",
                                        Figures.class)
                                .list())
                .containsExactly(NONE, 3.5);
    }

    @Test
    void aReplayThatCannotTellSaysNull() {
        ReplayReport report =
                new ReplayReport(
                        1,
                        0,
                        0,
                        1,
                        1,
                        0,
                        0.5,
                        List.of(
                                new ReplayReport.Part(
                                        "all",
                                        1,
                                        0,
                                        List.of(
                                                new ReplayReport.Row(
                                                        "stream", NONE, 0.5, NONE, NONE)))));

        assertThat(report.json())
                .contains("\"shortTerm\" : null", "\"longTerm\" : 0.5")
                .doesNotContain("NaN");
    }
}
