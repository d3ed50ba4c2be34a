// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.state.replay.Retrieval;
import java.util.List;

/** Chooses what is shown again. Scratch space of one task. */
interface SlotChooser {
    /** Draws at most {@code wanted} slots, none twice; returns how many. */
    int choose(
            ReplayModel.Remembered model,
            List<PendingSamples.Sample> incoming,
            int wanted,
            int[] drawn);

    /** Chooses by the slots alone. */
    static SlotChooser by(Retrieval retrieval) {
        return (model, incoming, wanted, drawn) ->
                retrieval.draw(model.memory().slots(), wanted, model.uniform(), drawn);
    }
}
