// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import dev.kedge.operators.stream.Origin;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hands records over as they are: what cannot be decoded must not stop the source. */
final class RawRecordReader implements KafkaRecordDeserializationSchema<RawRecord> {
    private static final long serialVersionUID = 1L;
    private static final byte[] NOTHING = {};

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> from, Collector<RawRecord> to) {
        Origin origin = new Origin(from.topic(), from.partition(), from.offset(), from.timestamp());
        boolean tombstone = from.value() == null;
        byte[] key = from.key() == null ? NOTHING : from.key();
        to.collect(new RawRecord(origin, key, tombstone ? NOTHING : from.value(), tombstone));
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return RawRecord.TYPE;
    }
}
