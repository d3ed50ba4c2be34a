// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.tracker.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kedge.connectors.classifier.shapes.ShapeImages;
import dev.kedge.connectors.tracker.video.PseudoVideo.Settings;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.tracker.ctvis.Box;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PseudoVideoTest {
    private static final ImageShape SHAPE = new ImageShape(3, 16, 16);

    @Test
    void theSameSeedMakesTheSameVideoAndAnotherAnother() {
        List<VideoFrame> first = frames(video(7, Settings.DEFAULT), 20);
        List<VideoFrame> again = frames(video(7, Settings.DEFAULT), 20);
        List<VideoFrame> other = frames(video(8, Settings.DEFAULT), 20);

        assertThat(pixels(again)).isDeepEqualTo(pixels(first));
        assertThat(pixels(other)).isNotEqualTo(pixels(first));
    }

    private static byte[][] pixels(List<VideoFrame> frames) {
        return frames.stream()
                .flatMap(frame -> frame.detections().stream())
                .map(Detection::input)
                .toArray(byte[][]::new);
    }

    @Test
    void objectsLeaveAndComeBackAndSomeDetectionsAreFalse() {
        List<VideoFrame> frames = frames(video(7, Settings.DEFAULT), 100);
        int returns = 0;
        Set<String> before = new HashSet<>();
        Set<String> ever = new HashSet<>();
        for (VideoFrame frame : frames) {
            Set<String> now = new HashSet<>();
            frame.detections().forEach(detection -> now.add(detection.identity()));
            for (String seen : now) {
                returns += ever.contains(seen) && !before.contains(seen) ? 1 : 0;
            }
            ever.addAll(now);
            before = now;
        }

        assertThat(returns).isGreaterThan(20);
        assertThat(ever).containsExactlyInAnyOrder("o0", "o1", "o2", "o3", "o4", "");
        assertThat(frames.get(99).frame()).isEqualTo(99);
        assertThat(frames.get(99).at()).isEqualTo(3960);
    }

    @Test
    void anObjectThatStandsStillIsCutOutAsItIs() {
        byte[] image = ShapeImages.make(1, SHAPE, 3).get(0);
        Settings still = new Settings(6, 0, 0, 0, 1, 0, 0);
        for (long seed = 0; seed < 20; seed++) {
            Detection seen =
                    new PseudoVideo(List.of(image), SHAPE, still, seed)
                            .next("s")
                            .detections()
                            .get(0);
            int same = 0;
            for (int k = 0; k < image.length; k++) {
                same += Math.abs((image[k] & 0xff) - (seen.input()[k] & 0xff)) < 40 ? 1 : 0;
            }
            Box box = seen.box().orElseThrow();
            if (box.right() - box.left() > 15 && box.bottom() - box.top() > 15) {
                assertThat(same / (double) image.length).isGreaterThan(0.75);
            }
            assertThat(seen.identity()).isEqualTo("o0");
        }
    }

    @Test
    void whatIsBehindAnotherIsNotDetectedAndWhatIsHalfBehindIsLessSure() {
        List<byte[]> images = ShapeImages.make(12, SHAPE, 3);
        Settings crowded = new Settings(1.5, 0.15, 12, 0, 1, 0, 0);
        List<VideoFrame> frames = frames(new PseudoVideo(images, SHAPE, crowded, 1), 30);
        double least = 1;
        for (VideoFrame frame : frames) {
            assertThat(frame.detections()).hasSizeLessThan(12);
            for (Detection detection : frame.detections()) {
                least = Math.min(least, detection.score());
            }
        }
        assertThat(least).isLessThan(0.45);
    }

    @Test
    void shapesDifferFromEachOtherAndFollowFromTheSeed() {
        List<byte[]> shapes = ShapeImages.make(30, SHAPE, 5);

        assertThat(shapes.stream().map(Arrays::toString)).doesNotHaveDuplicates();
        assertThat(ShapeImages.make(30, SHAPE, 5).get(29)).isEqualTo(shapes.get(29));
    }

    @Test
    void settingsThatCannotBeAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settings(0.5, 0, 0, 0, 1, 0, 0))
                .withMessageContaining("video.side: 0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settings(2, 0, 0, 0, 0, 0, 0))
                .withMessageContaining("video.away: 0.0");
    }

    private static PseudoVideo video(long seed, Settings settings) {
        return new PseudoVideo(ShapeImages.make(5, SHAPE, 2), SHAPE, settings, seed);
    }

    private static List<VideoFrame> frames(PseudoVideo video, int count) {
        return Stream.generate(() -> video.next("s")).limit(count).toList();
    }
}
