// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.classifier.shapes.ShapeImages;
import dev.kedge.connectors.image.Pixels;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.tests.security.Listening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tracker on the command line. */
class TrackerCommandITCase {
    private static final ImageShape SHAPE = new ImageShape(3, 16, 16);

    @TempDir private Path folder;

    private String images(int count) throws IOException {
        Path own = Files.createDirectories(folder.resolve("images/train/things"));
        List<byte[]> pixels = ShapeImages.make(count, SHAPE, 3);
        for (int i = 0; i < count; i++) {
            Files.write(own.resolve(i + ".png"), Pixels.png(pixels.get(i), SHAPE));
        }
        return folder.resolve("images").toString();
    }

    @Test
    void theDemoOverAFolderOfImagesTellsWhatItReachedAndEnds() throws IOException {
        String images = images(8);
        Listening<Answer> demo =
                Listening.during(
                        () ->
                                Answer.to(
                                        "demo",
                                        "tracker",
                                        "--images",
                                        images,
                                        "--for",
                                        "4s",
                                        "--rate",
                                        "10",
                                        "--port",
                                        "0"));
        Answer answer = demo.result();

        demo.isOnLoopbackOnly().stays(3);
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out())
                .contains("Kedge runs: open http://localhost:")
                .containsPattern(
                        "Reached: [0-9,]+ frames, [0-9,]+ detections, [0-9,]+ tracks, IDF1 [0-9.]+ %,"
                                + " association [0-9.]+ %, [0-9,]+ ID switches in [0-9,]+ judged");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo tracker --rate 0 | --rate: 0.0 is not allowed; it must be above 0",
                "demo tracker --cameras 17 | --cameras: 17 is not allowed; it must be between 1",
                "demo tracker --port 65536 | --port: 65536 is not allowed",
                "demo tracker --per-class -1 | --per-class: -1 is not allowed",
                "demo tracker --images nowhere | --images: nowhere cannot be read",
                "demo tracker --for soon | 'soon' is not a duration",
                "demo tracker extra | extra"
            })
    void aMistakeIsAnsweredInOneLine(String line, String words) {
        Answer.to(line.split(" ")).isAMistakeWith(words);
    }

    @Test
    void tooFewImagesAreRefused() throws IOException {
        String few = images(3);

        Answer.to("demo", "tracker", "--images", few)
                .isAMistakeWith("--images: " + few + " is not allowed", "at least 6 images");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tracker: {bnak: {}} | tracker.bnak: unknown field; allowed here: ahead",
                "tracker: {input: {features: 3}} |"
                        + " tracker.encoder.kind: convnet is not allowed; the data must be images",
                "tracker: {ordering: {lateness: 2 min}} |"
                        + " tracker.ordering.idle: 1 min is not allowed; it must be 0, or at least",
                "classifier: {} | classifier: unknown field",
                "topics: {samples: a} | topics.samples: unknown field"
            })
    void aMistakeInAJobFileIsNamed(String yaml, String words) throws IOException {
        String file =
                Files.writeString(folder.resolve("job.yaml"), "job: tracker\n" + yaml).toString();

        Answer.to("run", file, "--check").isAMistakeWith("kedge: " + file + ": ", words);
        Answer.to("run", file, "--show").isAMistakeWith(words);
    }

    @Test
    void theWholeConfigurationIsShown() throws IOException {
        String file = Files.writeString(folder.resolve("job.yaml"), "job: tracker").toString();

        Answer.to("run", file, "--show")
                .isGoodWith("job: \"tracker\"", "dead-frames: 20", "match: \"bisoftmax\"");
    }

    @Test
    void helpHasAnExample() {
        Answer.to("demo", "tracker", "--help").isGoodWith("Usage: kedge demo tracker", "--cameras");
        Answer.to("demo", "--help").isGoodWith("tracker");
    }
}
