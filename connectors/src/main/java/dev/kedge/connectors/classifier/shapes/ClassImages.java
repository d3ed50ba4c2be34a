// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.classifier.shapes;

import dev.kedge.operators.image.ImageShape;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** Images of some classes, to make a stream of. */
public interface ClassImages {
    /** Names of the classes, each once. */
    List<String> labels();

    /** Sides of every image. */
    ImageShape shape();

    /**
     * An image of a class.
     *
     * @param c index of the class
     * @return its pixels, channel by channel, row by row; not to be changed
     */
    byte[] draw(int c, UniformRandomProvider random);
}
