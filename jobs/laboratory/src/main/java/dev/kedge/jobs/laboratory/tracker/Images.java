// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.tracker;

import dev.kedge.connectors.classifier.shapes.ShapeImages;
import dev.kedge.connectors.image.ImageSet;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.laboratory.data.DatasetFormatException;
import dev.kedge.jobs.laboratory.data.ImageFolderReader;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.state.random.RestorableRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The images that move.
 *
 * @param shape sides of each
 * @param train those to learn from
 * @param test those to track
 */
record Images(ImageShape shape, List<byte[]> train, List<byte[]> test) {
    private static final ImageShape SHAPES = new ImageShape(3, 32, 32);

    /**
     * Reads or makes them.
     *
     * @throws ConfigurationException if the folder is not there, or not as it must be
     */
    static Images read(TrackExperimentSettings.Data settings) {
        if (settings.path().isBlank()) {
            return new Images(
                    SHAPES,
                    ShapeImages.make(settings.shapes(), SHAPES, 1),
                    ShapeImages.make(settings.shapes(), SHAPES, 2));
        }
        ImageSet train = folder(settings, "train");
        ImageSet test = folder(settings, "test");
        ImageShape shape = train.shape();
        if (!shape.equals(test.shape())) {
            throw ConfigurationException.of(
                    "data.path: images of train are %s, those of test %s", shape, test.shape());
        }
        return new Images(shape, train.pixels(), test.pixels());
    }

    private static ImageSet folder(TrackExperimentSettings.Data settings, String part) {
        Path folder = Path.of(settings.path(), part);
        if (!Files.isDirectory(folder)) {
            throw new ConfigurationException("data.path: " + folder + " is not a folder");
        }
        try {
            return ImageFolderReader.read(folder, settings.perClass());
        } catch (DatasetFormatException e) {
            throw new ConfigurationException("data: " + e.getMessage());
        } catch (IOException e) {
            throw new ConfigurationException("data: cannot be read (" + e.getMessage() + ")");
        }
    }

    /** Draws different images. */
    static List<byte[]> draw(List<byte[]> from, int count, RestorableRandom random) {
        List<byte[]> left = new ArrayList<>(from);
        List<byte[]> drawn = new ArrayList<>(count);
        for (int n = 0; n < count && !left.isEmpty(); n++) {
            drawn.add(left.remove(random.nextInt(left.size())));
        }
        return drawn;
    }
}
