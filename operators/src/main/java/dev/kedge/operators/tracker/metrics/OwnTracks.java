// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.metrics;

import static dev.kedge.state.text.Text.format;

import dev.kedge.operators.math.Assignment;
import java.util.Arrays;

/**
 * What each instance of a sequence has of the track that is its own: instances and tracks are
 * paired once for the whole sequence, so that most frames agree (Ristani et al. 2016).
 *
 * <p>Instances are numbered as they came, so sequences of the same truth can be compared instance
 * by instance.
 */
public final class OwnTracks {
    private final int[] frames;
    private final int[] trackFrames;
    private final int[] hits;
    private final int strangers;

    private OwnTracks(int[] frames, int[] trackFrames, int[] hits, int strangers) {
        this.frames = frames;
        this.trackFrames = trackFrames;
        this.hits = hits;
        this.strangers = strangers;
    }

    /**
     * Pairs them.
     *
     * @param threshold least similarity of the same place
     */
    public static OwnTracks of(TrackedSequence sequence, double threshold) {
        int instances = sequence.instances();
        int tracks = sequence.tracks();
        double[] agreements = new double[instances * tracks];
        int[] frames = new int[instances];
        int[] framesOf = new int[tracks];
        for (TrackedSequence.Scene scene : sequence.scenes()) {
            Arrays.stream(scene.truth()).forEach(instance -> frames[instance]++);
            Arrays.stream(scene.tracks()).forEach(track -> framesOf[track]++);
            for (int i = 0; i < scene.truth().length; i++) {
                for (int j = 0; j < scene.tracks().length; j++) {
                    if (scene.similarity(i, j) >= threshold) {
                        agreements[scene.truth()[i] * tracks + scene.tracks()[j]]++;
                    }
                }
            }
        }
        int[] own = new Assignment().largest(agreements, instances, tracks);
        int[] trackFrames = new int[instances];
        int[] hits = new int[instances];
        for (int i = 0; i < own.length; i++) {
            if (own[i] >= 0) {
                hits[i] = (int) agreements[i * tracks + own[i]];
                trackFrames[i] = framesOf[own[i]];
            }
        }
        int strangers = sequence.trackCount() - Arrays.stream(trackFrames).sum();
        return new OwnTracks(frames, trackFrames, hits, strangers);
    }

    /** How many instances there are. */
    public int instances() {
        return frames.length;
    }

    /** Figures of the sequence. */
    public IdentityFigures figures() {
        int[] once = new int[frames.length];
        Arrays.fill(once, 1);
        return figures(once);
    }

    /**
     * Figures as if each instance had come some times, each time with its own track. Tracks that
     * are nobody's own stay as they are.
     *
     * @param times by instance, none negative
     * @throws IllegalArgumentException if there are more or fewer instances
     */
    public IdentityFigures figures(int[] times) {
        if (times.length != frames.length) {
            throw new IllegalArgumentException(
                    format("times: %d instances, there are %d", times.length, frames.length));
        }
        int truth = 0;
        int given = strangers;
        int agree = 0;
        for (int i = 0; i < times.length; i++) {
            truth += times[i] * frames[i];
            given += times[i] * trackFrames[i];
            agree += times[i] * hits[i];
        }
        return new IdentityFigures(agree, truth - agree, given - agree);
    }
}
