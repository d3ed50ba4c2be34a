// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.report;

import java.util.List;

/**
 * The worst latency of each tenth of a second of a phase, and the checkpoints that fell into it.
 *
 * @param job which job
 * @param setting under which circumstances
 * @param worst milliseconds, by tenths of a second since the first event was due
 * @param checkpoints seconds since the first event was due at which each was complete
 */
public record Timeline(String job, String setting, double[] worst, List<Double> checkpoints) {
    /** How long a tenth of a second is. */
    public static final long STEP_MILLIS = 100;
}
