// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import java.nio.file.Path;

/**
 * What the runs of an experiment have in common. Immutable.
 *
 * @param settings the experiment
 * @param samples its data
 * @param learners makes its learners
 * @param files where its runs are kept
 * @param fingerprint of data and settings, of all that changes a run's result besides its key
 * @param commit of this program
 */
record Laboratory(
        ExperimentSettings settings,
        Samples samples,
        Learners learners,
        RunFiles files,
        String fingerprint,
        String commit) {

    static Laboratory open(
            ExperimentSettings settings, Samples samples, Path folder, String commit) {
        Learners learners = new Learners(settings.learner(), samples);
        RunFiles files = new RunFiles(folder.resolve("runs"));
        String fingerprint = Fingerprint.of(settings, samples);
        return new Laboratory(settings, samples, learners, files, fingerprint, commit);
    }
}
