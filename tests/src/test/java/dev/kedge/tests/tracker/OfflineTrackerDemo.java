// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.tracker;

import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.connectors.tracker.FrameJson;
import dev.kedge.connectors.tracker.video.CameraStream;
import dev.kedge.jobs.command.demo.TrackerDemo;
import dev.kedge.jobs.tracker.RivalKind;
import dev.kedge.jobs.tracker.TrackerRivals;
import dev.kedge.operators.image.ImageShape;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * The tracker's demo without broker, Flink and page: the same cameras, settings and rivals, as fast
 * as they go. Its figures are those of the page, by thirds of its time.
 */
public final class OfflineTrackerDemo implements Outlet<TrackerScore, TrackerMetrics> {
    private static final long START = 1_700_000_000_000L;

    private final List<TrackerMetrics> learned = new ArrayList<>();
    private final Map<RivalKind, Map<Double, List<TrackerMetrics>>> rivals =
            new EnumMap<>(RivalKind.class);
    private final long millis;

    /**
     * What is played.
     *
     * @param images what moves
     * @param shape sides of the images
     * @param cameras how many cameras show them
     * @param millis for how long, at five frames a second
     * @param seed seed of cameras and model
     */
    public record Scene(
            List<byte[]> images, ImageShape shape, int cameras, long millis, long seed) {}

    private OfflineTrackerDemo(long millis) {
        this.millis = millis;
    }

    /**
     * Plays one.
     *
     * @param changed changes the demo's settings
     * @param beside whether rivals see the frames, too
     */
    public static OfflineTrackerDemo play(
            Scene scene, UnaryOperator<TrackerSettings> changed, boolean beside) {
        TrackerDemo.Options options =
                new TrackerDemo.Options(0, scene.seed(), scene.cameras(), 5, Path.of("."));
        TrackerSettings settings =
                changed.apply(
                        TrackerDemo.settings("localhost:1", options, scene.shape()).tracker());
        CameraStream cameras = TrackerDemo.cameras(options, scene.images(), scene.shape(), START);
        OfflineTrackerDemo demo = new OfflineTrackerDemo(scene.millis());
        try (LiveModels.Shared<StreamFrame, TrackerScore, TrackerMetrics> shared =
                        new TrackerModels(settings).open();
                TrackerRivals rivals = new TrackerRivals(settings, demo::rival)) {
            LiveModel<StreamFrame, TrackerScore, TrackerMetrics> model =
                    shared.load("cameras", new MemoryPartStore());
            FrameJson json = new FrameJson(settings.input());
            SimulatedRecord record = cameras.next();
            for (long n = 0; record.at() < START + scene.millis(); n++) {
                if (record.kind() != SimulatedRecord.Kind.BROKEN) {
                    StreamFrame frame = frame(json, record);
                    Origin origin = new Origin("frames", 0, n, -1);
                    model.process(new Incoming<>(frame, origin, record.value()), demo);
                    if (beside) {
                        rivals.accept(frame);
                    }
                }
                record = cameras.next();
            }
        }
        return demo;
    }

    private static StreamFrame frame(FrameJson json, SimulatedRecord record) {
        try {
            return json.decode(record.value());
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    private void rival(RivalKind kind, double threshold, TrackerMetrics metrics) {
        rivals.computeIfAbsent(kind, key -> new TreeMap<>())
                .computeIfAbsent(threshold, key -> new ArrayList<>())
                .add(metrics);
    }

    @Override
    public void score(TrackerScore score) {}

    @Override
    public void metrics(TrackerMetrics metrics) {
        learned.add(metrics);
    }

    @Override
    public void reject(DeadLetter letter) {}

    /** The newest metrics of the tracker that learns. */
    public TrackerMetrics newest() {
        return newest(learned);
    }

    /** The newest metrics of one kind of rival, at each of its thresholds. */
    public List<TrackerMetrics> newest(RivalKind kind) {
        return rivals.get(kind).values().stream().map(OfflineTrackerDemo::newest).toList();
    }

    private static TrackerMetrics newest(List<TrackerMetrics> all) {
        return all.get(all.size() - 1);
    }

    /** Mean IDF1 of a third, 0 to 2; each value is of the 30 seconds before. */
    public double idf1(int third) {
        return mean(learned, third, one -> one.identity().idf1());
    }

    /** Mean loss of a third. */
    public double loss(int third) {
        return mean(learned, third, TrackerMetrics::loss);
    }

    /** ID switches in a third, per 1,000 judged detections. */
    public double switches(int third) {
        return switches(learned, third);
    }

    /** Mean IDF1 of a third at the threshold that is best there. */
    public double idf1(RivalKind kind, int third) {
        Collection<List<TrackerMetrics>> tried = rivals.get(kind).values();
        return tried.stream()
                .mapToDouble(all -> mean(all, third, one -> one.identity().idf1()))
                .max()
                .orElseThrow();
    }

    private double mean(
            List<TrackerMetrics> all, int third, ToDoubleFunction<TrackerMetrics> figure) {
        return within(all, third).stream().mapToDouble(figure).average().orElseThrow();
    }

    private double switches(List<TrackerMetrics> all, int third) {
        List<TrackerMetrics> some = within(all, third);
        TrackerMetrics.Counts from = some.get(0).counts();
        TrackerMetrics.Counts to = newest(some).counts();
        return 1000.0 * (to.switches() - from.switches()) / (to.judged() - from.judged());
    }

    private List<TrackerMetrics> within(List<TrackerMetrics> all, int third) {
        long from = START + third * millis / 3;
        return all.stream()
                .filter(one -> one.at() >= from && one.at() < from + millis / 3)
                .toList();
    }
}
