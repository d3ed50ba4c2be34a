// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.classifier;

import dev.kedge.connectors.image.DecodeBudget;
import dev.kedge.connectors.json.CreativeLimits;
import dev.kedge.connectors.json.EventDecoder;
import dev.kedge.connectors.json.ImageJson;
import dev.kedge.connectors.json.InputJson;
import dev.kedge.connectors.json.Json;
import dev.kedge.connectors.json.JsonFields;
import dev.kedge.connectors.json.JsonOut;
import dev.kedge.connectors.json.JsonReader;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.json.Wire;
import dev.kedge.operators.classifier.ClassifierEvent;
import dev.kedge.operators.classifier.ClassifierSettings;
import dev.kedge.operators.classifier.Label;
import dev.kedge.operators.classifier.Sample;
import dev.kedge.operators.image.ImageShape;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * Samples as JSON objects: {@code model}, {@code id}, {@code at}, {@code features} or {@code
 * image}, and {@code label} if it is known. A record with a label and nothing to classify is a
 * label, as {@link LabelJson} reads it. Reading is strict, as that of creative events.
 */
public final class SampleJson implements EventDecoder<ClassifierEvent> {
    private static final long serialVersionUID = 1L;
    private static final int ID_CHARS = CreativeLimits.DEFAULT.idChars();
    private static final String IMAGE = "image";

    private final ClassifierSettings.Input input;
    private final JsonReader json;

    /** Reads samples of a kind. */
    public SampleJson(ClassifierSettings.Input input) {
        this(input, Wire.json());
    }

    /** Reads what is spelled in another way. */
    public SampleJson(ClassifierSettings.Input input, Wire wire) {
        this.input = Objects.requireNonNull(input, "input");
        json = new JsonReader(wire);
    }

    @Override
    public ClassifierEvent decode(byte[] bytes) throws UndecodableException {
        return json.read(bytes, this::event);
    }

    private ClassifierEvent event(JsonFields fields) throws UndecodableException {
        String model = fields.id("model", ID_CHARS);
        String id = fields.id("id", ID_CHARS);
        long at = fields.moment("at");
        Optional<String> label = fields.idIfGiven("label", ID_CHARS);
        boolean content = fields.has(InputJson.FEATURES) || fields.has(IMAGE);
        return label.isPresent() && !content
                ? new Label(model, id, at, label.get())
                : new Sample(model, id, at, input(fields), label);
    }

    private byte[] input(JsonFields fields) throws UndecodableException {
        return InputJson.read(
                fields,
                input.features(),
                input.shape(),
                IMAGE,
                "an image",
                DecodeBudget.ofRecord());
    }

    /** Writes a sample of features, in the form that {@link #decode} reads. */
    public static byte[] encode(Sample sample, float[] features) {
        return Json.write(
                to -> {
                    head(sample, new JsonOut(to));
                    to.writeArrayFieldStart(InputJson.FEATURES);
                    for (float value : features) {
                        to.writeNumber(value);
                    }
                    to.writeEndArray();
                });
    }

    /** Writes a sample that is an image, as raw pixels. */
    public static byte[] encode(Sample sample, ImageShape shape) {
        return Json.write(
                to -> ImageJson.write(head(sample, new JsonOut(to)), IMAGE, sample.input(), shape));
    }

    private static JsonOut head(Sample sample, JsonOut to) throws IOException {
        to.text("model", sample.model()).text("id", sample.id()).moment("at", sample.at());
        if (sample.label().isPresent()) {
            to.text("label", sample.label().get());
        }
        return to;
    }
}
