// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.simulator;

import dev.kedge.connectors.dataset.ImageSet;
import dev.kedge.operators.image.ImageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;

/** Images that were read from files, any of a class as often as any other. */
public final class FolderImages implements ClassImages {
    private final ImageShape shape;
    private final List<String> labels;
    private final List<List<byte[]>> images = new ArrayList<>();

    /** Images of a set, its classes sorted by name. */
    public FolderImages(ImageSet set) {
        SortedMap<String, List<byte[]>> byLabel = new TreeMap<>();
        for (ImageSet.LabelledImage image : set.images()) {
            byLabel.computeIfAbsent(image.label(), name -> new ArrayList<>()).add(image.pixels());
        }
        shape = new ImageShape(set.channels(), set.height(), set.width());
        labels = List.copyOf(byLabel.keySet());
        images.addAll(byLabel.values());
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
