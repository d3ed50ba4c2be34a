// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.metrics;

import static dev.kedge.state.text.Text.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * True instances and tracks of a sequence, frame by frame, with how well each pair of them agrees
 * on a place. Grows with the sequence.
 */
public final class TrackedSequence {
    private final List<Scene> scenes = new ArrayList<>();
    private final Map<Long, Integer> truths = new TreeMap<>();
    private final Map<Long, Integer> tracks = new TreeMap<>();
    private int truthCount;
    private int trackCount;

    /** One frame: numbers from 0 of the instances and tracks in it, and their similarity. */
    record Scene(int[] truth, int[] tracks, double[] similarity) {
        double similarity(int i, int j) {
            return similarity[i * tracks.length + j];
        }
    }

    /**
     * Appends a frame.
     *
     * @param truth the instances in it, each once
     * @param given the tracks in it, each once
     * @param similarity instances x tracks, each from 0 to 1; what is not finite is no likeness
     */
    public void add(long[] truth, long[] given, double[] similarity) {
        if (similarity.length != truth.length * given.length) {
            throw new IllegalArgumentException(
                    format(
                            "similarity: %d values, there must be %d x %d",
                            similarity.length, truth.length, given.length));
        }
        scenes.add(new Scene(numbers(truth, truths), numbers(given, tracks), finite(similarity)));
        truthCount += truth.length;
        trackCount += given.length;
    }

    /** A copy in which nothing makes a sum or a pairing of all the others meaningless. */
    private static double[] finite(double[] similarity) {
        double[] copy = similarity.clone();
        for (int k = 0; k < copy.length; k++) {
            copy[k] = Double.isFinite(copy[k]) ? copy[k] : 0;
        }
        return copy;
    }

    private static int[] numbers(long[] ids, Map<Long, Integer> known) {
        int[] numbers = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            numbers[i] = known.computeIfAbsent(ids[i], id -> known.size());
        }
        return numbers;
    }

    List<Scene> scenes() {
        return scenes;
    }

    /** How many different instances there are. */
    int instances() {
        return truths.size();
    }

    /** How many different tracks there are. */
    int tracks() {
        return tracks.size();
    }

    /** Instances of all frames. */
    int truthCount() {
        return truthCount;
    }

    /** Tracks of all frames. */
    int trackCount() {
        return trackCount;
    }
}
