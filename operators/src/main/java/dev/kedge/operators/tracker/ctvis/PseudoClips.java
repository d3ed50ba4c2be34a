// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.image.MovingView;
import dev.kedge.state.random.RestorableRandom;
import dev.kedge.state.settings.Checks;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Makes clips of single items, for streams that do not say which instance is which. */
@FunctionalInterface
public interface PseudoClips {
    /** All views of an item are the item. */
    PseudoClips STILL = random -> (item, others, next) -> item;

    /**
     * Begins the views of one item.
     *
     * @param random the model's own generator
     */
    Views begin(RestorableRandom random);

    /** The views of one item, one after the other. */
    @FunctionalInterface
    interface Views {
        /**
         * Makes the next view.
         *
         * @param item the item's input, left as it is
         * @param others inputs of the frame's other items
         * @param random the model's own generator
         * @return an input of as many bytes
         */
        byte[] next(byte[] item, List<byte[]> others, RestorableRandom random);
    }

    /** Images that turn, are cut out, mirrored and pasted over. */
    static PseudoClips ofImages(ImageShape shape, MovingView.Settings settings) {
        MovingView view = new MovingView(shape, settings);
        return random -> view.begin(random)::next;
    }

    /**
     * Feature vectors ({@link InputForm#FLOATS}) with noise, some values left out.
     *
     * @param noise standard deviation of what is added to each value, times the root of the mean
     *     square of the vector's values
     * @param dropout share of the values that become 0
     */
    static PseudoClips ofFeatures(double noise, double dropout) {
        Checks.require(
                noise >= 0 && noise <= Double.MAX_VALUE, "pseudo-clips.noise", noise, "at least 0");
        Checks.require(
                dropout >= 0 && dropout < 1,
                "pseudo-clips.dropout",
                dropout,
                "at least 0, below 1");
        return begun -> (item, others, random) -> disturbed(item, noise, dropout, random);
    }

    private static byte[] disturbed(
            byte[] item, double noise, double dropout, RestorableRandom random) {
        float[] values = new float[item.length / Float.BYTES];
        ByteBuffer.wrap(item).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        double square = 0;
        for (float value : values) {
            square += value * (double) value;
        }
        double deviation = noise * Math.sqrt(square / values.length);
        for (int k = 0; k < values.length; k++) {
            boolean dropped = random.nextDouble() < dropout;
            double added = deviation * normal(random);
            values[k] = dropped ? 0 : (float) (values[k] + added);
        }
        return InputForm.encode(values);
    }

    /** Box and Muller's, one of the two. */
    private static double normal(RestorableRandom random) {
        double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        return radius * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
