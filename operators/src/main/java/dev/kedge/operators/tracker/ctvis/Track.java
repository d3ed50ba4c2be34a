// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import java.util.OptionalDouble;

/**
 * What became of a detection.
 *
 * @param id number of the instance, never given twice by a stream; {@link #DROPPED} for none
 * @param similarity match score with the instance's bank entry; empty for a new instance and for
 *     none
 * @param isNew whether the instance was first seen here
 * @param sightings how often the instance was seen so far, this time included; 0 for none
 */
public record Track(long id, OptionalDouble similarity, boolean isNew, long sightings) {
    /** Stands for no instance. */
    public static final long DROPPED = -1;

    static final Track NONE = new Track(DROPPED, OptionalDouble.empty(), false, 0);

    /** Whether the detection is of no instance: too weak, or a duplicate. */
    public boolean dropped() {
        return id == DROPPED;
    }
}
