// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.classifier.shapes;

import dev.kedge.operators.image.ImageShape;
import java.util.List;
import java.util.SortedMap;
import org.apache.commons.rng.UniformRandomProvider;

/** Images that were read from files, any of a class as often as any other. */
public final class FolderImages implements ClassImages {
    private final ImageShape shape;
    private final List<String> labels;
    private final List<List<byte[]>> images;

    /**
     * Images of some classes.
     *
     * @param shape sides of each
     * @param byLabel the images of each class, at least one
     */
    public FolderImages(ImageShape shape, SortedMap<String, List<byte[]>> byLabel) {
        this.shape = shape;
        this.labels = List.copyOf(byLabel.keySet());
        this.images = List.copyOf(byLabel.values());
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public byte[] draw(int c, UniformRandomProvider random) {
        List<byte[]> own = images.get(c);
        return own.get(random.nextInt(own.size()));
    }
}
