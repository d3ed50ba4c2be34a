// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.state.bank.MemoryBank;
import java.util.List;

/**
 * The embeddings that came in, beside the learned ones.
 *
 * @param table how the bank's instances looked by them; updated
 * @param rows one for each detection
 * @param both compares by them and by the learned ones; updated
 */
record Given(GivenTable table, double[] rows, int width, BothAppearances both) {
    /** Cosines of a frame's detections and a bank's entries, as {@link GivenTable#cosines}. */
    double[] cosines(int[] of, MemoryBank bank, int[] places) {
        return table.cosines(rows, width, of, bank, places);
    }

    /** Takes what became of a frame's detections. */
    void follow(MemoryBank bank, List<Track> tracks) {
        for (int d = 0; d < tracks.size(); d++) {
            if (!tracks.get(d).dropped()) {
                table.see(tracks.get(d).id(), rows, d, width);
            }
        }
        table.keep(bank);
    }
}
