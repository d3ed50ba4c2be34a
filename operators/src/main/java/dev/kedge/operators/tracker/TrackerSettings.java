// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.ctvis.Match;
import dev.kedge.operators.ctvis.OnlineTracker;
import dev.kedge.operators.ctvis.PseudoClips;
import dev.kedge.operators.ctvis.TrackingSettings;
import dev.kedge.operators.ctvis.TrackingTuning;
import dev.kedge.operators.encoder.EncoderFactory;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.hpcr.EncoderName;
import dev.kedge.operators.hpcr.EncoderSettings;
import dev.kedge.operators.hpcr.EncoderSizes;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.image.MovingView;
import dev.kedge.operators.learner.OptimiserName;
import dev.kedge.operators.learner.OptimiserSettings;
import dev.kedge.operators.learner.RateSchedule;
import dev.kedge.state.settings.Checks;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that can be set about a tracker in a stream. A job file has the same names with
 * hyphens.
 *
 * @param input what a detection shows
 * @param encoder what makes features of it
 * @param embedding width of the linear head over the encoder; 0 for none: the features are the
 *     embedding
 * @param bank what bounds each stream's memory bank, and how it answers
 * @param association how detections and instances are paired
 * @param learning what is learned from
 * @param pseudoClips how single detections are made to move, where identities are not given
 * @param optimiser how steps are made
 * @param search how large banks are searched
 * @param bounds how much there may be
 * @param ordering how frames are put in order
 * @param ahead how far a frame's time may be ahead of the time at which its record was produced
 * @param evaluation prequential evaluation
 * @param seed seed of every generator
 */
public record TrackerSettings(
        Input input,
        EncoderSettings encoder,
        int embedding,
        TrackingSettings.Bank bank,
        Association association,
        TrackingSettings.Learning learning,
        Moves pseudoClips,
        OptimiserSettings optimiser,
        TrackingSettings.Search search,
        TrackingSettings.Bounds bounds,
        Ordering ordering,
        Duration ahead,
        Evaluation evaluation,
        long seed)
        implements Serializable {

    /** 1,024 detections with 4,096 instances each: 128 MiB, and a second or some by Hungarian. */
    private static final long MAX_PAIRS = 1L << 22;

    /** What a command can weigh while a job runs. */
    public static final List<String> WEIGHTS =
            List.of(TrackingTuning.EMBEDDING, TrackingTuning.AUXILIARY);

    /** The authors' rules over a small convolutional network and colour crops of 32 x 32. */
    public static final TrackerSettings DEFAULT =
            new TrackerSettings(
                    new Input(0, new Crop(3, 32, 32)),
                    new EncoderSettings(
                            EncoderName.CONVNET,
                            new EncoderSizes.Mlp(List.of(256, 128)),
                            new EncoderSizes.Convnet(List.of(16, 32), 128)),
                    64,
                    TrackingSettings.Bank.REFERENCE,
                    Association.REFERENCE,
                    TrackingSettings.Learning.REFERENCE,
                    Moves.REFERENCE,
                    new OptimiserSettings(OptimiserName.ADAM, 0.001, 0, 0, RateSchedule.CONSTANT),
                    TrackingSettings.Search.EXACT,
                    new TrackingSettings.Bounds(64, 32),
                    new Ordering(Duration.ZERO, Duration.ofMinutes(1), 256),
                    Duration.ofDays(1),
                    new Evaluation(300, 1000, Duration.ofMinutes(1), false),
                    2026);

    /** Checks what no single part can check. */
    public TrackerSettings {
        Checks.require(
                embedding >= 0 && embedding <= 4096, "embedding", embedding, "between 0 and 4096");
        Checks.require(!ahead.isNegative(), "ahead", ahead, "at least 0");
        Checks.require(
                bounds.detections() <= 1024,
                "bounds.detections",
                bounds.detections(),
                "between 1 and 1024");
        Checks.require(
                pairs(bank, search, bounds.detections()) <= MAX_PAIRS,
                "bank.instances",
                bank.instances(),
                "such that a frame's bounds.detections ("
                        + bounds.detections()
                        + ") are compared with at most "
                        + MAX_PAIRS / bounds.detections()
                        + " instances; see search.above for more");
        Checks.require(
                learning.frames() * (long) bounds.detections() <= 65_536,
                "learning.frames",
                learning.frames(),
                "such that learning.frames times bounds.detections ("
                        + bounds.detections()
                        + ") is at most 65536");
    }

    /** Most detections times instances of one frame: pairing takes memory for each, and time. */
    private static long pairs(
            TrackingSettings.Bank bank, TrackingSettings.Search search, int detections) {
        long instances = bank.instances();
        if (search.above() > 0 && instances > search.above()) {
            long found = (long) (search.stale() * instances) + (long) detections * search.nearest();
            instances = Math.min(instances, Math.max(search.above(), found));
        }
        return instances * detections;
    }

    /**
     * What a detection shows.
     *
     * @param features numbers of a detection; 0 if detections are crops
     * @param crop sides of a crop, if detections are crops
     */
    public record Input(int features, Crop crop) implements Serializable {
        /** Checks the width. */
        public Input {
            Checks.require(
                    features >= 0 && features <= 65_536,
                    "input.features",
                    features,
                    "between 0 (crops) and 65536");
        }

        /** Sides of a crop, if detections are crops. */
        public Optional<ImageShape> shape() {
            return features > 0
                    ? Optional.empty()
                    : Optional.of(new ImageShape(crop.channels(), crop.height(), crop.width()));
        }

        /** The same for the learner. */
        TrackingSettings.Input form() {
            return shape().map(s -> new TrackingSettings.Input(s.bytes(), InputForm.BYTES))
                    .orElseGet(() -> new TrackingSettings.Input(features, InputForm.FLOATS));
        }

        /** Why a detection cannot be tracked; empty if it can. */
        Optional<String> refusal(byte[] detection) {
            return form().form().isFinite(detection)
                    ? form().form().refusal(detection)
                    : Optional.of("a value is not a finite number");
        }

        /** Bytes of a detection. */
        public int bytes() {
            return form().form().length(form().width());
        }
    }

    /**
     * Sides of a crop.
     *
     * @param channels 1 for grey, 3 for red, green and blue
     * @param height rows of pixels
     * @param width columns of pixels
     */
    public record Crop(int channels, int height, int width) implements Serializable {
        /** Checks the sides. */
        public Crop {
            ImageShape.requireSides("crop", channels, height, width);
        }
    }

    /**
     * How detections and instances are paired; see {@link OnlineTracker.Settings}.
     *
     * @param match how alike a detection and an instance are
     * @param pairing how they are paired
     * @param matchThreshold match scores up to this are none
     * @param selectThreshold detections of a score up to this are dropped, but for the best of a
     *     frame in which all are as weak
     * @param birthThreshold unmatched detections of a score up to this start no instance
     * @param overlap of two detections with boxes that overlap by more than this the weaker is
     *     dropped
     * @param weighBySightings whether a detection that matches several instances prefers those seen
     *     more often; for greedy pairing
     */
    public record Association(
            Match match,
            OnlineTracker.Pairing pairing,
            double matchThreshold,
            double selectThreshold,
            double birthThreshold,
            double overlap,
            boolean weighBySightings)
            implements Serializable {
        /** The authors' values. */
        public static final Association REFERENCE = of(OnlineTracker.Settings.REFERENCE);

        /** Checks the numbers. */
        public Association {
            threshold("association.match-threshold", matchThreshold, -1);
            threshold("association.select-threshold", selectThreshold, 0);
            threshold("association.birth-threshold", birthThreshold, 0);
            threshold("association.overlap", overlap, 0);
        }

        private static Association of(OnlineTracker.Settings rules) {
            return new Association(
                    rules.match(),
                    rules.pairing(),
                    rules.matchThreshold(),
                    rules.selectThreshold(),
                    rules.birthThreshold(),
                    rules.overlap(),
                    rules.weighBySightings());
        }

        private static void threshold(String field, double value, int least) {
            Checks.require(
                    value >= least && value <= 1, field, value, "between " + least + " and 1");
        }

        OnlineTracker.Settings rules() {
            return new OnlineTracker.Settings(
                    match,
                    pairing,
                    matchThreshold,
                    selectThreshold,
                    birthThreshold,
                    overlap,
                    weighBySightings);
        }
    }

    /**
     * How single detections are made to move; see {@link MovingView.Settings} for crops and {@link
     * PseudoClips#ofFeatures} for features.
     *
     * @param rotation crops: largest turn from one view to the next, in degrees
     * @param leastArea crops: smallest part that a view keeps
     * @param aspect crops: widest that a view is, as width by height; its inverse is the narrowest
     * @param flip crops: probability that all views of a clip are mirrored
     * @param paste crops: probability that another detection is pasted over a view
     * @param pasted crops: longest side of what is pasted, as part of the crop's
     * @param noise features: standard deviation of what is added, times the root of the vector's
     *     mean square
     * @param dropout features: share of the values that become 0
     */
    public record Moves(
            double rotation,
            double leastArea,
            double aspect,
            double flip,
            double paste,
            double pasted,
            double noise,
            double dropout)
            implements Serializable {
        /** The authors' rotation and flip; the others for crops of single objects. */
        public static final Moves REFERENCE = new Moves(15, 0.6, 4.0 / 3, 0.5, 0.3, 0.5, 0.1, 0.1);

        /** Checks the numbers. */
        public Moves {
            new MovingView.Settings(rotation, leastArea, aspect, flip, paste, pasted);
            PseudoClips.ofFeatures(noise, dropout);
        }

        PseudoClips of(Input input) {
            return input.shape()
                    .map(
                            shape ->
                                    PseudoClips.ofImages(
                                            shape,
                                            new MovingView.Settings(
                                                    rotation, leastArea, aspect, flip, paste,
                                                    pasted)))
                    .orElseGet(() -> PseudoClips.ofFeatures(noise, dropout));
        }
    }

    /**
     * How frames are put in order.
     *
     * @param lateness how far a frame may come behind the newest of its stream; each frame waits
     *     for as long
     * @param idle event time of the whole model after which the frames of a silent stream wait no
     *     longer; 0 for never
     * @param frames most frames of a stream that wait; of more, the oldest is tracked at once
     */
    public record Ordering(Duration lateness, Duration idle, int frames) implements Serializable {
        /** Checks the durations. */
        public Ordering {
            Checks.require(!lateness.isNegative(), "ordering.lateness", lateness, "at least 0");
            Checks.require(
                    idle.isZero() || idle.compareTo(lateness) >= 0,
                    "ordering.idle",
                    idle,
                    "0, or at least ordering.lateness (" + lateness + ")");
            Checks.require(
                    frames >= 1 && frames <= 100_000,
                    "ordering.frames",
                    frames,
                    "between 1 and 100000");
        }
    }

    /**
     * Prequential evaluation, where detections have identities.
     *
     * @param window judged frames of each stream that are kept
     * @param identities identities of each stream whose last track is kept
     * @param every event time between two records of metrics
     * @param judgeOnly whether identities are judged by and nothing is learned from them
     */
    public record Evaluation(int window, int identities, Duration every, boolean judgeOnly)
            implements Serializable {
        /** Checks the numbers. */
        public Evaluation {
            Checks.require(
                    window >= 1 && window <= 10_000,
                    "evaluation.window",
                    window,
                    "between 1 and 10000");
            Checks.require(
                    identities >= 1 && identities <= 100_000,
                    "evaluation.identities",
                    identities,
                    "between 1 and 100000");
            Checks.require(every.toMillis() >= 1, "evaluation.every", every, "at least 1 ms");
        }
    }

    /**
     * Refuses what the learner would refuse.
     *
     * @throws IllegalArgumentException if parts do not belong together, in one line that names the
     *     field
     */
    public void check() {
        encoderFactory();
    }

    /** The same for the learner. */
    TrackingSettings trackingSettings() {
        return new TrackingSettings(
                input.form(), embedding, bank, association.rules(), learning, search, bounds, seed);
    }

    EncoderFactory encoderFactory() {
        return encoder.factory(input.form().width(), input.shape());
    }

    PseudoClips clips() {
        return pseudoClips.of(input);
    }
}
