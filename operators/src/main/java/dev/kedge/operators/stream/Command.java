// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import java.util.List;
import java.util.Objects;

/**
 * Something that an operator of the job wants of the models while they run. A model obeys before
 * the first of its events whose time is at or after {@code at}; commands are obeyed in the order of
 * the control topic, and one that has to wait holds up those behind it.
 *
 * <p>Binary format, version 1, family {@link Family#COMMAND}: verb, model, name, value, before, at.
 *
 * @param verb what to do
 * @param model which model, or {@link #EVERY}
 * @param name of whom or of what, where the verb needs it; else empty
 * @param value a number, where the verb needs it; else not a number
 * @param before a moment, where the verb needs it, epoch milliseconds
 * @param at event time from which on it holds, epoch milliseconds
 */
@PublicApi
public record Command(Verb verb, String model, String name, double value, long before, long at) {
    /** Stands for every model, those that come later too. */
    public static final String EVERY = "*";

    private static final int VERSION = 1;

    /** What can be wanted. The names are part of the stored form. */
    public enum Verb {
        /** Score, but learn nothing. */
        PAUSE,
        /** Learn again. */
        RESUME,
        /** Learn at another rate; not a number for the configured one. */
        RATE,
        /** Weigh a named term otherwise. */
        WEIGHT,
        /** Forget one creative. */
        FORGET_CREATIVE,
        /** Forget an advertiser and all its creatives. */
        FORGET_ADVERTISER,
        /** Forget a class. */
        FORGET_CLASS,
        /** Forget one stream of frames. */
        FORGET_STREAM,
        /** Forget one track of a stream: the name is the stream's, the value the track's. */
        FORGET_TRACK,
        /** Forget what ended before a moment. */
        FORGET_BEFORE,
        /** Begin anew. */
        RESET
    }

    /** Checks that nothing is missing. */
    public Command {
        Objects.requireNonNull(verb, "verb");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(name, "name");
    }

    /** Whether it is meant for a model. */
    public boolean concerns(String key) {
        return model.equals(EVERY) || model.equals(key);
    }

    /** Writes it. */
    public byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(64);
        out.putUtf8(verb.name());
        out.putUtf8(model);
        out.putUtf8(name);
        out.putDouble(value);
        out.putLong(before);
        out.putLong(at);
        return Envelope.seal(Family.COMMAND, VERSION, out);
    }

    /** Reads what {@link #toBytes} wrote. */
    public static Command fromBytes(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.COMMAND, VERSION);
        String verb = in.getUtf8();
        String model = in.getUtf8();
        String name = in.getUtf8();
        double value = in.getDouble();
        Command command = new Command(verb(verb), model, name, value, in.getLong(), in.getLong());
        in.requireEnd();
        return command;
    }

    private static Verb verb(String name) {
        try {
            return Verb.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new DamagedSnapshotException(
                    "a command's verb is '" + name + "', known are " + List.of(Verb.values()));
        }
    }
}
