// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.ads;

import dev.kedge.connectors.image.Pixels;
import dev.kedge.connectors.image.Thumbnail;
import dev.kedge.connectors.json.CreativeLimits;
import dev.kedge.connectors.json.EventDecoder;
import dev.kedge.connectors.json.ImageJson;
import dev.kedge.connectors.json.Json;
import dev.kedge.connectors.json.JsonFields;
import dev.kedge.connectors.json.JsonOut;
import dev.kedge.connectors.json.JsonReader;
import dev.kedge.connectors.json.JsonValue;
import dev.kedge.connectors.json.ObjectJson;
import dev.kedge.connectors.json.Shortened;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.json.Wire;
import dev.kedge.operators.ads.creative.CreativeContent;
import dev.kedge.operators.ads.creative.CreativeDiscontinued;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.ads.creative.CreativeReactivated;
import dev.kedge.operators.ads.creative.IntervalStatistics;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.state.record.BoundType;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Creative events as JSON objects: {@code type}, {@code model}, {@code creative}, {@code at} and
 * the fields of the event. Reading is strict: a field that is missing, unknown, doubled, of the
 * wrong type or out of bounds refuses the record. Fields that start with {@code x-} are skipped.
 */
public final class CreativeEventJson implements EventDecoder<CreativeEvent> {
    private static final long serialVersionUID = 1L;

    private static final String TYPE = "type";
    private static final String LAUNCHED = "launched";
    private static final String STATISTICS = "statistics";
    private static final String DISCONTINUED = "discontinued";
    private static final String REACTIVATED = "reactivated";
    private static final Map<Class<?>, Written> WRITTEN =
            Map.ofEntries(
                    Written.of(LAUNCHED, CreativeLaunched.class),
                    Written.of(STATISTICS, IntervalStatistics.class),
                    Written.of(DISCONTINUED, CreativeDiscontinued.class),
                    Written.of(REACTIVATED, CreativeReactivated.class));
    private static final String TYPES = "launched, statistics, discontinued, reactivated";

    private final CreativeLimits limits;
    private final JsonReader json;

    /** How events of a type are written: derived from the record, but for the type's name. */
    private record Written(String type, ObjectJson fields) {
        static Map.Entry<Class<?>, Written> of(String type, Class<?> event) {
            return Map.entry(event, new Written(type, ObjectJson.of(BoundType.of(event))));
        }

        byte[] write(CreativeEvent event) {
            return Json.write(
                    to -> {
                        to.writeStringField(TYPE, type);
                        fields.write(event, new JsonOut(to));
                    });
        }
    }

    /** Reads with the default limits. */
    public CreativeEventJson() {
        this(CreativeLimits.DEFAULT);
    }

    /** Reads with limits of one's own. */
    public CreativeEventJson(CreativeLimits limits) {
        this(limits, Wire.json());
    }

    /** Reads what is spelled in another way. */
    public CreativeEventJson(Wire wire) {
        this(CreativeLimits.DEFAULT, wire);
    }

    private CreativeEventJson(CreativeLimits limits, Wire wire) {
        this.limits = Objects.requireNonNull(limits, "limits");
        json = new JsonReader(wire);
    }

    /** Decodes one record's value; a thumbnail is checked and not decoded: nobody reads it. */
    @Override
    public CreativeEvent decode(byte[] bytes) throws UndecodableException {
        return read(bytes, Pixels::check).event();
    }

    /**
     * Decodes one record's value, with the thumbnail that a launch may have.
     *
     * @throws UndecodableException if the bytes are not an event, with the reason
     */
    public Shown show(byte[] bytes) throws UndecodableException {
        Read<Thumbnail> read = read(bytes, Pixels::thumbnail);
        return new Shown(read.event(), read.image());
    }

    /**
     * An event, and what a reader made of the thumbnail that came with it.
     *
     * @param event the event
     * @param image what the reader made of it; empty if a launch has none, and for other events
     * @param <T> type of what it makes
     */
    public record Read<T>(CreativeEvent event, Optional<T> image) {}

    /**
     * Decodes one record's value.
     *
     * @param images makes something of the file of a thumbnail
     * @throws UndecodableException if the bytes are not an event, with the reason
     */
    public <T> Read<T> read(byte[] bytes, ImageJson.FileReader<T> images)
            throws UndecodableException {
        return json.read(bytes, fields -> read(fields, images));
    }

    private <T> Read<T> read(JsonFields fields, ImageJson.FileReader<T> images)
            throws UndecodableException {
        String type = type(fields);
        CreativeEvent event = event(type, fields);
        Optional<T> image =
                type.equals(LAUNCHED)
                        ? ImageJson.thumbnail(fields, "image", limits, images)
                        : Optional.empty();
        return new Read<>(event, image);
    }

    /**
     * An event, and the thumbnail that came with it: an input of a frozen encoder, and of nothing
     * else.
     *
     * @param event the event
     * @param image the thumbnail of a launch, if it has one
     */
    public record Shown(CreativeEvent event, Optional<Thumbnail> image) {}

    /** Writes an event in the form that {@link #decode} reads. */
    public static byte[] encode(CreativeEvent event) {
        return WRITTEN.get(event.getClass()).write(event);
    }

    private static String type(JsonFields fields) throws UndecodableException {
        JsonValue type = fields.need(TYPE, TYPES);
        if (!type.isText()) {
            throw UndecodableException.invalid(TYPE, type, TYPES);
        }
        return type.text();
    }

    private CreativeEvent event(String type, JsonFields fields) throws UndecodableException {
        return switch (type) {
            case LAUNCHED -> launched(fields);
            case STATISTICS -> statistics(fields);
            case DISCONTINUED -> discontinued(fields);
            case REACTIVATED ->
                    new CreativeReactivated(model(fields), creative(fields), fields.moment("at"));
            default ->
                    throw new UndecodableException(
                            DeadLetter.Reason.UNKNOWN_TYPE,
                            "field 'type' is " + Shortened.text(type) + ", allowed: " + TYPES);
        };
    }

    private CreativeLaunched launched(JsonFields fields) throws UndecodableException {
        CreativeContent content = new ContentReader(limits).read(fields);
        return new CreativeLaunched(model(fields), creative(fields), fields.moment("at"), content);
    }

    private IntervalStatistics statistics(JsonFields fields) throws UndecodableException {
        long impressions = fields.count("impressions", CreativeLimits.MOST_COUNTED);
        long clicks = fields.count("clicks", CreativeLimits.MOST_COUNTED);
        if (clicks > impressions) {
            throw UndecodableException.invalid(
                    "clicks", clicks, "at most impressions, which is " + impressions);
        }
        return new IntervalStatistics(
                model(fields),
                creative(fields),
                fields.moment("at"),
                fields.smallCount("period"),
                impressions,
                clicks,
                fields.count("conversions", CreativeLimits.MOST_COUNTED),
                fields.amount("spend", CreativeLimits.MOST_COUNTED));
    }

    private CreativeDiscontinued discontinued(JsonFields fields) throws UndecodableException {
        return new CreativeDiscontinued(
                model(fields),
                creative(fields),
                fields.moment("at"),
                fields.textOrEmpty("reason", limits.textBytes()));
    }

    private String model(JsonFields fields) throws UndecodableException {
        return fields.id("model", limits.idChars());
    }

    private String creative(JsonFields fields) throws UndecodableException {
        return fields.id("creative", limits.idChars());
    }
}
