// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.experiment;

import dev.kedge.jobs.config.StrictYaml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
        return new Laboratory(
                settings,
                samples,
                new Learners(settings.learner(), samples),
                new RunFiles(folder.resolve("runs")),
                fingerprint(settings, samples),
                commit);
    }

    private static String fingerprint(ExperimentSettings settings, Samples samples) {
        String all =
                samples.checksum()
                        + StrictYaml.write(settings.protocol())
                        + StrictYaml.write(settings.learner())
                        + StrictYaml.write(settings.evaluation());
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
