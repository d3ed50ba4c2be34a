// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.formats;

import dev.kedge.connectors.avro.AvroWire;
import dev.kedge.connectors.formats.Formats.Format;
import dev.kedge.connectors.json.Wire;
import dev.kedge.connectors.protobuf.ProtoWire;
import dev.kedge.connectors.registry.RegistrySettings;
import dev.kedge.connectors.registry.SchemaRegistry;
import dev.kedge.connectors.registry.SchemaRegistry.Language;
import dev.kedge.connectors.registry.SchemaRegistryException;
import java.util.Locale;
import java.util.Optional;

/**
 * How the records of a job's topics are spelled. A record is named as its schema is: {@code
 * creative-score}. The subject of a topic's records is the topic with {@code -value} behind it.
 *
 * @param formats of what comes in and goes out
 * @param registry of their schemas
 */
public record Spelling(Formats formats, RegistrySettings registry) {
    private static final int NOT_WRITTEN = 0;

    /** The name of a record: its class's, in small letters with hyphens. */
    public static String name(Class<?> type) {
        String hyphens = type.getSimpleName().replaceAll("(?<!^)([A-Z])", "-$1");
        return hyphens.toLowerCase(Locale.ROOT);
    }

    /** Of what comes in. */
    public Wire input(String record) {
        return wire(formats.input(), record, NOT_WRITTEN);
    }

    /** Of what the job says, to read it. */
    public Wire output(Class<?> record) {
        return wire(formats.output(), name(record), NOT_WRITTEN);
    }

    /**
     * Of what the job says, to write it to a topic; registers its schema, or finds it.
     *
     * @throws SchemaRegistryException if the registry cannot be asked, or says no
     */
    public Wire output(Class<?> record, String topic) {
        if (formats.output() == Format.JSON) {
            return Wire.json();
        }
        String name = name(record);
        SchemaRegistry.Schema schema = schema(formats.output(), name);
        SchemaRegistry asked = new SchemaRegistry(registry);
        int id =
                registry.register()
                        ? asked.register(subject(topic), schema)
                        : asked.find(subject(topic), schema);
        return wire(formats.output(), name, id);
    }

    /**
     * Why what is written to a topic today could not be read; empty if it can, or if nobody has
     * registered a schema yet.
     *
     * @throws SchemaRegistryException if the registry cannot be asked
     */
    public Optional<String> unfit(String record, String topic) {
        if (formats.input() == Format.JSON) {
            return Optional.empty();
        }
        return new SchemaRegistry(registry)
                .newest(subject(topic))
                .flatMap(newest -> unfit(text(record), newest))
                .map(why -> "the schema of subject " + subject(topic) + " " + why);
    }

    private Optional<String> unfit(String ours, SchemaRegistry.Schema theirs) {
        return formats.input() == Format.AVRO
                ? AvroWire.unfit(ours, theirs)
                : ProtoWire.unfit(ours, theirs);
    }

    private static SchemaRegistry.Schema schema(Format format, String record) {
        return format == Format.AVRO
                ? new SchemaRegistry.Schema(Language.AVRO, text(record))
                : new SchemaRegistry.Schema(Language.PROTOBUF, RecordSchemas.proto(record));
    }

    private Wire wire(Format format, String record, int id) {
        return switch (format) {
            case JSON -> Wire.json();
            case AVRO -> new AvroWire(text(record), registry, id);
            case PROTOBUF -> new ProtoWire(text(record), registry, id);
        };
    }

    private static String subject(String topic) {
        return topic + "-value";
    }

    private static String text(String record) {
        return RecordSchemas.avro(record);
    }
}
