// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.onnx;

import static dev.kedge.state.text.Text.format;
import static java.nio.charset.StandardCharsets.UTF_8;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.util.Map;

/**
 * Makes tensors of one text. The Java binding of onnxruntime 1.23 hands strings over in the JVM's
 * modified UTF-8, in which characters beyond U+FFFF, emoji for example, and U+0000 are no UTF-8: a
 * tokeniser would not know them. So texts that have such characters are put together from pieces by
 * a model of ours, {@code joiner.onnx}: it appends to a text the character whose UTF-8 bytes it is
 * given, out of a table of all bytes, and the piece behind it. That takes some 30 microseconds for
 * each such character.
 */
final class TextTensors implements AutoCloseable {
    private static final int BYTES = 4;

    /** Such characters of one text; 64 KiB of emoji have as many, and take a second. */
    static final int MOST_JOINED = 16_384;

    /** Index of the empty string in the table, behind those of all bytes. */
    private static final long NOTHING = 256;

    private final OrtEnvironment environment;
    private final OrtSession joiner;

    TextTensors(OrtEnvironment environment) throws OrtException {
        this.environment = environment;
        try (InputStream model = TextTensors.class.getResourceAsStream("joiner.onnx");
                OrtSession.SessionOptions options = FrozenEncoder.options()) {
            joiner = environment.createSession(model.readAllBytes(), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A tensor of shape [1]; the caller closes it.
     *
     * @throws OrtException if it would have to be put together of too many pieces
     */
    OnnxTensor of(String text) throws OrtException {
        long joined = text.codePoints().filter(c -> c == 0 || c > Character.MAX_VALUE).count();
        if (joined > MOST_JOINED) {
            throw new OrtException(
                    format(
                            "%d characters beyond U+FFFF or NUL, allowed: at most %d",
                            joined, MOST_JOINED));
        }
        return pieces(text);
    }

    private OnnxTensor pieces(String text) throws OrtException {
        int at = plainUntil(text, 0);
        OnnxTensor joined = plain(text.substring(0, at));
        while (at < text.length()) {
            int behind = text.offsetByCodePoints(at, 1);
            int end = plainUntil(text, behind);
            joined = join(joined, text.substring(at, behind), text.substring(behind, end));
            at = end;
        }
        return joined;
    }

    /** Where the next character is whose modified UTF-8 is no UTF-8; the end if there is none. */
    private static int plainUntil(String text, int from) {
        int at = from;
        while (at < text.length()
                && text.charAt(at) != 0
                && !Character.isSurrogate(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private OnnxTensor plain(String text) throws OrtException {
        return OnnxTensor.createTensor(environment, new String[] {text});
    }

    private OnnxTensor join(OnnxTensor before, String character, String behind)
            throws OrtException {
        byte[] utf8 = character.getBytes(UTF_8);
        long[] bytes = new long[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = i < utf8.length ? utf8[i] & 0xff : NOTHING;
        }
        try (before;
                OnnxTensor middle =
                        OnnxTensor.createTensor(
                                environment, LongBuffer.wrap(bytes), new long[] {BYTES});
                OnnxTensor end = plain(behind)) {
            // Not the result is closed, but the tensor that it holds, by whoever reads it.
            return (OnnxTensor)
                    joiner.run(Map.of("before", before, "bytes", middle, "behind", end)).get(0);
        }
    }

    @Override
    public void close() {
        try {
            joiner.close();
        } catch (OrtException e) {
            throw new IllegalStateException("joiner.onnx cannot be closed", e);
        }
    }
}
