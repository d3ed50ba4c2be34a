// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.bank;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Group;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.io.Serializable;

/**
 * A bank: its width, what bounds it, and how it answers.
 *
 * @param width values of an embedding
 * @param bounds the rest
 */
@PublicApi
public record BankSettings(int width, @Group Bounds bounds) {
    /** Checks the width. */
    public BankSettings {
        Checks.require(width > 0, "bank.width", width, "at least 1");
    }

    /** What bounds a bank, and how it answers. */
    public record Bounds(
            @Meaning(
                            "Most instances of a stream; the longest unseen gives way to a new one; at least 1. Those that a frame is compared with, times `bounds.detections`, are at most 4,194,304.")
                    @Range(min = 1)
                    int instances,
            @Meaning("Embeddings kept of each instance, the latest ones; at least 1.")
                    @Range(min = 1)
                    int history,
            @Meaning(
                            "An instance is dead when it was not seen for more frames than this, by the stream's frame numbers; at least 0.")
                    @Range(min = 0)
                    long deadFrames,
            @Meaning(
                            "By which vector an instance answers: the average whose momentum follows similarity (CTVIS), one of fixed momentum, the mean weighted by score and age, or the last embedding.")
                    ReadOut readOut,
            @Meaning(
                            "Weight of a new embedding in the average of `fixed-momentum`; above 0, at most 1.")
                    @Range(above = 0, max = 1)
                    double momentum)
            implements Serializable {
        /** The authors' values; theirs has no bound of instances. */
        public static final Bounds REFERENCE =
                new Bounds(1000, 10, 20, ReadOut.SIMILARITY_GUIDED, 0.75);
    }

    int instances() {
        return bounds.instances();
    }

    int history() {
        return bounds.history();
    }

    long deadFrames() {
        return bounds.deadFrames();
    }

    ReadOut readOut() {
        return bounds.readOut();
    }

    double momentum() {
        return bounds.momentum();
    }
}
