// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerModels;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.state.part.MemoryPartStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Trackers that learn nothing, beside a job that learns: they see the same frames in the order in
 * which the job reads them, put them in order and judge them by the same rules, so that the page
 * can tell whether learning helps. Each kind is tried at several thresholds, because the best for
 * an embedding that nobody trained is not known beforehand; the board shows the one that has served
 * best. They are no part of the job: they live in the page's process and end with it, and nothing
 * of theirs is in a checkpoint. Not thread-safe.
 */
public final class TrackerRivals implements Consumer<StreamFrame>, AutoCloseable {
    private final TrackerSettings learned;
    private final List<Rival> rivals = new ArrayList<>();
    private long arrivals;

    /** Hears how rivals do. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A rival's newest metrics.
         *
         * @param kind which it is
         * @param threshold the cosine above which it takes two for the same
         */
        void rival(RivalKind kind, double threshold, TrackerMetrics metrics);
    }

    /** One kind at one threshold, with a live tracker for each model. */
    private static final class Rival implements Outlet<TrackerScore, TrackerMetrics> {
        private final RivalKind kind;
        private final double threshold;
        private final Listener listener;
        private final LiveModels.Shared<StreamFrame, TrackerScore, TrackerMetrics> shared;
        private final Map<String, LiveModel<StreamFrame, TrackerScore, TrackerMetrics>> models =
                new TreeMap<>();

        Rival(RivalKind kind, double threshold, TrackerSettings learned, Listener listener) {
            this.kind = kind;
            this.threshold = threshold;
            this.listener = listener;
            shared = new TrackerModels(kind.settings(learned, threshold)).open();
        }

        void take(StreamFrame frame, Origin origin) {
            models.computeIfAbsent(frame.model(), name -> shared.load(name, new MemoryPartStore()))
                    .process(new Incoming<>(frame, origin, new byte[0]), this);
        }

        @Override
        public void score(TrackerScore score) {}

        @Override
        public void metrics(TrackerMetrics metrics) {
            listener.rival(kind, threshold, metrics);
        }

        /** The job refuses it as well, and says why. */
        @Override
        public void reject(DeadLetter letter) {}
    }

    /**
     * Rivals of a job.
     *
     * @param learned its settings
     * @param listener hears of their metrics
     */
    public TrackerRivals(TrackerSettings learned, Listener listener) {
        this.learned = learned;
        for (RivalKind kind : RivalKind.values()) {
            for (double threshold : kind.thresholds()) {
                rivals.add(new Rival(kind, threshold, learned, listener));
            }
        }
    }

    /** Rivals of a job that its page tells of. */
    public static TrackerRivals on(TrackerBoard board, TrackerSettings learned) {
        return new TrackerRivals(learned, board::rival);
    }

    /** Lets every rival track a frame, as the job does. */
    @Override
    public void accept(StreamFrame frame) {
        Origin origin = new Origin("", 0, arrivals++, -1);
        for (RivalKind kind : RivalKind.values()) {
            StreamFrame seen = kind.seen(frame, learned.input());
            rivals.stream()
                    .filter(rival -> rival.kind == kind)
                    .forEach(rival -> rival.take(seen, origin));
        }
    }

    /** Frees what lies outside of the heap. */
    @Override
    public void close() {
        rivals.forEach(rival -> rival.shared.close());
    }
}
