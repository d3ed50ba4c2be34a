// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.tracker;

import dev.kedge.connectors.image.DecodeBudget;
import dev.kedge.connectors.json.BoxJson;
import dev.kedge.connectors.json.CreativeLimits;
import dev.kedge.connectors.json.EventDecoder;
import dev.kedge.connectors.json.ImageJson;
import dev.kedge.connectors.json.InputJson;
import dev.kedge.connectors.json.Json;
import dev.kedge.connectors.json.JsonFields;
import dev.kedge.connectors.json.JsonOut;
import dev.kedge.connectors.json.JsonReader;
import dev.kedge.connectors.json.JsonValue;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.json.Wire;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Frames as JSON objects: {@code model}, {@code stream}, {@code frame}, {@code at}, {@code
 * detections}, and {@code last} where no frame of the stream comes after it. Each detection has
 * {@code features} or {@code crop}, {@code score}, and {@code class}, {@code box} and {@code
 * identity} where they are known. Reading is strict, as that of creative events.
 */
public final class FrameJson implements EventDecoder<StreamFrame> {
    private static final long serialVersionUID = 1L;
    private static final int ID_CHARS = CreativeLimits.DEFAULT.idChars();
    private static final int MOST = 1024;
    private static final String DETECTIONS = "detections";
    private static final String CROP = "crop";
    private static final String LAST = "last";
    private static final String SCORE = "a number from 0 to 1";

    private final TrackerSettings.Input input;
    private final JsonReader json;

    /** Reads frames whose detections are of a kind. */
    public FrameJson(TrackerSettings.Input input) {
        this(input, Wire.json());
    }

    /** Reads what is spelled in another way. */
    public FrameJson(TrackerSettings.Input input, Wire wire) {
        this.input = Objects.requireNonNull(input, "input");
        json = new JsonReader(wire);
    }

    @Override
    public StreamFrame decode(byte[] bytes) throws UndecodableException {
        return json.read(bytes, this::event);
    }

    private StreamFrame event(JsonFields fields) throws UndecodableException {
        String model = fields.id("model", ID_CHARS);
        String stream = fields.id("stream", ID_CHARS);
        long frame = fields.count("frame");
        long at = fields.moment("at");
        boolean last = fields.truth(LAST);
        List<Detection> detections = detections(fields.array(DETECTIONS));
        return new StreamFrame(model, new VideoFrame(stream, frame, at, detections), last);
    }

    private List<Detection> detections(JsonValue array) throws UndecodableException {
        if (array.size() > MOST) {
            throw UndecodableException.invalid(
                    DETECTIONS, array.size() + " of them", "at most " + MOST);
        }
        List<Detection> detections = new ArrayList<>(array.size());
        Set<String> identities = new HashSet<>();
        DecodeBudget budget = DecodeBudget.ofRecord();
        for (JsonValue value : array.values()) {
            String name = DETECTIONS + "[" + detections.size() + "]";
            Detection detection = named(name, value, budget);
            if (!detection.identity().isEmpty() && !identities.add(detection.identity())) {
                throw UndecodableException.invalid(
                        name + ".identity", detection.identity(), "each once in a frame");
            }
            detections.add(detection);
        }
        return detections;
    }

    private Detection named(String name, JsonValue node, DecodeBudget budget)
            throws UndecodableException {
        JsonFields fields = JsonFields.of(node, name);
        try {
            return detection(fields, budget);
        } catch (UndecodableException e) {
            throw e.within(name);
        }
    }

    private Detection detection(JsonFields fields, DecodeBudget budget)
            throws UndecodableException {
        byte[] content =
                InputJson.read(fields, input.features(), input.shape(), CROP, "a crop", budget);
        double score = JsonFields.finite("score", fields.need("score", SCORE), SCORE);
        if (score < 0 || score > 1) {
            throw UndecodableException.invalid("score", score, SCORE);
        }
        Detection detection =
                new Detection(
                        content,
                        score,
                        fields.idIfGiven("class", ID_CHARS).orElse(""),
                        fields.idIfGiven("identity", ID_CHARS).orElse(""),
                        BoxJson.read(fields));
        fields.nothingElse();
        return detection;
    }

    /** Writes a frame in the form that {@link #decode} reads; crops as pixels. */
    public byte[] encode(StreamFrame event) {
        VideoFrame frame = event.frame();
        return Json.write(
                to -> {
                    JsonOut out = new JsonOut(to);
                    out.text("model", event.model()).text("stream", frame.stream());
                    out.whole("frame", frame.frame()).moment("at", frame.at());
                    if (event.last()) {
                        out.truth(LAST, true);
                    }
                    out.objects(DETECTIONS, frame.detections(), this::write);
                });
    }

    private void write(Detection detection, JsonOut to) throws IOException {
        Optional<ImageShape> shape = input.shape();
        if (shape.isPresent()) {
            ImageJson.write(to, CROP, detection.input(), shape.get());
        } else {
            to.numbers(InputJson.FEATURES, values(detection.input()));
        }
        to.number("score", detection.score());
        if (!detection.label().isEmpty()) {
            to.text("class", detection.label());
        }
        if (!detection.identity().isEmpty()) {
            to.text("identity", detection.identity());
        }
        if (detection.box().isPresent()) {
            BoxJson.write(to, detection.box().get());
        }
    }

    /** A float is told apart from its neighbours as a double too. */
    private static double[] values(byte[] floats) {
        ByteBuffer from = ByteBuffer.wrap(floats).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[floats.length / Float.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = from.getFloat();
        }
        return values;
    }
}
