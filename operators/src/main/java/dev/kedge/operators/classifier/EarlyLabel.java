// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Origin;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;

/**
 * A label that came before its sample, as it does where the two have topics of their own. It keeps
 * its record, to hand it back if the sample does not come.
 *
 * <p>Binary format, version 1, family {@link Family#EARLY_LABEL}: arrival, model, id, event time,
 * label, topic, partition, offset, timestamp, original bytes.
 *
 * @param arrival its number in the order of arrival
 * @param incoming the label with its record
 */
record EarlyLabel(long arrival, Incoming<Label> incoming) implements WaitingRoom.Guest {
    static final String PREFIX = "early/";

    private static final int VERSION = 1;

    String label() {
        return incoming.event().label();
    }

    @Override
    public String id() {
        return incoming.event().id();
    }

    @Override
    public long at() {
        return incoming.event().at();
    }

    @Override
    public long bytes() {
        return 384L + incoming.original().length;
    }

    @Override
    public byte[] toBytes() {
        Label label = incoming.event();
        Origin origin = incoming.origin();
        BinaryWriter out = new BinaryWriter(256 + incoming.original().length);
        out.putLong(arrival);
        out.putUtf8(label.model());
        out.putUtf8(label.id());
        out.putLong(label.at());
        out.putUtf8(label.label());
        out.putUtf8(origin.topic());
        out.putInt(origin.partition());
        out.putLong(origin.offset());
        out.putLong(origin.timestamp());
        out.putBytes(incoming.original());
        return Envelope.seal(Family.EARLY_LABEL, VERSION, out);
    }

    static EarlyLabel fromBytes(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.EARLY_LABEL, VERSION);
        long arrival = in.getLong();
        Label label = new Label(in.getUtf8(), in.getUtf8(), in.getLong(), in.getUtf8());
        Origin origin = new Origin(in.getUtf8(), in.getInt(), in.getLong(), in.getLong());
        EarlyLabel early = new EarlyLabel(arrival, new Incoming<>(label, origin, in.getBytes()));
        in.requireEnd();
        return early;
    }
}
