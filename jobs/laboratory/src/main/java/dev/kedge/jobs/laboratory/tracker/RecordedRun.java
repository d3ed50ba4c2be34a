// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.tracker;

import dev.kedge.jobs.laboratory.data.MotSequence;
import dev.kedge.jobs.laboratory.tracker.TrackExperimentSettings.Recorded;
import dev.kedge.operators.encoder.IdentityEncoder;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.learner.Adam;
import dev.kedge.operators.math.Assignment;
import dev.kedge.operators.tracker.ctvis.Box;
import dev.kedge.operators.tracker.ctvis.ContrastiveClip;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.Match;
import dev.kedge.operators.tracker.ctvis.Motion;
import dev.kedge.operators.tracker.ctvis.OnlineTracker;
import dev.kedge.operators.tracker.ctvis.PseudoClips;
import dev.kedge.operators.tracker.ctvis.TrackedFrame;
import dev.kedge.operators.tracker.ctvis.TrackingLearner;
import dev.kedge.operators.tracker.ctvis.TrackingModel;
import dev.kedge.operators.tracker.ctvis.TrackingSettings;
import dev.kedge.operators.tracker.ctvis.TrackingSettings.Learning;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import dev.kedge.operators.tracker.metrics.TrackedSequence;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.bank.ReadOut;
import dev.kedge.state.part.MemoryPartStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One run over recorded sequences: learns as it is told to, and is judged on one of them. */
final class RecordedRun {
    private static final String KEY = "recorded";
    private static final double[] COSINES = {0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85};
    private static final double[] OVERLAPS = {0.05, 0.1, 0.2, 0.3, 0.4, 0.5};

    private final Recorded settings;
    private final List<MotSequence> all;
    private final MotSequence judged;
    private final Teaching teaching;
    private final RecordedVariant variant;
    private final long seed;

    RecordedRun(
            Recorded settings,
            List<MotSequence> all,
            MotSequence judged,
            Teaching teaching,
            RecordedVariant variant,
            long seed) {
        this.settings = settings;
        this.all = all;
        this.judged = judged;
        this.teaching = teaching;
        this.variant = variant;
        this.seed = seed;
    }

    TrackResult run() {
        MemoryPartStore learned = new MemoryPartStore();
        double perSecond = variant.learns() ? learn(learned) : 0;
        double threshold = settings.threshold();
        TrackedSequence tracked = new TrackedSequence();
        double best = -1;
        for (double tried : thresholds()) {
            TrackedSequence other = track(learned, tried);
            double f1 = TrackResult.f1(other);
            if (f1 > best) {
                best = f1;
                threshold = tried;
                tracked = other;
            }
        }
        return TrackResult.of(
                labels(variant),
                variant.baseline().map(this::labels).orElse(List.of()),
                variant.learns(),
                seed,
                tracked,
                threshold,
                perSecond);
    }

    private List<String> labels(RecordedVariant tracked) {
        return List.of(judged.name(), TrackResult.word(teaching), TrackResult.word(tracked));
    }

    /** Baselines have the one that is best afterwards. */
    private double[] thresholds() {
        return switch (variant) {
            case BOXES -> OVERLAPS;
            case GIVEN -> COSINES;
            default -> new double[] {settings.threshold()};
        };
    }

    /** Returns frames learned in a second. */
    private double learn(MemoryPartStore learned) {
        long start = System.nanoTime();
        int frames = 0;
        try (TrackingLearner learner = learner(settings.threshold(), true)) {
            TrackingModel model = learner.load(KEY, learned);
            for (MotSequence lesson : lessons()) {
                for (MotSequence.Frame frame : lesson.frames()) {
                    model.trackThenLearn(videoFrame(lesson, frame));
                    frames++;
                }
                model.forgetStream(lesson.name());
            }
            model.flush(learned);
        }
        return frames / ((System.nanoTime() - start) * 1e-9);
    }

    /** What is learned before the judged part begins. */
    private List<MotSequence> lessons() {
        return switch (teaching) {
            case ALONG -> List.of();
            case FIRST_HALF -> List.of(part(judged, 0, judged.frames().size() / 2));
            case OTHERS -> all.stream().filter(this::isOther).toList();
        };
    }

    private boolean isOther(MotSequence sequence) {
        return !sequence.name().equals(judged.name());
    }

    private static MotSequence part(MotSequence whole, int from, int to) {
        return new MotSequence(whole.name(), whole.frames().subList(from, to));
    }

    private TrackedSequence track(MemoryPartStore learned, double threshold) {
        int from = teaching == Teaching.FIRST_HALF ? judged.frames().size() / 2 : 0;
        boolean along = teaching == Teaching.ALONG && variant.learns();
        TrackedSequence sequence = new TrackedSequence();
        try (TrackingLearner learner = learner(threshold, along)) {
            TrackingModel model = learner.load(KEY, learned);
            for (MotSequence.Frame frame : part(judged, from, judged.frames().size()).frames()) {
                VideoFrame shown = videoFrame(judged, frame);
                add(sequence, frame, along ? model.trackThenLearn(shown) : model.track(shown));
            }
        }
        return sequence;
    }

    private static void add(
            TrackedSequence sequence, MotSequence.Frame frame, TrackedFrame tracked) {
        List<Box> boxes = new ArrayList<>();
        List<Long> tracks = new ArrayList<>();
        for (int d = 0; d < frame.seen().size(); d++) {
            if (!tracked.tracks().get(d).dropped()) {
                tracks.add(tracked.tracks().get(d).id());
                boxes.add(frame.seen().get(d).box());
            }
        }
        long[] truth = frame.truth().stream().mapToLong(MotSequence.Truth::identity).toArray();
        long[] ids = tracks.stream().mapToLong(Long::longValue).toArray();
        sequence.add(truth, ids, overlaps(frame.truth(), boxes));
    }

    private static double[] overlaps(List<MotSequence.Truth> truth, List<Box> boxes) {
        double[] overlaps = new double[truth.size() * boxes.size()];
        for (int k = 0; k < overlaps.length; k++) {
            Box there = truth.get(k / boxes.size()).box();
            overlaps[k] = there.overlap(boxes.get(k % boxes.size()));
        }
        return overlaps;
    }

    private VideoFrame videoFrame(MotSequence sequence, MotSequence.Frame frame) {
        List<Box> boxes = frame.seen().stream().map(MotSequence.Seen::box).toList();
        String[] identities = variant.labelled() ? identities(frame, boxes) : new String[0];
        List<Detection> detections = new ArrayList<>();
        for (int d = 0; d < boxes.size(); d++) {
            MotSequence.Seen seen = frame.seen().get(d);
            String identity = identities.length > 0 ? identities[d] : "";
            byte[] input = InputForm.encode(seen.embedding());
            detections.add(
                    new Detection(input, seen.confidence(), "", identity, Optional.of(seen.box())));
        }
        return new VideoFrame(sequence.name(), frame.number(), frame.number(), detections);
    }

    /** Boxes and the truth one to one, where they overlap by half. */
    private static String[] identities(MotSequence.Frame frame, List<Box> boxes) {
        int columns = boxes.size();
        double[] overlaps = overlaps(frame.truth(), boxes);
        for (int k = 0; k < overlaps.length; k++) {
            overlaps[k] = overlaps[k] < TrackResult.SAME_PLACE ? Double.NaN : overlaps[k];
        }
        int[] columnOf = new Assignment().largest(overlaps, frame.truth().size(), columns);
        String[] identities = new String[columns];
        Arrays.fill(identities, "");
        for (int t = 0; t < columnOf.length; t++) {
            if (columnOf[t] >= 0) {
                identities[columnOf[t]] = Long.toString(frame.truth().get(t).identity());
            }
        }
        return identities;
    }

    private TrackingLearner learner(double threshold, boolean learns) {
        int width = all.stream().mapToInt(MotSequence::width).max().orElse(0);
        int most =
                all.stream()
                        .flatMap(sequence -> sequence.frames().stream())
                        .mapToInt(frame -> frame.seen().size())
                        .max()
                        .orElse(1);
        boolean learned = variant.learns();
        TrackingSettings tracking =
                TrackingSettings.of(
                                new TrackingSettings.Input(width, InputForm.FLOATS),
                                learned ? settings.embedding() : 0,
                                seed)
                        .with("embedding-scale", learned ? settings.embeddingScale() : 0)
                        .with("bank", bank())
                        .with("tracker", tracker(threshold))
                        .with("learning", learns ? learning() : Learning.NEVER)
                        .with("bounds", new TrackingSettings.Bounds(4, Math.max(1, most)));
        return new TrackingLearner(
                tracking,
                (layout, rows, product) -> new IdentityEncoder(width),
                new Adam(settings.rate()),
                PseudoClips.ofFeatures(settings.noise(), settings.dropout()));
    }

    private BankSettings.Bounds bank() {
        return new BankSettings.Bounds(
                BankSettings.Bounds.REFERENCE.instances(),
                BankSettings.Bounds.REFERENCE.history(),
                settings.deadFrames(),
                ReadOut.FIXED_MOMENTUM,
                Variant.BOT_SORT);
    }

    private OnlineTracker.Settings tracker(double threshold) {
        OnlineTracker.Settings reference = OnlineTracker.Settings.REFERENCE;
        return new OnlineTracker.Settings(
                Match.COSINE,
                OnlineTracker.Pairing.HUNGARIAN,
                threshold,
                reference.selectThreshold(),
                reference.birthThreshold(),
                reference.overlap(),
                false,
                variant.appearance(),
                motion());
    }

    private Motion.Settings motion() {
        if (!variant.moves()) {
            return Motion.Settings.OFF;
        }
        return variant == RecordedVariant.BOXES
                ? new Motion.Settings(Motion.Model.CONSTANT_VELOCITY, 1, 0)
                : settings.motion();
    }

    private Learning learning() {
        return new Learning(
                variant.unlabelled(),
                settings.clip(),
                settings.every(),
                ContrastiveClip.Settings.REFERENCE,
                0.5,
                0,
                0,
                settings.confidence());
    }
}
