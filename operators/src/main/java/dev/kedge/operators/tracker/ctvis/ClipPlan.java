// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import java.util.Arrays;

/**
 * Which rows of a clip belong together: for each of its frames the rows of its detections, for each
 * frame and instance the row in which it was detected, and what was drawn for it. Reused from clip
 * to clip by one task.
 */
public final class ClipPlan {
    /** Stands for no row. */
    public static final int ABSENT = -1;

    private int[] starts = new int[8];
    private int[] rows = {};
    private int[] noise = {};
    private boolean[] useAverage = {};
    private int frames;
    private int instances;

    /** Starts a clip of so many instances, without frames. */
    public void begin(int newInstances) {
        frames = 0;
        instances = newInstances;
    }

    /**
     * Appends a frame in which no instance was detected.
     *
     * @param detections its rows, which follow those of the frame before
     */
    public void addFrame(int detections) {
        if (starts.length < frames + 2) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        frames++;
        starts[frames] = starts[frames - 1] + detections;
        int needed = frames * instances;
        if (rows.length < needed) {
            rows = Arrays.copyOf(rows, 2 * needed);
            noise = Arrays.copyOf(noise, 2 * needed);
            useAverage = Arrays.copyOf(useAverage, 2 * needed);
        }
        Arrays.fill(rows, needed - instances, needed, ABSENT);
        Arrays.fill(noise, needed - instances, needed, ABSENT);
        Arrays.fill(useAverage, needed - instances, needed, false);
    }

    /**
     * Says that the last frame shows an instance.
     *
     * @param detection index of its detection in that frame
     */
    public void show(int instance, int detection) {
        rows[at(frames - 1, instance)] = starts[frames - 1] + detection;
    }

    /**
     * Says that a wrong detection enters the bank in place of an instance that the last frame does
     * not show.
     *
     * @param detection index of the detection in that frame
     */
    public void confuse(int instance, int detection) {
        confuse(frames - 1, instance, detection);
    }

    void confuse(int frame, int instance, int detection) {
        noise[at(frame, instance)] = starts[frame] + detection;
    }

    /** Says that in the last frame the instance's positive is the average, if there is one. */
    public void useAverage(int instance) {
        useAverage(frames - 1, instance);
    }

    void useAverage(int frame, int instance) {
        useAverage[at(frame, instance)] = true;
    }

    /** Whether the last frame shows an instance. */
    boolean shows(int instance) {
        return row(frames - 1, instance) != ABSENT;
    }

    /** Detections of a frame. */
    int detections(int frame) {
        return starts[frame + 1] - starts[frame];
    }

    /** Row of the first sighting of an instance before a frame, or {@link #ABSENT}. */
    int firstRow(int instance, int frame) {
        for (int t = 0; t < frame; t++) {
            if (row(t, instance) != ABSENT) {
                return row(t, instance);
            }
        }
        return ABSENT;
    }

    /**
     * Whether there is an anchor with a positive and a negative; not asked once noise is drawn.
     *
     * @param constants negatives of every item from outside of the clip
     */
    boolean hasItems(ContrastiveClip.Settings settings, int constants) {
        for (int t = 1; t < frames; t++) {
            for (int i = 0; i < instances; i++) {
                if (row(t, i) != ABSENT
                        && hasPositive(t, i, settings.bank())
                        && (constants > 0 || hasNegative(t, i, settings.negatives()))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean hasPositive(int frame, int instance, boolean bank) {
        return bank
                ? firstRow(instance, frame) != ABSENT || isShownAfter(frame, instance)
                : row(frame - 1, instance) != ABSENT;
    }

    private boolean isShownAfter(int frame, int instance) {
        for (int t = frame + 1; t < frames; t++) {
            if (row(t, instance) != ABSENT) {
                return true;
            }
        }
        return false;
    }

    private boolean hasNegative(int frame, int instance, ContrastiveClip.Negatives negatives) {
        if (negatives == ContrastiveClip.Negatives.PREVIOUS_FRAME) {
            int own = row(frame - 1, instance) == ABSENT ? 0 : 1;
            return detections(frame - 1) > own;
        }
        for (int other = 0; other < instances; other++) {
            if (other != instance && firstRow(other, frame) != ABSENT) {
                return true;
            }
        }
        for (int row = start(frame - 1); row < start(frame); row++) {
            if (!assigned(frame - 1, row)) {
                return true;
            }
        }
        return false;
    }

    /** Number of frames. */
    public int frames() {
        return frames;
    }

    /** Number of instances. */
    public int instances() {
        return instances;
    }

    /** Rows of all frames. */
    public int rows() {
        return starts[frames];
    }

    /** First row of a frame; that of the frame after the last is the number of rows. */
    int start(int frame) {
        return starts[frame];
    }

    /** Row of an instance in a frame, or {@link #ABSENT}. */
    int row(int frame, int instance) {
        return rows[at(frame, instance)];
    }

    /** Row of what entered the bank in place of an instance, or {@link #ABSENT}. */
    int noise(int frame, int instance) {
        return rows[at(frame, instance)] == ABSENT ? noise[at(frame, instance)] : ABSENT;
    }

    /** Row of what entered the bank for an instance, right or wrong, or {@link #ABSENT}. */
    int banked(int frame, int instance) {
        int row = row(frame, instance);
        return row == ABSENT ? noise(frame, instance) : row;
    }

    boolean usesAverage(int frame, int instance) {
        return useAverage[at(frame, instance)];
    }

    /** Whether a row is an instance's. */
    boolean assigned(int frame, int row) {
        for (int i = 0; i < instances; i++) {
            if (rows[at(frame, i)] == row) {
                return true;
            }
        }
        return false;
    }

    private int at(int frame, int instance) {
        return frame * instances + instance;
    }
}
