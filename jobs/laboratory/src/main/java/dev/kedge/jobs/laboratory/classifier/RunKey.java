// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.operators.classifier.hpcr.Method;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.MemoryKind;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.RetrievalKind;
import dev.kedge.operators.encoder.EncoderName;
import dev.kedge.state.replay.MemoryBound;
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
 * @param size samples in memory; 0 if the method has none, or it is bounded in bytes
 * @param bytes of the memory; 0 if it is bounded in samples
 * @param seed of class order, stream and model
 */
record RunKey(
        Method method,
        EncoderName encoder,
        MemoryKind memory,
        RetrievalKind retrieval,
        int size,
        long bytes,
        long seed) {

    /** All combinations of a grid, each once: methods without a memory have one each. */
    static List<RunKey> all(ExperimentSettings.Grid grid) {
        Set<RunKey> keys = new LinkedHashSet<>();
        for (EncoderName encoder : grid.encoders()) {
            for (MemoryKind memory : grid.memories()) {
                for (RetrievalKind retrieval : grid.retrievals()) {
                    for (MemoryBound size : grid.sizes()) {
                        for (Method method : grid.methods()) {
                            for (long seed : grid.seeds()) {
                                keys.add(
                                        method.replays()
                                                ? of(method, encoder, memory, retrieval, size, seed)
                                                : withoutMemory(grid, method, encoder, seed));
                            }
                        }
                    }
                }
            }
        }
        return List.copyOf(keys);
    }

    private static RunKey of(
            Method method,
            EncoderName encoder,
            MemoryKind memory,
            RetrievalKind retrieval,
            MemoryBound size,
            long seed) {
        boolean inBytes = size.bytes() < Long.MAX_VALUE;
        int samples = inBytes ? 0 : size.samples();
        long bytes = inBytes ? size.bytes() : 0;
        return new RunKey(method, encoder, memory, retrieval, samples, bytes, seed);
    }

    private static RunKey withoutMemory(
            ExperimentSettings.Grid grid, Method method, EncoderName encoder, long seed) {
        MemoryKind memory = grid.memories().get(0);
        return new RunKey(method, encoder, memory, grid.retrievals().get(0), 0, 0, seed);
    }

    /** Name of its files. */
    String id() {
        String kept = word(memory) + '_' + word(retrieval) + '_' + sizeWord().replace(" ", "");
        return method + "_" + word(encoder) + '_' + kept + "_seed" + seed;
    }

    /** Samples in memory, or its bytes. */
    String sizeWord() {
        return bytes > 0 ? bytes + " b" : String.valueOf(size);
    }

    /** How much the memory may hold; a method without one gets the least there is. */
    MemoryBound bound() {
        return bytes > 0 ? MemoryBound.ofBytes(bytes) : MemoryBound.ofSamples(Math.max(1, size));
    }

    /** Cells of a table: all but the seed. */
    List<String> labels() {
        return List.of(method.toString(), word(encoder), word(memory), word(retrieval), sizeWord());
    }

    /** Names what differs from the authors' memory and from methods without one. */
    String label() {
        String label = method + ", " + word(encoder);
        if (size > 0 || bytes > 0) {
            label += ", ";
            label += memory == MemoryKind.BATCH_RESERVOIR ? "" : word(memory) + " ";
            label += sizeWord();
            label += retrieval == RetrievalKind.RANDOM ? "" : " " + word(retrieval);
        }
        return label;
    }

    static String word(Enum<?> constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
