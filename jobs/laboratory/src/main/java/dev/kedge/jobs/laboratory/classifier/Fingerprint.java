// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.jobs.config.StrictYaml;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * Tells whether two runs learned the same data in the same way: a hash of everything that changes a
 * run's result besides its key. Fields that came with later versions are left out where they have
 * their defaults, so that an experiment of an earlier version goes on.
 */
final class Fingerprint {
    private static final Set<String> LATER =
            Set.of(
                    "protocol.arrival",
                    "protocol.class-order",
                    "learner.optimiser.clip",
                    "learner.optimiser.schedule",
                    "learner.retrieval",
                    "learner.inputs",
                    "learner.declare-classes");

    private Fingerprint() {}

    static String of(ExperimentSettings settings, Samples samples) {
        ExperimentSettings standard = ExperimentSettings.DEFAULT;
        String all =
                samples.checksum()
                        + text("protocol", settings.protocol(), standard.protocol())
                        + text("learner", settings.learner(), standard.learner())
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

    private static String text(String name, Object settings, Object standard) {
        return StrictYaml.writeWithoutDefaults(name, settings, standard, LATER);
    }
}
