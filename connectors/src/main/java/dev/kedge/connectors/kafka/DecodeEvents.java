// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import dev.kedge.connectors.json.EventDecoder;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.onnx.EncoderException;
import dev.kedge.connectors.registry.SchemaRegistryException;
import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.operators.flink.DeadLetterCounters;
import dev.kedge.operators.flink.KedgeMetric;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import java.util.Objects;
import org.apache.flink.api.common.cache.DistributedCache;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Reads the bytes of each record as an event. What cannot be read leaves on the side as a dead
 * letter; no record stops the job.
 *
 * @param <E> type of the events
 */
public final class DecodeEvents<E> extends ProcessFunction<RawRecord, Incoming<E>> {
    /** Where dead letters leave. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("kedge-undecodable", StreamTypes.DEAD_LETTER);

    private static final long serialVersionUID = 1L;

    private final EventDecoder<E> decoder;
    private transient Counter decoded;
    private transient Counter undecodable;
    private transient DeadLetterCounters reasons;

    /** Reads events with a decoder. */
    public DecodeEvents(EventDecoder<E> decoder) {
        this.decoder = Objects.requireNonNull(decoder, "decoder");
    }

    @Override
    public void open(OpenContext context) {
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        decoded = KedgeMetric.RECORDS_DECODED.counter(metrics);
        undecodable = KedgeMetric.RECORDS_UNDECODABLE.counter(metrics);
        reasons = new DeadLetterCounters(metrics);
        DistributedCache sent = getRuntimeContext().getDistributedCache();
        try {
            decoder.open(name -> sent.getFile(name).toPath());
        } catch (EncoderException | LinkageError e) {
            // Nor would it be loaded by the next attempt.
            throw new SuppressRestartsException(e);
        }
    }

    @Override
    public void close() {
        decoder.close();
    }

    @Override
    public void processElement(RawRecord raw, Context context, Collector<Incoming<E>> to) {
        try {
            to.collect(new Incoming<>(event(raw), raw.origin(), raw.value()));
            decoded.inc();
        } catch (UndecodableException e) {
            undecodable.inc();
            reasons.count(e.reason());
            context.output(
                    DEAD_LETTERS,
                    new DeadLetter(raw.origin(), raw.value(), e.reason(), e.getMessage()));
        }
    }

    private E event(RawRecord raw) throws UndecodableException {
        if (raw.tombstone()) {
            throw UndecodableException.unreadable("a record without value, allowed: an event");
        }
        try {
            return decoder.decode(raw.value());
        } catch (SchemaRegistryException e) {
            // No record is to blame: the job tries again.
            throw e;
        } catch (RuntimeException e) {
            // A decoder's own fault on one record, repeated after each restart, would stop the job.
            throw UndecodableException.unreadable("decoder failed: " + e);
        }
    }
}
