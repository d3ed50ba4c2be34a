// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.alerts;

import dev.kedge.operators.ads.creative.CreativeScore;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What rules look at.
 *
 * @param creatives the running creatives that no person has dealt with
 * @param within days within which a stop counts as a creative's risk
 * @param job the job
 */
public record Situation(List<Creative> creatives, double within, Job job) {
    /**
     * A running creative.
     *
     * @param score the newest score
     * @param probability probability of a stop within those days
     * @param named looks up its campaign, which few rules ask for
     */
    public record Creative(CreativeScore score, double probability, Supplier<String> named) {
        String campaign() {
            return named.get();
        }
    }

    /**
     * The job.
     *
     * @param lag records of the input that are not read yet, if that is known
     * @param silent time without a score
     * @param deadLetterShare share of dead letters among what it wrote lately; NaN if that was
     *     little
     */
    public record Job(OptionalLong lag, Duration silent, double deadLetterShare) {}
}
