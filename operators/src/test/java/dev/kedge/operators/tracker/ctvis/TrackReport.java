// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The frames of each instance of a finite sequence, without those that look like false alarms: an
 * instance with few sightings and absent for some frames leaves the report, though not the bank; if
 * it comes back, it starts anew here. Memory grows with the sequence: not for streams without end,
 * whose readers have {@link Track#sightings}.
 */
public final class TrackReport {
    private final int after;
    private final int minSightings;
    private final int absentFrames;
    private final SortedMap<Long, List<Long>> frames = new TreeMap<>();

    /**
     * With limits; the authors' are 8, 3 and 2.
     *
     * @param after nothing leaves up to the frame of this number, counted from 0
     * @param minSightings instances with as many stay
     * @param absentFrames instances absent for fewer frames stay
     */
    public TrackReport(int after, int minSightings, int absentFrames) {
        this.after = after;
        this.minSightings = minSightings;
        this.absentFrames = absentFrames;
    }

    /** Takes the tracks of a frame. */
    public void add(long frame, List<Track> tracks) {
        for (Track track : tracks) {
            if (!track.dropped()) {
                frames.computeIfAbsent(track.id(), id -> new ArrayList<>()).add(frame);
            }
        }
        if (frame > after) {
            frames.values()
                    .removeIf(
                            seen ->
                                    seen.size() < minSightings
                                            && frame - seen.get(seen.size() - 1) >= absentFrames);
        }
    }

    /** The frames of each reported instance. */
    public SortedMap<Long, List<Long>> frames() {
        return new TreeMap<>(frames);
    }
}
