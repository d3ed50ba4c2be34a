// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.report;

import dev.kedge.tests.bench.Machine;
import java.util.List;

/**
 * What was measured.
 *
 * @param command that measures it again
 * @param machine where
 * @param figures all of them
 * @param timelines of the latencies
 */
public record BenchResult(
        String command, Machine machine, List<Figure> figures, List<Timeline> timelines) {}
