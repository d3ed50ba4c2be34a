// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.avro;

import dev.kedge.connectors.json.JsonTape;
import dev.kedge.connectors.json.Shortened;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.json.Wire;
import dev.kedge.connectors.registry.Framing;
import dev.kedge.connectors.registry.KnownSchemas;
import dev.kedge.connectors.registry.RegistrySettings;
import dev.kedge.connectors.registry.SchemaRegistry;
import dev.kedge.connectors.registry.SchemaRegistry.Language;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.ResolvingDecoder;

/**
 * Avro with the number of the writer's schema in front. What was written by another schema is read
 * as Avro resolves the two: fields that are not known are skipped, those that are missing have
 * their defaults. Safe for several threads, one after the other.
 */
public final class AvroWire implements Wire {
    private static final long serialVersionUID = 1L;

    private final String schema;
    private final RegistrySettings registry;
    private final int id;
    private transient Room room;

    /** What is made on a task. */
    private static final class Room {
        private final Schema schema;
        private final byte[] frame;
        private final KnownSchemas<ResolvingDecoder> writers;
        private final ArrayDecoder decoder = new ArrayDecoder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);

        Room(AvroWire wire) {
            schema = new Schema.Parser().parse(wire.schema);
            writers = new KnownSchemas<>(wire.registry, written -> decoder(schema, written));
            frame = Framing.of(wire.id);
        }
    }

    /**
     * Reads by a schema, and writes by it.
     *
     * @param schema Avro's JSON
     * @param registry knows the schemas of what is read
     * @param id the schema's number there, in front of what is written
     */
    public AvroWire(String schema, RegistrySettings registry, int id) {
        this.schema = schema;
        this.registry = registry;
        this.id = id;
    }

    @Override
    public synchronized void read(byte[] bytes, JsonTape to) throws UndecodableException {
        Room here = room();
        int number = Framing.id(bytes);
        ResolvingDecoder from = here.writers.of(number);
        try {
            here.decoder.begin(bytes, Framing.LENGTH);
            from.configure(here.decoder);
            AvroValues.read(here.schema, from, to);
            from.drain();
            if (here.decoder.left() > 0) {
                throw UndecodableException.unreadable(
                        here.decoder.left() + " bytes behind a record of its schema");
            }
        } catch (IOException | RuntimeException e) {
            // The latter where bytes name a branch that no union has.
            throw UndecodableException.unreadable(
                    "no record of schema " + number + ": " + words(e));
        } finally {
            here.decoder.end();
        }
    }

    @Override
    public synchronized byte[] write(JsonTape from) {
        Room here = room();
        here.bytes.reset();
        here.bytes.writeBytes(here.frame);
        try {
            AvroValues.write(here.schema, from, 0, here.encoder);
            here.encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return here.bytes.toByteArray();
    }

    private Room room() {
        if (room == null) {
            room = new Room(this);
        }
        return room;
    }

    private static ResolvingDecoder decoder(Schema reader, SchemaRegistry.Schema written)
            throws UndecodableException {
        Optional<String> unfit = unfit(reader.toString(), written);
        if (unfit.isPresent()) {
            throw UndecodableException.unreadable(unfit.get());
        }
        try {
            Schema writer = new Schema.Parser().parse(written.text());
            return DecoderFactory.get().resolvingDecoder(writer, reader, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Why what was written by a schema cannot be read by ours; empty if it can. */
    public static Optional<String> unfit(String ours, SchemaRegistry.Schema theirs) {
        if (theirs.language() != Language.AVRO) {
            return Optional.of("is one of " + theirs.language());
        }
        try {
            Schema reader = new Schema.Parser().parse(ours);
            String difference = difference(reader, new Schema.Parser().parse(theirs.text()));
            return difference.isEmpty()
                    ? Optional.empty()
                    : Optional.of("does not fit: " + difference);
        } catch (AvroRuntimeException e) {
            return Optional.of("cannot be used: " + words(e));
        }
    }

    /** Why what was written by a schema cannot be read by another; empty if it can. */
    private static String difference(Schema reader, Schema writer) {
        SchemaCompatibility.SchemaPairCompatibility pair =
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        return pair.getType() == SchemaCompatibilityType.COMPATIBLE
                ? ""
                : pair.getResult().getIncompatibilities().stream()
                        .map(one -> one.getLocation() + " " + one.getMessage())
                        .findFirst()
                        .orElse("another kind of record");
    }

    private static String words(Exception e) {
        return Shortened.line(String.valueOf(e.getMessage()));
    }
}
