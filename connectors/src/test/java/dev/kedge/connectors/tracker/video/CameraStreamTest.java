// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.tracker.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kedge.connectors.classifier.shapes.ShapeImages;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.connectors.tracker.FrameJson;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.operators.tracker.ctvis.Detection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CameraStreamTest {
    private static final ImageShape SHAPE = new ImageShape(1, 8, 8);
    private static final FrameJson JSON =
            new FrameJson(new TrackerSettings.Input(0, new ImageShape(1, 8, 8)));
    private static final CameraStream.Settings SETTINGS =
            new CameraStream.Settings(
                    "m",
                    2,
                    3,
                    10,
                    1_700_000_000_000L,
                    100,
                    0.3,
                    250,
                    0.05,
                    PseudoVideo.Settings.DEFAULT,
                    7);

    private static List<SimulatedRecord> records(int count) {
        CameraStream stream = new CameraStream(ShapeImages.make(5, SHAPE, 1), SHAPE, SETTINGS);
        List<SimulatedRecord> records = new ArrayList<>();
        while (records.size() < count) {
            records.add(stream.next());
        }
        return records;
    }

    @Test
    void recordsComeByArrivalSomeLateSomeTwiceSomeBroken() {
        List<SimulatedRecord> records = records(300);
        Set<SimulatedRecord.Kind> kinds = new TreeSet<>();
        for (int i = 0; i < records.size(); i++) {
            SimulatedRecord one = records.get(i);
            kinds.add(one.kind());
            assertThat(one.arrivesAt() - one.at()).isBetween(0L, 250L);
            assertThat(one.arrivesAt())
                    .isGreaterThanOrEqualTo(records.get(Math.max(0, i - 1)).at());
        }
        assertThat(kinds).containsExactly(SimulatedRecord.Kind.values());
        assertThat(records)
                .isSortedAccordingTo((a, b) -> Long.compare(a.arrivesAt(), b.arrivesAt()));
    }

    @Test
    void everyFrameOfACameraComesWithNewIdentitiesForEachVideo() throws UndecodableException {
        Set<Long> frames = new TreeSet<>();
        Set<String> first = new TreeSet<>();
        Set<String> later = new TreeSet<>();
        for (SimulatedRecord one : records(200)) {
            if (one.kind() != SimulatedRecord.Kind.BROKEN) {
                StreamFrame event = JSON.decode(one.value());
                if (event.frame().stream().equals("camera 1")) {
                    frames.add(event.frame().frame());
                }
                for (Detection detection : event.frame().detections()) {
                    (event.frame().frame() < 10 ? first : later).add(detection.identity());
                }
            }
        }

        assertThat(frames).contains(0L, 1L, 2L, 30L, 60L);
        first.remove("");
        assertThat(first).isNotEmpty().doesNotContainAnyElementsOf(later);
    }

    @Test
    void theSeedDecides() {
        List<SimulatedRecord> again = records(50);
        List<SimulatedRecord> records = records(50);

        for (int i = 0; i < records.size(); i++) {
            assertThat(Arrays.equals(records.get(i).value(), again.get(i).value())).isTrue();
        }
    }

    @Test
    void tooFewImagesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CameraStream(ShapeImages.make(2, SHAPE, 1), SHAPE, SETTINGS))
                .withMessage("images: 2 are too few for videos of 3 objects");
    }
}
