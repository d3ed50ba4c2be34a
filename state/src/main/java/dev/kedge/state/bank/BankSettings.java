// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.bank;

import dev.kedge.state.settings.Checks;

/**
 * What bounds a bank, and how it answers.
 *
 * @param width values of an embedding
 * @param instances most instances; the longest unseen gives way to a new one
 * @param history embeddings that are kept of an instance, the latest ones
 * @param deadFrames an instance is removed when it was not seen for more frames than this
 * @param readOut by which vector an entry answers
 * @param momentum weight of a new embedding in the average of {@link ReadOut#FIXED_MOMENTUM}
 */
public record BankSettings(
        int width, int instances, int history, long deadFrames, ReadOut readOut, double momentum) {
    /** The authors' history. */
    public static final int REFERENCE_HISTORY = 10;

    /** The authors' number of frames. */
    public static final long REFERENCE_DEAD_FRAMES = 20;

    /** The authors' fixed momentum. */
    public static final double REFERENCE_MOMENTUM = 0.75;

    /** Checks the numbers. */
    public BankSettings {
        Checks.require(width > 0, "bank.width", width, "at least 1");
        Checks.require(instances > 0, "bank.instances", instances, "at least 1");
        Checks.require(history > 0, "bank.history", history, "at least 1");
        Checks.require(deadFrames >= 0, "bank.dead-frames", deadFrames, "at least 0");
        Checks.require(
                momentum > 0 && momentum <= 1, "bank.momentum", momentum, "above 0 and at most 1");
    }

    /** The authors' values, with a bound of instances. */
    public static BankSettings of(int width, int instances) {
        return new BankSettings(
                width,
                instances,
                REFERENCE_HISTORY,
                REFERENCE_DEAD_FRAMES,
                ReadOut.SIMILARITY_GUIDED,
                REFERENCE_MOMENTUM);
    }
}
