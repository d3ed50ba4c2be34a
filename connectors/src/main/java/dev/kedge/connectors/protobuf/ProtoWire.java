// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.kedge.connectors.json.JsonTape;
import dev.kedge.connectors.json.Shortened;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.json.Wire;
import dev.kedge.connectors.registry.Framing;
import dev.kedge.connectors.registry.KnownSchemas;
import dev.kedge.connectors.registry.RegistrySettings;
import dev.kedge.connectors.registry.SchemaRegistry;
import dev.kedge.connectors.registry.SchemaRegistry.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Protocol Buffers with the number of the writer's schema in front, and which of its messages the
 * record is. Fields are told by their numbers: those that are not known are skipped, those that are
 * missing have their defaults. Safe for several threads, one after the other.
 */
public final class ProtoWire implements Wire {
    private static final long serialVersionUID = 1L;

    private final String avro;
    private final RegistrySettings registry;
    private final int id;
    private transient Room room;

    /** What is made on a task. */
    private static final class Room {
        private final Descriptor record;
        private final Needed needed;
        private final KnownSchemas<Messages> schemas;
        private final byte[] frame;

        Room(ProtoWire wire) {
            record = ProtoFile.record(wire.avro);
            needed = new Needed(new Schema.Parser().parse(wire.avro));
            schemas = new KnownSchemas<>(wire.registry, Messages::of);
            frame = Framing.of(wire.id);
        }
    }

    /** The top-level messages of a writer's schema, in their order. */
    private record Messages(List<String> names) {
        static Messages of(SchemaRegistry.Schema schema) throws UndecodableException {
            if (schema.language() != Language.PROTOBUF) {
                throw UndecodableException.unreadable("is one of " + schema.language());
            }
            return new Messages(ProtoText.messages(schema.text()));
        }
    }

    /** Which lists are always there, and which have numbers that may be missing. */
    static final class Needed {
        private final Set<String> lists = new HashSet<>();
        private final Set<String> sparse = new HashSet<>();

        Needed(Schema record) {
            for (Schema.Field field : record.getFields()) {
                Schema given = ProtoFile.given(field.schema());
                String name = record.getFullName() + "." + field.name();
                if (given.getType() == Schema.Type.ARRAY) {
                    array(name, field, given.getElementType());
                } else if (given.getType() == Schema.Type.RECORD) {
                    add(new Needed(given));
                }
            }
        }

        private void array(String name, Schema.Field field, Schema element) {
            if (!field.schema().isNullable()) {
                lists.add(name);
            }
            if (element.isNullable()) {
                sparse.add(name);
            }
            if (element.getType() == Schema.Type.RECORD) {
                add(new Needed(element));
            }
        }

        private void add(Needed inner) {
            lists.addAll(inner.lists);
            sparse.addAll(inner.sparse);
        }

        boolean is(FieldDescriptor list) {
            return lists.contains(list.getFullName());
        }

        boolean isSparse(FieldDescriptor list) {
            return sparse.contains(list.getFullName());
        }
    }

    /**
     * Reads and writes a record.
     *
     * @param avro its schema, of which {@link ProtoFile} makes a file
     * @param registry knows the schemas of what is read
     * @param id number of that file there, in front of what is written
     */
    public ProtoWire(String avro, RegistrySettings registry, int id) {
        this.avro = avro;
        this.registry = registry;
        this.id = id;
    }

    /** Why what was written by a schema cannot be read; empty if it can. */
    public static Optional<String> unfit(String avro, SchemaRegistry.Schema theirs) {
        if (theirs.language() != Language.PROTOBUF) {
            return Optional.of("is one of " + theirs.language());
        }
        String ours = new Schema.Parser().parse(avro).getName();
        return ProtoText.messages(theirs.text()).contains(ours)
                ? Optional.empty()
                : Optional.of("has no message " + ours);
    }

    @Override
    public synchronized void read(byte[] bytes, JsonTape to) throws UndecodableException {
        Room here = room();
        Messages known = here.schemas.of(Framing.id(bytes));
        try {
            CodedInputStream from =
                    CodedInputStream.newInstance(
                            bytes, Framing.LENGTH, bytes.length - Framing.LENGTH);
            requireOurs(here.record, known, from);
            ProtoValues.read(DynamicMessage.parseFrom(here.record, from), to, here.needed);
        } catch (InvalidProtocolBufferException e) {
            String why = Shortened.line(String.valueOf(e.getMessage()));
            throw UndecodableException.unreadable("no " + here.record.getName() + ": " + why);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (to.isFull()) {
            throw UndecodableException.unreadable("more values than a record may have");
        }
    }

    /** In front of the message stands its path in the file: how many steps, and the steps. */
    private static void requireOurs(Descriptor ours, Messages known, CodedInputStream from)
            throws IOException, UndecodableException {
        int steps = from.readSInt32();
        int index = steps == 0 ? 0 : from.readSInt32();
        boolean topLevel = steps == 0 || steps == 1;
        String name =
                topLevel && index >= 0 && index < known.names().size()
                        ? known.names().get(index)
                        : "none of the file's own";
        if (!name.equals(ours.getName())) {
            throw UndecodableException.unreadable(
                    "message " + name + ", allowed: " + ours.getName());
        }
    }

    @Override
    public synchronized byte[] write(JsonTape from) {
        Room here = room();
        DynamicMessage message = ProtoValues.write(here.record, from, 0);
        // The byte behind the frame says: the file's first message.
        byte[] bytes = new byte[Framing.LENGTH + 1 + message.getSerializedSize()];
        System.arraycopy(here.frame, 0, bytes, 0, Framing.LENGTH);
        int start = Framing.LENGTH + 1;
        CodedOutputStream to = CodedOutputStream.newInstance(bytes, start, bytes.length - start);
        to.useDeterministicSerialization();
        try {
            message.writeTo(to);
            to.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    private Room room() {
        if (room == null) {
            room = new Room(this);
        }
        return room;
    }
}
