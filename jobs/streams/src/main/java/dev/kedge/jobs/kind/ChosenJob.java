// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.kind;

import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.config.References;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.flink.JobFiles;
import dev.kedge.jobs.flink.StreamJob;
import java.util.Set;

/**
 * What a job file says.
 *
 * @param kind the kind of job
 * @param settings its settings
 * @param references what the file left to its surroundings
 * @param said the fields of which the file says something, with dots
 * @param <S> type of the settings
 */
public record ChosenJob<S extends JobSettings>(
        JobKind<S> kind, S settings, References references, Set<String> said) {
    /**
     * Reads a job of a kind.
     *
     * @param source begins every message
     * @throws dev.kedge.jobs.config.ConfigurationException if anything in it is wrong
     */
    public static <S extends JobSettings> ChosenJob<S> parse(
            String yaml, JobKind<S> kind, String source) {
        return new ChosenJob<>(
                kind,
                StrictYaml.parse(yaml, kind.defaults(), kind.type(), source),
                StrictYaml.references(yaml, source),
                StrictYaml.said(yaml, source));
    }

    /** The job, with all that it needs on this machine. */
    public StreamJob job() {
        return job(JobFiles.HERE);
    }

    /** The job. */
    public StreamJob job(JobFiles files) {
        return kind.job(settings, files);
    }
}
