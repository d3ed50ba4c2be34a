// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.classifier.shapes.ShapeImages;
import dev.kedge.jobs.tracker.RivalKind;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.tests.tracker.OfflineTrackerDemo.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the tracker's demo promises, on smaller crops and a smaller encoder. Figures of the demo
 * itself, over minutes and seeds, are {@code kedge bench tracker-demo}'s.
 */
class TrackerDemoTest {
    private static final ImageShape SHAPE = new ImageShape(3, 16, 16);

    /** Three videos of one camera. */
    private static final long MILLIS = 90_000;

    private static final List<OfflineTrackerDemo> DEMOS = new ArrayList<>();

    /** Some demos; asserted is their mean, for videos differ much. */
    @BeforeAll
    static void play() {
        LongStream.of(17, 18).forEach(seed -> DEMOS.add(demo(seed)));
    }

    private static OfflineTrackerDemo demo(long seed) {
        List<byte[]> images = ShapeImages.make(100, SHAPE, seed);
        return OfflineTrackerDemo.play(
                new Scene(images, SHAPE, 1, MILLIS, seed),
                demo ->
                        demo.with("encoder.convnet.convolutions", List.of(8, 16))
                                .with("encoder.convnet.features", 32),
                true);
    }

    private static double mean(ToDoubleFunction<OfflineTrackerDemo> figure) {
        return DEMOS.stream().mapToDouble(figure).average().orElseThrow();
    }

    /** By how much more its IDF1 is than that of the encoder as it was drawn. */
    private static double ahead(int third) {
        return mean(demo -> demo.idf1(third) - demo.idf1(RivalKind.FROZEN, third));
    }

    @Test
    void theTrackerGetsBetterWhileItRuns() {
        assertThat(DEMOS)
                .allSatisfy(
                        demo -> assertThat(demo.switches(2)).isLessThan(0.8 * demo.switches(0)));
        assertThat(ahead(2)).as("videos are not equally hard").isGreaterThan(ahead(0));
    }

    @Test
    void itsLossFallsInEveryDemo() {
        assertThat(DEMOS)
                .allSatisfy(demo -> assertThat(demo.loss(2)).isLessThan(0.8 * demo.loss(0)));
    }

    @Test
    void itIsFarBetterThanTheEncoderAsItWasDrawn() {
        assertThat(ahead(2)).isGreaterThan(0.2);
    }

    @Test
    void rivalsSeeEveryFrameThatTheTrackerSees() {
        for (OfflineTrackerDemo demo : DEMOS) {
            for (RivalKind kind : RivalKind.values()) {
                assertThat(demo.newest(kind))
                        .hasSizeGreaterThan(2)
                        .allSatisfy(
                                last -> {
                                    TrackerMetrics newest = demo.newest();
                                    assertThat(last.at()).isEqualTo(newest.at());
                                    assertThat(last.counts().judged())
                                            .isEqualTo(newest.counts().judged());
                                });
            }
        }
    }
}
