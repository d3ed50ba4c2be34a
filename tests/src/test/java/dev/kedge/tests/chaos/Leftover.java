// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import dev.kedge.jobs.config.JobSettings;
import java.util.function.UnaryOperator;

/**
 * What a run left behind.
 *
 * @param parts of all models
 * @param scores by model
 * @param metrics by model
 * @param deadLetters by the place of the original
 */
public record Leftover(
        ModelParts parts,
        CommittedRecords scores,
        CommittedRecords metrics,
        CommittedRecords deadLetters) {
    /**
     * Reads what a job left that was stopped.
     *
     * @param savepoint with which it was
     */
    public static Leftover of(String servers, JobSettings settings, String savepoint)
            throws Exception {
        return new Leftover(
                ModelParts.read(savepoint),
                CommittedRecords.read(servers, settings.topics().scores(), Leftover::model),
                CommittedRecords.read(
                        servers, settings.topics().metrics(), UnaryOperator.identity()),
                CommittedRecords.read(
                        servers, settings.topics().deadLetters(), UnaryOperator.identity()));
    }

    /** Keys of scores begin with the model and a bar. */
    private static String model(String key) {
        int bar = key.indexOf('|');
        return bar < 0 ? key : key.substring(0, bar);
    }
}
