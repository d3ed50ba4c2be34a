// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.state.bank.MemoryBank;
import java.util.stream.IntStream;

/** Finds the entries that detections are compared with. One for each bank; not thread-safe. */
@FunctionalInterface
public interface BankSearch {
    /** All of them. */
    BankSearch EXACT = (bank, embeddings, rows) -> IntStream.range(0, bank.size()).toArray();

    /** The search that settings ask for. */
    static BankSearch of(TrackingSettings settings) {
        return settings.search().above() == 0
                ? EXACT
                : new ApproximateSearch(
                        settings.search(), settings.tracker().match() == Match.COSINE);
    }

    /**
     * Finds entries; may say that the bank's index is built anew.
     *
     * @param embeddings rows of embeddings
     * @param rows the detections' rows
     * @return their places, in order
     */
    int[] places(MemoryBank bank, double[] embeddings, int[] rows);

    /** As {@link #places}, but leaves the bank as it is. */
    default int[] look(MemoryBank bank, double[] embeddings, int[] rows) {
        return places(bank, embeddings, rows);
    }

    /** Heap bytes that it keeps between calls, roughly. */
    default long bytes() {
        return 0;
    }
}
