// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import java.nio.file.Path;

/**
 * What a chaos run does.
 *
 * @param kills task managers to kill
 * @param models markets of the simulation, each a model
 * @param seed of the market, of the learners and of who is killed when
 * @param daysPerSecond how fast the market is played
 * @param folder where broker, checkpoints and logs go; logs and savepoints stay
 */
public record ChaosOptions(int kills, int models, long seed, double daysPerSecond, Path folder) {
    /** Checks the numbers. */
    public ChaosOptions {
        require(kills >= 1 && kills <= 1000, "--kills", kills, "between 1 and 1000");
        require(models >= 1 && models <= 10_000, "--models", models, "between 1 and 10000");
        require(
                daysPerSecond > 0 && daysPerSecond <= 100,
                "--speed",
                daysPerSecond,
                "above 0, at most 100 days a second");
        folder = folder.toAbsolutePath();
    }

    private static void require(boolean holds, String name, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(
                    name + ": " + value + " is not allowed; it must be " + allowed);
        }
    }
}
