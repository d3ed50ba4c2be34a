// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.image;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.random.RestorableRandom;
import dev.kedge.state.settings.Checks;

/**
 * Makes random views of images: resized crop, flip, colour jitter, grey, in this order, on 8-bit
 * values, as the authors of PCR and HPCR do. Each view is decided by the generator alone.
 */
public final class RandomView {
    private final ImageShape shape;
    private final Settings settings;
    private final RandomCrop crop;

    /**
     * How far views go.
     *
     * @param leastArea smallest part of the image that a crop keeps
     * @param aspect widest a crop is, as width by height; its inverse is the narrowest
     * @param flip probability of mirroring
     * @param jitter probability of a colour jitter
     * @param strength brightness, contrast and saturation change by a factor of up to 1 more or
     *     less this
     * @param hue largest turn of the hue, as part of the circle
     * @param grey probability of grey
     */
    public record Settings(
            double leastArea,
            double aspect,
            double flip,
            double jitter,
            double strength,
            double hue,
            double grey) {
        /** The authors' values. */
        public static final Settings REFERENCE =
                new Settings(0.2, 4.0 / 3, 0.5, 0.8, 0.4, 0.1, 0.2);

        /** Crops alone, for images that mirroring would make wrong, such as digits. */
        public static final Settings CROP = new Settings(0.5, 4.0 / 3, 0, 0, 0, 0, 0);

        /** Checks the values. */
        public Settings {
            require(leastArea > 0 && leastArea <= 1, "least-area", leastArea, "in (0, 1]");
            require(aspect >= 1, "aspect", aspect, "at least 1");
            requireShare("flip", flip);
            requireShare("jitter", jitter);
            requireShare("strength", strength);
            requireShare("grey", grey);
            require(hue >= 0 && hue <= 0.5, "hue", hue, "between 0 and 0.5");
        }

        private static void requireShare(String field, double value) {
            require(value >= 0 && value <= 1, field, value, "between 0 and 1");
        }

        private static void require(boolean holds, String field, double value, String allowed) {
            Checks.require(holds, "augmentation." + field, value, allowed);
        }
    }

    /** Views of images of a shape. */
    public RandomView(ImageShape shape, Settings settings) {
        this.shape = shape;
        this.settings = settings;
        this.crop = new RandomCrop(shape, settings.leastArea(), settings.aspect());
    }

    /**
     * Makes a view.
     *
     * @param image its bytes; left as they are
     * @throws IllegalArgumentException if the image has another size
     */
    public byte[] view(byte[] image, RestorableRandom random) {
        if (image.length != shape.bytes()) {
            throw new IllegalArgumentException(
                    format("image: %d bytes, %s has %d", image.length, shape, shape.bytes()));
        }
        byte[] view = crop.of(image, random).orElseGet(() -> centre(image));
        if (random.nextDouble() < settings.flip()) {
            view = Geometry.flip(view, shape);
        }
        if (random.nextDouble() < settings.jitter()) {
            jitter(view, random);
        }
        if (random.nextDouble() < settings.grey()) {
            Colour.grey(view, shape);
        }
        return view;
    }

    /** The largest centred rectangle that is neither too wide nor too narrow. */
    private byte[] centre(byte[] image) {
        int width = Math.min(shape.width(), (int) Math.round(shape.height() * settings.aspect()));
        int height = Math.min(shape.height(), (int) Math.round(shape.width() * settings.aspect()));
        int top = (shape.height() - height) / 2;
        int left = (shape.width() - width) / 2;
        return Geometry.crop(image, shape, top, left, height, width);
    }

    private void jitter(byte[] image, RestorableRandom random) {
        double max = settings.strength();
        double[] amounts = {
            RandomCrop.between(1 - max, 1 + max, random),
            RandomCrop.between(1 - max, 1 + max, random),
            RandomCrop.between(1 - max, 1 + max, random),
            RandomCrop.between(-settings.hue(), settings.hue(), random)
        };
        int[] order = {0, 1, 2, 3};
        for (int left = order.length; left > 0; left--) {
            int chosen = random.nextInt(left);
            change(image, order[chosen], amounts[order[chosen]]);
            order[chosen] = order[left - 1];
        }
    }

    private void change(byte[] image, int which, double amount) {
        switch (which) {
            case 0 -> Colour.brightness(image, amount);
            case 1 -> Colour.contrast(image, shape, amount);
            case 2 -> Colour.saturation(image, shape, amount);
            default -> Colour.hue(image, shape, amount);
        }
    }
}
