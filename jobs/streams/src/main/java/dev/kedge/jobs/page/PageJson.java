// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What pages answer: times in ISO 8601, null for what is not a number; and how they are asked for
 * it.
 */
public final class PageJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PageJson() {}

    /** An array of what a function makes of values. */
    public static <T> ArrayNode list(
            Collection<T> values, Function<? super T, ? extends JsonNode> as) {
        ArrayNode array = NODES.arrayNode(values.size());
        values.forEach(value -> array.add(as.apply(value)));
        return array;
    }

    /** Puts a number, null if it is not one or infinite. */
    public static void put(ObjectNode node, String name, double value) {
        node.set(name, Double.isFinite(value) ? NODES.numberNode(value) : NODES.nullNode());
    }

    /** Puts a moment, null if there is none. */
    public static void put(ObjectNode node, String name, Optional<Instant> time) {
        node.put(name, time.map(Instant::toString).orElse(null));
    }

    /** Puts refused records by reason. */
    public static void putDeadLetters(ObjectNode node, Map<String, Long> deadLetters) {
        ObjectNode letters = node.putObject("deadLetters");
        deadLetters.forEach(letters::put);
    }

    /** A moment. */
    public static String iso(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /**
     * A parameter that a request must have.
     *
     * @throws BadRequestException if it is missing or empty
     */
    public static String needed(Context request, String name) {
        return Optional.ofNullable(request.queryParam(name))
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new BadRequestException(name + " is missing"));
    }

    /**
     * A parameter that is {@code true} or {@code false}, and false where it is not given.
     *
     * @throws BadRequestException if it is something else
     */
    static boolean truth(Context request, String name) {
        String value = Optional.ofNullable(request.queryParam(name)).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            throw new BadRequestException(name + " is '" + value + "', but must be true or false");
        }
        return value.equals("true");
    }

    /** How a job is. */
    static ObjectNode health(JobHealth.Status status) {
        ObjectNode node = NODES.objectNode();
        node.put("state", status.state().name().toLowerCase(Locale.ROOT));
        node.put("since", status.since().toString());
        put(node, "lastEvent", status.lastEvent());
        node.put("message", status.message());
        node.put("stale", status.stale());
        put(node, "checkpoint", status.measures().checkpoint());
        ObjectNode restarts = node.putObject("restarts");
        restarts.put("count", status.restarts().count());
        put(restarts, "last", status.restarts().last());
        restarts.put("reason", status.restarts().reason());
        node.set(
                "warnings",
                list(
                        status.warnings(),
                        warning ->
                                NODES.objectNode()
                                        .put("since", warning.since().toString())
                                        .put("text", warning.text())));
        OptionalLong lag = status.measures().inputLag();
        node.set(
                "inputLag", lag.isPresent() ? NODES.numberNode(lag.getAsLong()) : NODES.nullNode());
        return node;
    }

    /** Why there is no answer. */
    static ObjectNode error(String message) {
        return NODES.objectNode().put("error", message);
    }
}
