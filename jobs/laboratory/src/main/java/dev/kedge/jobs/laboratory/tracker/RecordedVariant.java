// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.tracker;

import dev.kedge.operators.tracker.ctvis.Appearance;
import dev.kedge.operators.tracker.ctvis.TrackingSettings.Unlabelled;
import java.util.Optional;

/** By what recorded detections are tracked. */
public enum RecordedVariant {
    /** Boxes that keep their velocity alone (SORT), at the threshold that is best afterwards. */
    BOXES(false, true),
    /** The given embedding, averaged with 0.9, at the threshold that is best afterwards. */
    GIVEN(false, false),
    /** The given embedding and motion. */
    GIVEN_MOTION(false, true),
    /** An embedding over the given one, learned from pseudo-clips. */
    PSEUDO_CLIPS(true, false),
    /** The same and motion. */
    PSEUDO_CLIPS_MOTION(true, true),
    /** An embedding over the given one, learned from the tracker's own numbers. */
    TRACKS_MOTION(true, true),
    /** An embedding over the given one, learned from the true identities. */
    IDENTITIES(true, false),
    /** The same and motion. */
    IDENTITIES_MOTION(true, true);

    private final boolean learns;
    private final boolean moves;

    RecordedVariant(boolean learns, boolean moves) {
        this.learns = learns;
        this.moves = moves;
    }

    boolean learns() {
        return learns;
    }

    boolean moves() {
        return moves;
    }

    /** What it is compared with: the given embedding, with motion where it has that. */
    Optional<RecordedVariant> baseline() {
        return switch (this) {
            case GIVEN -> Optional.empty();
            case BOXES, GIVEN_MOTION -> Optional.of(GIVEN);
            default -> Optional.of(moves ? GIVEN_MOTION : GIVEN);
        };
    }

    /** Learned with motion, both embeddings count. */
    Appearance appearance() {
        return learns && moves ? Appearance.BOTH : Appearance.LEARNED;
    }

    /** Whether identities are shown to it. */
    boolean labelled() {
        return this == IDENTITIES || this == IDENTITIES_MOTION;
    }

    Unlabelled unlabelled() {
        if (labelled() || !learns) {
            return Unlabelled.NOTHING;
        }
        return this == TRACKS_MOTION ? Unlabelled.TRACKS : Unlabelled.PSEUDO_CLIPS;
    }
}
