// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import dev.kedge.jobs.config.ConfigurationException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A kind of experiment.
 *
 * @param <S> settings of its files: a record
 */
public interface ExperimentKind<S> {
    /** Everything as it is without a file; their fields tell the kind of a file. */
    S defaults();

    /** Settings with data that lie elsewhere. */
    S withData(S settings, String path);

    /**
     * Settings with so many runs at the same time, where files of this kind say that.
     *
     * @throws IllegalArgumentException if it is not allowed
     */
    default S withCores(S settings, int cores) {
        return settings;
    }

    /** Where files go unless told otherwise. */
    Path folder(S settings);

    /**
     * Reads the data and checks everything; runs nothing.
     *
     * @throws ConfigurationException if settings and data do not belong together, or the folder
     *     cannot be used
     */
    Study open(S settings, Start start);

    /**
     * How an experiment is begun.
     *
     * @param folder where its files go
     * @param cores runs at the same time, where the settings do not say that
     * @param fresh whether to forget the runs that the folder holds
     * @param say takes what a person reads meanwhile, a line each
     */
    record Start(Path folder, int cores, boolean fresh, Consumer<String> say) {}
}
