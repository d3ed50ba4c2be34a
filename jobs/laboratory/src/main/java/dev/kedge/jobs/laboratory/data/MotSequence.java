// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import dev.kedge.operators.tracker.ctvis.Box;
import java.util.List;

/**
 * A video of which detections and the truth are known.
 *
 * @param name of the sequence
 * @param frames in their order, without gaps
 */
public record MotSequence(String name, List<Frame> frames) {
    /** Freezes the list. */
    public MotSequence {
        frames = List.copyOf(frames);
    }

    /** Numbers of an embedding; 0 if detections have none. */
    public int width() {
        return frames.stream()
                .flatMap(frame -> frame.seen().stream())
                .mapToInt(seen -> seen.embedding().length)
                .findFirst()
                .orElse(0);
    }

    /**
     * A frame.
     *
     * @param number from 1 on
     * @param seen what was detected
     * @param truth what is there and counts
     */
    public record Frame(long number, List<Seen> seen, List<Truth> truth) {
        /** Freezes the lists. */
        public Frame {
            seen = List.copyOf(seen);
            truth = List.copyOf(truth);
        }
    }

    /**
     * A detection.
     *
     * @param box where, in pixels
     * @param confidence of the detector, brought to 0 to 1
     * @param embedding what it looks like; empty if nobody says
     */
    public record Seen(Box box, double confidence, float[] embedding) {}

    /**
     * Something that is there.
     *
     * @param identity what it is in all frames
     * @param box where, in pixels
     */
    public record Truth(long identity, Box box) {}
}
