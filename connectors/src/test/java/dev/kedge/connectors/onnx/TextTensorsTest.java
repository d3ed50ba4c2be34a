// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.kedge.connectors.onnx.testing.TinyOnnx;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTensorsTest {
    /** A model knows a text by its UTF-8 bytes: these are in its file, and no JVM was near them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "été",
                "\u05e9\u05dc\u05d5\u05dd",
                "\ud83d\ude80",
                "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 family",
                "50 % \ud83d\ude80\ud83d\ude80 off",
                "\u0000",
                "a\u0000b\u0000",
                "\ud834\udd1e\uffff\ud7ff\ue000"
            })
    void aTextReachesAModelAsUtf8(String text) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        byte[] model = TinyOnnx.texts(Map.of(text, 5f), -1f, 1f);
        try (TextTensors tensors = new TextTensors(environment);
                OrtSession session = environment.createSession(model);
                OnnxTensor tensor = tensors.of(text);
                OrtSession.Result said = session.run(Map.of("text", tensor))) {
            assertThat(((float[][]) said.get(0).getValue())[0]).containsExactly(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\ud83d\ude80"})
    void aTextOfMorePiecesThan64KibibytesOfEmojiIsRefused(String piece) throws OrtException {
        try (TextTensors tensors = new TextTensors(OrtEnvironment.getEnvironment())) {
            assertThatThrownBy(() -> tensors.of("a" + piece.repeat(TextTensors.MOST_JOINED + 1)))
                    .isInstanceOf(OrtException.class)
                    .hasMessageContaining("16385 characters beyond U+FFFF or NUL");
        }
    }

    @Test
    void theModelInTheJarIsWhatIsWrittenHere() throws IOException {
        try (InputStream model = TextTensors.class.getResourceAsStream("joiner.onnx")) {
            assertThat(model.readAllBytes()).isEqualTo(TinyOnnx.joiner());
        }
    }
}
