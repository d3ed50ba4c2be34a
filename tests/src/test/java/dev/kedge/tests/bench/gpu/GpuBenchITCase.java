// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.kedge.operators.math.device.CardCheck;
import dev.kedge.operators.math.device.Device;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** As far as it goes without a card, so small that its figures mean nothing. */
class GpuBenchITCase {
    private final StringWriter printed = new StringWriter();
    private final PrintWriter out = new PrintWriter(printed);

    @TempDir private Path folder;

    @Test
    void withoutACardItSaysWhyInOneLine() {
        assumeFalse(CardCheck.ofThisMachine().usable().any());

        int code = new CommandLine(new GpuBenchCommand()).setOut(out).execute();

        assertThat(code).isEqualTo(GpuBenchCommand.NO_CARD);
        assertThat(printed.toString().lines())
                .singleElement()
                .asString()
                .isEqualTo("gpu: " + CardCheck.ofThisMachine().usable().why());
    }

    @Test
    void theSameDeviceTwiceGivesTheSameBytes() throws Exception {
        GpuBench.Result result = new GpuBench(0.01, folder, out).run(Device.CPU, "none");

        assertThat(result.rows())
                .hasSize(6)
                .allSatisfy(row -> assertThat(row.sameBytes()).as(row.learner()).isTrue())
                .allSatisfy(row -> assertThat(row.distance()).as(row.learner()).isZero())
                .allSatisfy(row -> assertThat(row.cpu()).as(row.learner()).isPositive());
        assertThat(printed.toString()).contains("reduced ResNet-18", "same bytes");
    }
}
