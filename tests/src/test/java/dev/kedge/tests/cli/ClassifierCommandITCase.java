// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.image.Pixels;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.tests.security.Listening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The classifier on the command line. */
class ClassifierCommandITCase {
    private static final ImageShape SHAPE = new ImageShape(1, 12, 12);

    @TempDir private Path folder;

    @Test
    void theDemoOverAFolderOfImagesTellsWhatItReachedAndEnds() throws IOException {
        for (int c = 0; c < 3; c++) {
            Path own = Files.createDirectories(folder.resolve("images/train/class " + c));
            for (int i = 0; i < 6; i++) {
                byte[] pixels = new byte[SHAPE.bytes()];
                Arrays.fill(pixels, c * 48, c * 48 + 48, (byte) (150 + 10 * i));
                Files.write(own.resolve(i + ".png"), Pixels.png(pixels, SHAPE));
            }
        }
        Listening<Answer> demo =
                Listening.during(
                        () ->
                                Answer.to(
                                        "demo",
                                        "classifier",
                                        "--images",
                                        folder.resolve("images").toString(),
                                        "--for",
                                        "14s",
                                        "--new-class",
                                        "1s",
                                        "--port",
                                        "0"));
        Answer answer = demo.result();

        demo.isOnLoopbackOnly().stays(3);
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out())
                .contains("Kedge runs: open http://localhost:")
                .containsPattern(
                        "Reached: [0-9,]+ samples, [0-9,]+ judged, [23] classes, accuracy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo classifier --rate 0 | --rate: 0.0 is not allowed; it must be above 0",
                "demo classifier --port 65536 | --port: 65536 is not allowed",
                "demo classifier --per-class -1 | --per-class: -1 is not allowed",
                "demo classifier --images nowhere | --images: nowhere cannot be read",
                "demo classifier --for soon | 'soon' is not a duration",
                "demo classifier extra | extra"
            })
    void aMistakeIsAnsweredInOneLine(String line, String words) {
        Answer.to(line.split(" ")).isAMistakeWith(words);
    }

    @Test
    void aFolderOfOneClassIsRefused() throws IOException {
        Path one = Files.createDirectories(folder.resolve("one/a"));
        Files.write(one.resolve("0.png"), Pixels.png(new byte[SHAPE.bytes()], SHAPE));
        String images = folder.resolve("one").toString();

        Answer.to("demo", "classifier", "--images", images)
                .isAMistakeWith("--images: " + images + " is not allowed", "at least two classes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "classifier: {encodr: {}} | classifier.encodr: unknown field; allowed here: ahead",
                "classifier: {input: {features: 3}, encoder: {kind: convnet}} |"
                        + " classifier.encoder.kind: convnet is not allowed; the data must be images",
                "discontinuation: {} | discontinuation: unknown field",
                "topics: {creatives: a} | topics.creatives: unknown field"
            })
    void aMistakeInAJobFileIsNamed(String yaml, String words) throws IOException {
        String file =
                Files.writeString(folder.resolve("job.yaml"), "job: classifier\n" + yaml)
                        .toString();

        Answer.to("run", file, "--check").isAMistakeWith("kedge: " + file + ": ", words);
        Answer.to("run", file, "--show").isAMistakeWith(words);
    }

    @Test
    void theWholeConfigurationIsShown() throws IOException {
        String file = Files.writeString(folder.resolve("job.yaml"), "job: classifier").toString();

        Answer.to("run", file, "--show")
                .isGoodWith(
                        "job: \"classifier\"", "class-window: 50", "trigger: \"boundary-free\"");
    }

    @Test
    void helpHasAnExample() {
        Answer.to("demo", "classifier", "--help")
                .isGoodWith("Usage: kedge demo classifier", "--images");
        Answer.to("demo", "--help").isGoodWith("classifier");
    }
}
