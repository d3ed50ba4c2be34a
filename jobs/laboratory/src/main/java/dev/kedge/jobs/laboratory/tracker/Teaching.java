// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.tracker;

/** What a model has learned from when it is judged on a recorded sequence. */
public enum Teaching {
    /** The sequence itself, frame by frame, each after it was tracked; all of it is judged. */
    ALONG,
    /** The first half of the sequence; the second is judged, and not learned from. */
    FIRST_HALF,
    /** The other sequences, one after another; this one is judged, and not learned from. */
    OTHERS
}
