// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Command.Verb;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Commands as JSON objects: {@code command}, {@code model} (every one where it is not given),
 * {@code at} (at once where it is not given) and what the command needs. Strict as events are.
 */
public final class CommandJson implements EventDecoder<Command> {
    private static final long serialVersionUID = 1L;

    private static final String COMMAND = "command";
    private static final String COMMANDS = "pause, resume, rate, weight, forget, reset";
    private static final String WHOM = "one of creative, advertiser, class, stream, before";
    private static final List<String> ADS = List.of("short-term", "long-term");
    private static final String RATE = "a number above 0 and at most 10, or null";
    private static final String WEIGHT = "a number from 0 to 1000, or null";

    private final CreativeLimits limits = CreativeLimits.DEFAULT;
    private final List<String> terms;
    private final JsonReader json = new JsonReader();

    /** Reads the commands of ad discontinuation. */
    public CommandJson() {
        this(ADS);
    }

    /**
     * Reads the commands of a job.
     *
     * @param terms what can be weighed there
     */
    public CommandJson(List<String> terms) {
        this.terms = List.copyOf(terms);
    }

    @Override
    public Command decode(byte[] bytes) throws UndecodableException {
        return json.read(bytes, this::command);
    }

    private Command command(JsonFields fields) throws UndecodableException {
        String name = fields.text(COMMAND);
        return switch (name) {
            case "pause" -> plain(Verb.PAUSE, fields);
            case "resume" -> plain(Verb.RESUME, fields);
            case "reset" -> plain(Verb.RESET, fields);
            case "rate" -> of(Verb.RATE, "", value(fields, RATE, Double.MIN_VALUE, 10), 0, fields);
            case "weight" ->
                    of(Verb.WEIGHT, term(fields), value(fields, WEIGHT, 0, 1000), 0, fields);
            case "forget" -> forget(fields);
            default -> throw UndecodableException.invalid(COMMAND, name, COMMANDS);
        };
    }

    private Command forget(JsonFields fields) throws UndecodableException {
        Optional<JsonValue> creative = fields.find("creative");
        Optional<JsonValue> advertiser = fields.find("advertiser");
        Optional<JsonValue> label = fields.find("class");
        Optional<JsonValue> stream = fields.find("stream");
        Optional<JsonValue> before = fields.find("before");
        long given =
                Stream.of(creative, advertiser, label, stream, before)
                        .filter(Optional::isPresent)
                        .count();
        if (given != 1) {
            throw UndecodableException.invalid(COMMAND, "forget with " + given + " of them", WHOM);
        }
        if (before.isPresent()) {
            return of(Verb.FORGET_BEFORE, "", Double.NaN, fields.moment("before"), fields);
        }
        if (stream.isPresent()) {
            return ofStream(fields);
        }
        if (creative.isPresent()) {
            return named(Verb.FORGET_CREATIVE, "creative", fields);
        }
        return advertiser.isPresent()
                ? named(Verb.FORGET_ADVERTISER, "advertiser", fields)
                : named(Verb.FORGET_CLASS, "class", fields);
    }

    /** A whole stream, or one of its tracks. */
    private Command ofStream(JsonFields fields) throws UndecodableException {
        if (fields.find("track").isEmpty()) {
            return named(Verb.FORGET_STREAM, "stream", fields);
        }
        String stream = fields.anyId("stream", limits.idChars());
        int track = fields.smallCount("track");
        return of(Verb.FORGET_TRACK, stream, track, 0, fields);
    }

    private Command named(Verb verb, String field, JsonFields fields) throws UndecodableException {
        return of(verb, fields.anyId(field, limits.idChars()), Double.NaN, 0, fields);
    }

    private Command plain(Verb verb, JsonFields fields) throws UndecodableException {
        return of(verb, "", Double.NaN, 0, fields);
    }

    private Command of(Verb verb, String name, double value, long before, JsonFields fields)
            throws UndecodableException {
        String model =
                fields.find("model").isEmpty()
                        ? Command.EVERY
                        : fields.anyId("model", limits.idChars());
        long at = fields.find("at").isEmpty() ? Long.MIN_VALUE : fields.moment("at");
        return new Command(verb, model, name, value, before, at);
    }

    private String term(JsonFields fields) throws UndecodableException {
        String term = fields.text("name");
        if (!terms.contains(term)) {
            throw UndecodableException.invalid("name", term, String.join(", ", terms));
        }
        return term;
    }

    private static double value(JsonFields fields, String allowed, double least, double most)
            throws UndecodableException {
        double value = fields.numberOrNaN("value");
        if (value < least || value > most) {
            throw UndecodableException.invalid("value", value, allowed);
        }
        return value;
    }
}
