// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.image;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.random.RestorableRandom;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.io.Serializable;
import java.util.List;

/**
 * Makes an image move: a sequence of views whose rotation accumulates from one to the next, each
 * cut out anew, all mirrored or none, with other images pasted over some. So the authors of CTVIS
 * make clips of single images. Each view is decided by the generator alone.
 */
public final class MovingView {
    private final ImageShape shape;
    private final Settings settings;
    private final RandomCrop crop;

    /** How far views go. */
    @PublicApi
    public record Settings(
            @Meaning("Crops: largest turn from one view to the next, in degrees; 0 to 180.")
                    @Range(min = 0, max = 180)
                    double rotation,
            @Meaning("Crops: smallest part that a view keeps; above 0, at most 1.")
                    @Range(above = 0, max = 1)
                    double leastArea,
            @Meaning("Crops: widest that a view is, as width by height; at least 1.")
                    @Range(min = 1)
                    double aspect,
            @Meaning("Crops: probability that all views of a clip are mirrored; 0 to 1.")
                    @Range(min = 0, max = 1)
                    double flip,
            @Meaning("Crops: probability that another detection is pasted over a view; 0 to 1.")
                    @Range(min = 0, max = 1)
                    double paste,
            @Meaning(
                            "Crops: longest side of what is pasted, as part of the crop's; above 0, at most 1.")
                    @Range(above = 0, max = 1)
                    double pasted)
            implements Serializable {
        /** The authors' rotation and flip; crops and pastes for images of single objects. */
        public static final Settings REFERENCE = new Settings(15, 0.6, 4.0 / 3, 0.5, 0.3, 0.5);
    }

    /** Views of images of a shape. */
    public MovingView(ImageShape shape, Settings settings) {
        this.shape = shape;
        this.settings = settings;
        this.crop = new RandomCrop(shape, settings.leastArea(), settings.aspect());
    }

    /** Begins a sequence. */
    public Sequence begin(RestorableRandom random) {
        return new Sequence(random.nextDouble() < settings.flip());
    }

    /** A sequence of views of one image. */
    public final class Sequence {
        private final boolean flipped;
        private double angle;

        private Sequence(boolean flipped) {
            this.flipped = flipped;
        }

        /**
         * Makes the next view.
         *
         * @param image the image, left as it is
         * @param others what may be pasted over it
         * @return a new image
         */
        public byte[] next(byte[] image, List<byte[]> others, RestorableRandom random) {
            angle += RandomCrop.between(-settings.rotation(), settings.rotation(), random);
            byte[] view = Geometry.rotate(image, shape, Math.toRadians(angle));
            view = crop.of(view, random).orElse(view);
            if (flipped) {
                view = Geometry.flip(view, shape);
            }
            if (random.nextDouble() < settings.paste() && !others.isEmpty()) {
                paste(view, others.get(random.nextInt(others.size())), random);
            }
            return view;
        }
    }

    /**
     * Puts another image, made smaller, somewhere over this one; it may stand out over the edge.
     */
    private void paste(byte[] view, byte[] other, RestorableRandom random) {
        double scale = RandomCrop.between(settings.pasted() / 2, settings.pasted(), random);
        int width = Math.max(1, (int) Math.round(shape.width() * scale));
        int height = Math.max(1, (int) Math.round(shape.height() * scale));
        int left = random.nextInt(shape.width()) - width / 2;
        int top = random.nextInt(shape.height()) - height / 2;
        for (int y = Math.max(0, -top); y < Math.min(height, shape.height() - top); y++) {
            for (int x = Math.max(0, -left); x < Math.min(width, shape.width() - left); x++) {
                int from = y * shape.height() / height * shape.width() + x * shape.width() / width;
                int to = (top + y) * shape.width() + left + x;
                for (int c = 0; c < shape.channels(); c++) {
                    view[c * shape.pixels() + to] = other[c * shape.pixels() + from];
                }
            }
        }
    }
}
