// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.kind;

import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.flink.JobFiles;
import dev.kedge.jobs.flink.StreamJob;

/**
 * A kind of job that a job file can name.
 *
 * @param <S> its settings: a record whose components are the fields of its files
 */
public interface JobKind<S extends JobSettings> {
    /** What a file says under {@code job}. */
    String word();

    /** Everything as it is without a file. */
    S defaults();

    /** The record of its files. */
    Class<S> type();

    /**
     * A job of these settings.
     *
     * @param files how the files that they name are found
     */
    StreamJob job(S settings, JobFiles files);
}
