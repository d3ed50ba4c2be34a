// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.classifier.shapes.ShapeImages;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.connectors.tracker.FrameJson;
import dev.kedge.connectors.tracker.video.CameraStream;
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
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tracker's demo without its broker: the same cameras, the same settings, the same rivals. */
class TrackerDemoTest {
    private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
    private static final long START = 1_700_000_000_000L;

    /** Three minutes of one camera: six videos. */
    private static final long MILLIS = 180_000;

    private static final List<Course> COURSES = new ArrayList<>();

    /** Three demos of one camera; asserted is their mean, for videos differ much. */
    @BeforeAll
    static void play() {
        LongStream.of(17, 18, 19).mapToObj(Course::of).forEach(COURSES::add);
    }

    /** What was said in one demo. */
    private static final class Course implements Outlet<TrackerScore, TrackerMetrics> {
        private final List<TrackerMetrics> learned = new ArrayList<>();
        private final Map<RivalKind, Map<Double, List<TrackerMetrics>>> rivals =
                new EnumMap<>(RivalKind.class);

        static Course of(long seed) {
            TrackerDemo.Options options = new TrackerDemo.Options(0, seed, 1, 5, Path.of("."));
            TrackerSettings settings =
                    TrackerDemo.settings("localhost:1", options, SHAPE).tracker();
            CameraStream cameras =
                    TrackerDemo.cameras(options, ShapeImages.make(100, SHAPE, seed), SHAPE, START);
            Course course = new Course();
            try (LiveModels.Shared<StreamFrame, TrackerScore, TrackerMetrics> shared =
                            new TrackerModels(settings).open();
                    TrackerRivals rivals = new TrackerRivals(settings, course::rival)) {
                course.run(
                        shared.load("cameras", new MemoryPartStore()),
                        rivals,
                        cameras,
                        new FrameJson(settings.input()));
            }
            return course;
        }

        private void run(
                LiveModel<StreamFrame, TrackerScore, TrackerMetrics> model,
                TrackerRivals others,
                CameraStream cameras,
                FrameJson json) {
            SimulatedRecord record = cameras.next();
            for (long n = 0; record.at() < START + MILLIS; n++) {
                if (record.kind() != SimulatedRecord.Kind.BROKEN) {
                    StreamFrame frame = frame(json, record);
                    Origin origin = new Origin("frames", 0, n, -1);
                    model.process(new Incoming<>(frame, origin, record.value()), this);
                    others.accept(frame);
                }
                record = cameras.next();
            }
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

        /** Mean IDF1 of a rival's last third, at the threshold that is best there. */
        double rivalAtTheEnd(RivalKind kind) {
            Collection<List<TrackerMetrics>> tried = rivals.get(kind).values();
            return tried.stream().mapToDouble(one -> idf1(one, 2)).max().orElseThrow();
        }

        @Override
        public void score(TrackerScore score) {}

        @Override
        public void metrics(TrackerMetrics metrics) {
            learned.add(metrics);
        }

        @Override
        public void reject(DeadLetter letter) {}
    }

    /** Mean IDF1 over one third of the time; each value is of the 30 seconds before. */
    private static double idf1(List<TrackerMetrics> all, int third) {
        long from = START + third * MILLIS / 3;
        return all.stream()
                .filter(one -> one.at() >= from && one.at() < from + MILLIS / 3)
                .mapToDouble(one -> one.identity().idf1())
                .average()
                .orElseThrow();
    }

    private static double loss(List<TrackerMetrics> all, int third) {
        long from = START + third * MILLIS / 3;
        return all.stream()
                .filter(one -> one.at() >= from && one.at() < from + MILLIS / 3)
                .mapToDouble(TrackerMetrics::loss)
                .average()
                .orElseThrow();
    }

    private static double learned(int third) {
        return COURSES.stream()
                .mapToDouble(course -> idf1(course.learned, third))
                .average()
                .orElseThrow();
    }

    private static double rival(RivalKind kind) {
        return COURSES.stream()
                .mapToDouble(course -> course.rivalAtTheEnd(kind))
                .average()
                .orElseThrow();
    }

    @Test
    void theTrackerGetsBetterWhileItRuns() {
        assertThat(learned(2)).isGreaterThan(learned(0));
    }

    @Test
    void itsLossFallsInEveryDemo() {
        assertThat(COURSES)
                .allSatisfy(
                        course ->
                                assertThat(loss(course.learned, 2))
                                        .isLessThan(0.8 * loss(course.learned, 0)));
    }

    @Test
    void itIsFarBetterThanTheEncoderAsItWasDrawn() {
        assertThat(learned(2)).isGreaterThan(rival(RivalKind.FROZEN) + 0.2);
    }

    @Test
    void rivalsSeeEveryFrameThatTheTrackerSees() {
        for (Course course : COURSES) {
            TrackerMetrics newest = course.learned.get(course.learned.size() - 1);
            for (RivalKind kind : RivalKind.values()) {
                assertThat(course.rivals.get(kind).values())
                        .allSatisfy(
                                one -> {
                                    TrackerMetrics last = one.get(one.size() - 1);
                                    assertThat(last.at()).isEqualTo(newest.at());
                                    assertThat(last.counts().judged())
                                            .isEqualTo(newest.counts().judged());
                                });
            }
        }
    }
}
