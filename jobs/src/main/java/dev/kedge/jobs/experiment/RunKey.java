// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.experiment;

import dev.kedge.operators.hpcr.EncoderName;
import dev.kedge.operators.hpcr.Method;
import dev.kedge.operators.hpcr.ReplaySettings.MemoryKind;
import dev.kedge.operators.hpcr.ReplaySettings.RetrievalKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What one run of a grid differs from the others in.
 *
 * @param method what is learned by
 * @param encoder what makes embeddings
 * @param memory which samples are kept
 * @param retrieval which are shown again
 * @param size samples in memory; 0 if the method has none
 * @param seed of class order, stream and model
 */
record RunKey(
        Method method,
        EncoderName encoder,
        MemoryKind memory,
        RetrievalKind retrieval,
        int size,
        long seed) {

    /** All combinations of a grid, each once: methods without a memory have one each. */
    static List<RunKey> all(ExperimentSettings.Grid grid) {
        Set<RunKey> keys = new LinkedHashSet<>();
        for (EncoderName encoder : grid.encoders()) {
            for (MemoryKind memory : grid.memories()) {
                for (RetrievalKind retrieval : grid.retrievals()) {
                    for (int size : grid.sizes()) {
                        for (Method method : grid.methods()) {
                            addSeeds(grid, method, encoder, memory, retrieval, size, keys);
                        }
                    }
                }
            }
        }
        return List.copyOf(keys);
    }

    private static void addSeeds(
            ExperimentSettings.Grid grid,
            Method method,
            EncoderName encoder,
            MemoryKind memory,
            RetrievalKind retrieval,
            int size,
            Set<RunKey> keys) {
        for (long seed : grid.seeds()) {
            keys.add(
                    method.replays()
                            ? new RunKey(method, encoder, memory, retrieval, size, seed)
                            : new RunKey(
                                    method,
                                    encoder,
                                    grid.memories().get(0),
                                    grid.retrievals().get(0),
                                    0,
                                    seed));
        }
    }

    /** Name of its files. */
    String id() {
        return "%s_%s_%s_%s_%d_seed%d"
                .formatted(method, word(encoder), word(memory), word(retrieval), size, seed);
    }

    /** The same run with another seed, for what belongs together. */
    RunKey withSeed(long other) {
        return new RunKey(method, encoder, memory, retrieval, size, other);
    }

    static String word(Enum<?> constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
