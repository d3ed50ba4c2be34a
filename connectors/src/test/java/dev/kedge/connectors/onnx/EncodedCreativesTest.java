// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kedge.connectors.image.Pixels;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.onnx.testing.TinyOnnx;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.stream.DeadLetter.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodedCreativesTest {
    private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);
    private static final List<Double> QUARTER = List.of(0.25, 0.25, 0.25);

    /** One row, red and blue. */
    private static final String RED_AND_BLUE =
            png(new ImageShape(3, 1, 2), new byte[] {-1, 0, 0, 0, 0, -1});

    /** A character of two surrogates, a joiner, and Hebrew. */
    private static final String ROCKET = "\ud83d\ude80\u200d \u05e9\u05dc\u05d5\u05dd";

    private static final String NUL = "a\u0000b";

    @TempDir private Path folder;

    private String texts;
    private String images;
    private EncodedCreatives encoded;

    @BeforeEach
    void load() {
        texts =
                TinyOnnx.file(
                        folder.resolve("texts.onnx"),
                        TinyOnnx.texts(
                                Map.of(
                                        "sale", 2f, "cursed", Float.NaN, "huge", 1e30f, ROCKET, 3f,
                                        NUL, 4f),
                                -1f,
                                1f,
                                10f,
                                100f));
        images =
                TinyOnnx.file(
                        folder.resolve("images.onnx"),
                        TinyOnnx.images(
                                1,
                                1,
                                new float[] {1, 10},
                                new float[] {2, 20},
                                new float[] {3, 30}));
        encoded = new EncodedCreatives(new FrozenEncoderSettings(1, text(3), image(2)));
        encoded.open();
    }

    @AfterEach
    void close() {
        encoded.close();
    }

    private FrozenEncoderSettings.Text text(int width) {
        return new FrozenEncoderSettings.Text(texts, "", width);
    }

    private FrozenEncoderSettings.Image image(int width) {
        return new FrozenEncoderSettings.Image(images, List.of(1, 1), HALF, QUARTER, width);
    }

    @Test
    void anEmbeddingIsWhatCameThenTheTextThenTheImage() throws UndecodableException {
        // Red and blue are (127.5, 0, 127.5) in the mean, so (0, -2, 0) by mean and deviation.
        assertThat(
                        embedding(
                                "'embedding':[7],'text':'sale','image':{'png':'"
                                        + RED_AND_BLUE
                                        + "'}"))
                .containsExactly(7, 2, 20, 200, -4, -40);
    }

    @Test
    void anEncoderThatWasSentIsReadWhereItCameToLie() throws Exception {
        Path here = Files.move(Path.of(texts), folder.resolve("cached"));
        FrozenEncoderSettings named = new FrozenEncoderSettings(1, text(3), image(2));
        Map<String, String> sent = Map.of("encoders.text.model", SentSum.of(here));
        encoded.close();
        encoded = new EncodedCreatives(named, sent);

        encoded.open(name -> folder.resolve("cached"));

        assertThat(embedding("'text':'sale'")).containsExactly(0, 2, 20, 200, 0, 0);
    }

    @Test
    void anEncoderThatIsNotTheOneThatWasSentIsRefused() throws Exception {
        String sum = SentSum.of(Path.of(texts));
        EncodedCreatives other =
                new EncodedCreatives(
                        new FrozenEncoderSettings(1, text(3), image(2)),
                        Map.of("encoders.text.model", sum));

        assertThatThrownBy(() -> other.open(name -> Path.of(images)))
                .isInstanceOf(EncoderException.class)
                .hasMessageStartingWith("encoders.text.model: " + images + " with SHA-256 ")
                .hasMessageEndingWith("it must be the file that was sent: " + sum);
    }

    @Test
    void whatIsNotThereIsZeros() throws UndecodableException {
        assertThat(embedding("")).containsExactly(0, 0, 0, 0, 0, 0);
        assertThat(embedding("'text':'sale'")).containsExactly(0, 2, 20, 200, 0, 0);
        assertThat(embedding("'image':{'png':'" + RED_AND_BLUE + "'}"))
                .containsExactly(0, 0, 0, 0, -4, -40);
        assertThat(embedding("'embedding':[7,8,9]")).containsExactly(7, 0, 0, 0, 0, 0);
    }

    @Test
    void aTextGoesToTheEncoderAsItCame() throws UndecodableException {
        assertThat(embedding("'text':'Sale'")).containsExactly(0, -1, -10, -100, 0, 0);
        assertThat(embedding("'text':'" + ROCKET + "'")).containsExactly(0, 3, 30, 300, 0, 0);
        assertThat(embedding("'text':'a\\u0000b'")).containsExactly(0, 4, 40, 400, 0, 0);
        assertThat(embedding("'text':'\u05e9\u05dc\u05d5\u05dd \ud83d\ude80\u200d'"))
                .containsExactly(0, -1, -10, -100, 0, 0);
    }

    @Test
    void whatAnEncoderFailsOnIsUnencodable() {
        assertThat(refusal("'text':'cursed'"))
                .hasMessage(
                        "field 'text' cannot be encoded by encoders.text: it answered NaN at 0");
        assertThat(refusal("'text':'huge'")).hasMessageContaining("it answered 1.0E30 at 0");
        assertThat(refusal("'text':'huge'").reason()).isEqualTo(Reason.UNENCODABLE);
    }

    @Test
    void anEventThatIsNoLaunchIsReadAsEver() throws UndecodableException {
        String event =
                "{'type':'reactivated','model':'m','creative':'c','at':'2026-03-01T12:00:00Z'}";

        assertThat(encoded.decode(event.replace('\'', '"').getBytes(UTF_8)).creative())
                .isEqualTo("c");
    }

    @Test
    void openedAgainItSaysTheSame() throws UndecodableException {
        float[] once = embedding("'text':'sale'");
        encoded.close();
        encoded.open();

        assertThat(embedding("'text':'sale'")).isEqualTo(once);
    }

    @Test
    void aFileThatIsNotThereIsOneLine() {
        assertMisfit(
                new FrozenEncoderSettings(
                        0, new FrozenEncoderSettings.Text("no.onnx", "", 3), image(2)),
                "encoders.text.model: no.onnx is not allowed; it must be an ONNX file that can be"
                        + " read");
        assertMisfit(
                new FrozenEncoderSettings(
                        0, new FrozenEncoderSettings.Text(texts, "no.so", 3), image(2)),
                "encoders.text.custom-ops: no.so is not allowed; it must be a library of operators"
                        + " that can be read");
    }

    @Test
    void aFileThatIsNoModelIsOneLine() {
        String broken = TinyOnnx.file(folder.resolve("broken.onnx"), new byte[] {1, 2, 3});

        assertMisfit(
                new FrozenEncoderSettings(
                        0,
                        new FrozenEncoderSettings.Text(broken, "", 3),
                        FrozenEncoderSettings.Image.OFF),
                "encoders.text.model: "
                        + broken
                        + " is not allowed; it must be a model that onnxruntime");
        assertMisfit(
                new FrozenEncoderSettings(
                        0, new FrozenEncoderSettings.Text(texts, broken, 3), image(2)),
                "encoders.text.custom-ops: "
                        + broken
                        + " is not allowed; it must be a library that onnxruntime");
    }

    @Test
    void aModelOfOtherInputsIsOneLine() {
        assertMisfit(
                new FrozenEncoderSettings(
                        0,
                        new FrozenEncoderSettings.Text(images, "", 2),
                        FrozenEncoderSettings.Image.OFF),
                "encoders.text.model: "
                        + images
                        + " with input 'image' of float[-1, 3, 1, 1] is not allowed; it must be a"
                        + " model with one input: strings [n]");
        assertMisfit(
                new FrozenEncoderSettings(
                        0,
                        FrozenEncoderSettings.Text.OFF,
                        new FrozenEncoderSettings.Image(images, List.of(2, 1), HALF, QUARTER, 2)),
                "encoders.image.model: "
                        + images
                        + " with input 'image' of float[-1, 3, 1, 1] is not allowed; it must be a"
                        + " model with one input: floats [n, 3, 2, 1]");
    }

    @Test
    void aModelOfAnotherWidthIsOneLineWhetherItsFileSaysTheWidthOrNot() {
        assertMisfit(
                new FrozenEncoderSettings(0, text(4), image(2)),
                "encoders.text.width: 4 is not allowed; it must be 3, as " + texts + " says");
        assertMisfit(
                new FrozenEncoderSettings(0, text(3), image(1)),
                "encoders.image.width: 1 is not allowed; it must be 2, as " + images + " says");
    }

    private static void assertMisfit(FrozenEncoderSettings settings, String begin) {
        assertThatThrownBy(() -> EncodedCreatives.check(settings))
                .isInstanceOf(EncoderException.class)
                .message()
                .startsWith(begin)
                .doesNotContain("\n");
    }

    private float[] embedding(String content) throws UndecodableException {
        return ((CreativeLaunched) encoded.decode(launch(content))).content().embedding();
    }

    private UndecodableException refusal(String content) {
        return catchThrowableOfType(
                UndecodableException.class, () -> encoded.decode(launch(content)));
    }

    private static byte[] launch(String content) {
        String event =
                "{'type':'launched','model':'m','creative':'c','at':'2026-03-01T12:00:00Z'"
                        + (content.isEmpty() ? "" : "," + content)
                        + "}";
        return event.replace('\'', '"').getBytes(UTF_8);
    }

    private static String png(ImageShape shape, byte[] pixels) {
        return Base64.getEncoder().encodeToString(Pixels.png(pixels, shape));
    }
}
