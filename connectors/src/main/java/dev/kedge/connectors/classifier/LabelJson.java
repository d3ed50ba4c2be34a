// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.classifier;

import dev.kedge.connectors.json.CreativeLimits;
import dev.kedge.connectors.json.EventDecoder;
import dev.kedge.connectors.json.Json;
import dev.kedge.connectors.json.JsonFields;
import dev.kedge.connectors.json.JsonOut;
import dev.kedge.connectors.json.JsonReader;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.json.Wire;
import dev.kedge.operators.classifier.ClassifierEvent;
import dev.kedge.operators.classifier.Label;

/** Labels as JSON objects: {@code model}, {@code id}, {@code at}, {@code label}. Strict. */
public final class LabelJson implements EventDecoder<ClassifierEvent> {
    private static final long serialVersionUID = 1L;
    private static final int ID_CHARS = CreativeLimits.DEFAULT.idChars();

    private final JsonReader json;

    /** Reads JSON. */
    public LabelJson() {
        this(Wire.json());
    }

    /** Reads what is spelled in another way. */
    public LabelJson(Wire wire) {
        json = new JsonReader(wire);
    }

    @Override
    public Label decode(byte[] bytes) throws UndecodableException {
        return json.read(bytes, LabelJson::label);
    }

    private static Label label(JsonFields fields) throws UndecodableException {
        return new Label(
                fields.id("model", ID_CHARS),
                fields.id("id", ID_CHARS),
                fields.moment("at"),
                fields.id("label", ID_CHARS));
    }

    /** Writes a label in the form that {@link #decode} reads. */
    public static byte[] encode(Label label) {
        return Json.write(
                to ->
                        new JsonOut(to)
                                .text("model", label.model())
                                .text("id", label.id())
                                .moment("at", label.at())
                                .text("label", label.label()));
    }
}
