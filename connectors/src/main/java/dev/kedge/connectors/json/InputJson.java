// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import dev.kedge.connectors.image.DecodeBudget;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.image.ImageShape;
import java.util.Optional;

/** What a learner looks at: {@code features}, or an image under a name of its own. */
public final class InputJson {
    /** Field of the numbers. */
    public static final String FEATURES = "features";

    private InputJson() {}

    /**
     * Reads whichever of both the job wants; the other one is refused.
     *
     * @param features how many numbers, where no image is wanted
     * @param shape sides of the image, where one is wanted
     * @param field field of the image
     * @param image what the image is called in a message
     * @param budget what all images of the record may ask for
     * @return bytes in the learner's form
     */
    public static byte[] read(
            JsonFields fields,
            int features,
            Optional<ImageShape> shape,
            String field,
            String image,
            DecodeBudget budget)
            throws UndecodableException {
        String other = shape.isPresent() ? FEATURES : field;
        if (fields.has(other)) {
            throw UndecodableException.invalid(
                    other, "given", shape.isPresent() ? image : FEATURES);
        }
        return shape.isPresent()
                ? ImageJson.read(fields, field, shape.get(), budget)
                : numbers(fields, features);
    }

    private static byte[] numbers(JsonFields fields, int count) throws UndecodableException {
        String allowed = "an array of " + count + " finite numbers";
        JsonValue array = fields.need(FEATURES, allowed);
        if (!array.isArray() || array.size() != count) {
            throw UndecodableException.invalid(
                    FEATURES, array.isArray() ? array.size() + " numbers" : array, allowed);
        }
        return InputForm.encode(
                JsonFields.floats(FEATURES, array, InputForm.MOST, InputForm.ALLOWED));
    }
}
