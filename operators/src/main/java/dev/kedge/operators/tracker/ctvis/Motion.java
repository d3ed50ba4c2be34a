// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Lets match scores say, too, whether a detection is where its instance was going: {@code s' = (1 -
 * w) s + w iou}, with the overlap of the detection's box and the expected one, and no match of what
 * is too far away (the gate of DeepSORT, Wojke et al. 2017). The paper tracks by appearance alone.
 * Where the detection or the instance has no box, the score stays. Keeps nothing between frames.
 */
public final class Motion {
    /** Of the squared distance, with four degrees of freedom. */
    private static final double QUANTILE_95 = 9.487729;

    private final Settings settings;

    /** What is thought of how instances move. */
    @PublicApi
    public enum Model {
        /** Nothing: appearance decides alone, as in the paper. */
        NONE,
        /** They go on as they went. */
        CONSTANT_VELOCITY
    }

    /** How much it counts where an instance was going. */
    @PublicApi
    public record Settings(
            @Meaning(
                            "How instances are thought to move: `none`, so that appearance decides alone (CTVIS), or `constant-velocity`, a Kalman filter over their boxes.")
                    Model model,
            @Meaning(
                            "What the overlap with the expected box counts in a match score, beside appearance: 0 for nothing, 1 where boxes alone decide (SORT).")
                    @Range(min = 0, max = 1)
                    double weight,
            @Meaning(
                            "Beyond how many times the distance that holds 95 % of what is expected nothing matches; 0 for any distance, at most 1e6.")
                    @Range(min = 0, max = 1e6)
                    double gate)
            implements Serializable {
        /** Off; the figures are for who turns it on. */
        public static final Settings OFF = new Settings(Model.NONE, 0.25, 1);

        boolean on() {
            return model != Model.NONE;
        }
    }

    Motion(Settings settings) {
        this.settings = settings;
    }

    /**
     * Changes the scores of a frame.
     *
     * @param scores rows x places, changed
     * @param rows the detections
     * @param places of the bank's entries
     */
    void weigh(
            double[] scores,
            int[] rows,
            MemoryBank bank,
            int[] places,
            MotionTable motions,
            long frame,
            List<Detection> detections) {
        if (!settings.on()) {
            return;
        }
        for (int j = 0; j < places.length; j++) {
            Optional<ConstantVelocity> motion = motions.of(bank.get(places[j]).id());
            for (int i = 0; motion.isPresent() && i < rows.length; i++) {
                Optional<Box> box = detections.get(rows[i]).box();
                if (box.isPresent()) {
                    int at = i * places.length + j;
                    scores[at] = weighed(scores[at], motion.get(), frame, box.get());
                }
            }
        }
    }

    private double weighed(double score, ConstantVelocity motion, long frame, Box box) {
        double most = settings.gate() == 0 ? Double.POSITIVE_INFINITY : settings.gate();
        if (motion.distance(frame, box) > most * QUANTILE_95) {
            return Double.NEGATIVE_INFINITY;
        }
        return (1 - settings.weight()) * score + settings.weight() * motion.overlap(frame, box);
    }

    /** Takes what became of a frame's detections. */
    void follow(
            MotionTable motions,
            MemoryBank bank,
            long frame,
            List<Detection> detections,
            List<Track> tracks) {
        if (!settings.on()) {
            motions.clear();
            return;
        }
        for (int d = 0; d < tracks.size(); d++) {
            long id = tracks.get(d).id();
            if (!tracks.get(d).dropped()) {
                detections.get(d).box().ifPresent(box -> motions.see(id, frame, box));
            }
        }
        motions.keep(bank);
    }
}
