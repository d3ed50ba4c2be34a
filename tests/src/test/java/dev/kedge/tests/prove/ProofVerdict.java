// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.prove;

import static dev.kedge.state.text.Text.format;

import java.time.Duration;
import java.util.List;

/**
 * What a proof showed.
 *
 * @param jobs what each left, and what an undisturbed twin of it left
 * @param growing what the task managers kept though it should have gone
 * @param silent queries of dashboards and alerts that a Prometheus had no answer to
 * @param natives errors of native code, from the logs
 * @param took from start to end
 */
public record ProofVerdict(
        List<Compared> jobs,
        List<String> growing,
        List<String> silent,
        List<String> natives,
        Duration took) {
    /**
     * A job.
     *
     * @param name of it
     * @param records that it and its twin learned from
     * @param recoveries of it from checkpoints: rescaled, or killed
     * @param models of its twin
     * @param scores of its twin
     * @param metrics of its twin
     * @param deadLetters of its twin
     * @param differences between both
     */
    public record Compared(
            String name,
            long records,
            long recoveries,
            long models,
            long scores,
            long metrics,
            long deadLetters,
            List<String> differences) {
        /** Everything in one line. */
        String line() {
            return format(
                    "%s: %s: %,d records, %d recoveries, %d models, %,d scores, %,d metrics, %,d dead letters",
                    name,
                    differences.isEmpty() ? "SAME" : "DIFFERENT in " + differences.size(),
                    records,
                    recoveries,
                    models,
                    scores,
                    metrics,
                    deadLetters);
        }
    }

    /** Whether all holds. */
    public boolean holds() {
        return growing.isEmpty()
                && silent.isEmpty()
                && natives.isEmpty()
                && jobs.stream().allMatch(job -> job.differences().isEmpty());
    }
}
