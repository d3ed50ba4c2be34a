// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.api.PublicApi;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** How the values of an input lie in its bytes. */
@PublicApi
public enum InputForm {
    /** One byte a value, 0 to 255 standing for 0 to 1: an image of 8 bits a channel. */
    BYTES(1) {
        @Override
        void decode(byte[] input, float[] values, int at) {
            for (int i = 0; i < input.length; i++) {
                values[at + i] = (input[i] & 0xff) / 255f;
            }
        }

        @Override
        public void decode(byte[] input, double[] values, int at) {
            for (int i = 0; i < input.length; i++) {
                values[at + i] = (input[i] & 0xff) / 255f;
            }
        }

        @Override
        public boolean isFinite(byte[] input) {
            return true;
        }

        @Override
        public Optional<String> refusal(byte[] input) {
            return Optional.empty();
        }

        @Override
        public float largest(byte[] input) {
            return 0;
        }
    },
    /** Four bytes a value: little-endian floats. */
    FLOATS(4) {
        @Override
        void decode(byte[] input, float[] values, int at) {
            ByteBuffer.wrap(input)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values, at, input.length / 4);
        }

        @Override
        public void decode(byte[] input, double[] values, int at) {
            ByteBuffer bytes = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; bytes.remaining() >= Float.BYTES; i++) {
                values[at + i] = bytes.getFloat();
            }
        }

        @Override
        public boolean isFinite(byte[] input) {
            ByteBuffer bytes = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.remaining() >= Float.BYTES) {
                if (!Float.isFinite(bytes.getFloat())) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Optional<String> refusal(byte[] input) {
            ByteBuffer bytes = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; bytes.remaining() >= Float.BYTES; i++) {
                float value = bytes.getFloat();
                if (!(Math.abs(value) <= MOST)) {
                    return Optional.of(
                            format(
                                    "features[%d]: %s is not allowed; it must be %s",
                                    i, value, ALLOWED));
                }
            }
            return Optional.empty();
        }

        @Override
        public float largest(byte[] input) {
            float max = 0;
            ByteBuffer bytes = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.remaining() >= Float.BYTES) {
                max = Math.max(max, Math.abs(bytes.getFloat()));
            }
            return max;
        }
    };

    /**
     * Largest value of an input, either way: an encoder multiplies and adds them in floats, and
     * must not reach infinity.
     */
    public static final float MOST = 1e6f;

    /** What a value may be, in words. */
    public static final String ALLOWED = "a number from -1000000 to 1000000";

    private final int bytes;

    InputForm(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of an input of {@code width} values. */
    public int length(int width) {
        return bytes * width;
    }

    /** The bytes of an input of {@link #FLOATS}. */
    public static byte[] encode(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** Whether all values of an input are numbers to compute with. */
    public abstract boolean isFinite(byte[] input);

    /** Why an input cannot be learned from: a value beyond {@link #MOST}. Empty if it can. */
    public abstract Optional<String> refusal(byte[] input);

    /**
     * The largest value of an input, whatever its sign; 0 where values are bounded by their form.
     */
    public abstract float largest(byte[] input);

    abstract void decode(byte[] input, float[] values, int at);

    /**
     * The values of an input.
     *
     * @param values receives them
     * @param at place of the first
     */
    public abstract void decode(byte[] input, double[] values, int at);
}
