// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.state.text.Text;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.MetricGroup;

/**
 * All of Kedge's Flink metrics: name, kind, unit and meaning. Whoever registers one does it here,
 * docs/metrics.md has a row for each, and a dashboard may use no others. Labels are of a fixed few
 * values; none contains a key of a record.
 */
public enum KedgeMetric {
    /** Read as events. */
    RECORDS_DECODED(Place.DECODE, "recordsDecoded", Kind.COUNTER, "records", "read as events"),
    /** Not readable as events. */
    RECORDS_UNDECODABLE(
            Place.DECODE,
            "recordsUndecodable",
            Kind.COUNTER,
            "records",
            "became dead letters before they reached a model"),
    /** Processed by the learner. */
    RECORDS_PROCESSED(
            Place.LEARN,
            "recordsProcessed",
            Kind.COUNTER,
            "records",
            "that the learner processed, refused ones included"),
    /** Throughput of the learner. */
    RECORDS_RATE(
            Place.LEARN,
            "recordsPerSecond",
            Kind.METER,
            "records a second",
            "the same over the last minute"),
    /** Scores that left. */
    SCORES_EMITTED(Place.LEARN, "scoresEmitted", Kind.COUNTER, "scores", "that left"),
    /** Throughput of scores. */
    SCORES_RATE(
            Place.LEARN,
            "scoresPerSecond",
            Kind.METER,
            "scores a second",
            "the same over the last minute"),
    /** From the event's record to its score. */
    SCORE_LATENCY(
            Place.LEARN,
            "scoreLatency",
            Kind.HISTOGRAM,
            "ms",
            "from a record's timestamp in Kafka, when it was produced, until a score that it brought about left the learner; with `exactly-once`, readers see the score at the next checkpoint"),
    /** Steps made. */
    STEPS(Place.LEARN, "stepsLearned", Kind.COUNTER, "steps", "of learning that were made"),
    /** Rounds in which steps were made. */
    STEP_ROUNDS(
            Place.LEARN,
            "stepRounds",
            Kind.COUNTER,
            "rounds",
            "in which steps of learning were made, those of several keys together if `grouping.steps` says so; `stepsLearned` over it is how many at a time"),
    /** Throughput of steps. */
    STEPS_RATE(
            Place.LEARN,
            "stepsPerSecond",
            Kind.METER,
            "steps a second",
            "the same over the last minute"),
    /** How long a step takes. */
    LEARN_TIME(
            Place.LEARN,
            "learnTime",
            Kind.HISTOGRAM,
            "µs",
            "one step of learning: forward pass, backward pass, optimiser"),
    /** Steps refused. */
    STEPS_REFUSED(
            Place.LEARN,
            "stepsRefused",
            Kind.COUNTER,
            "steps",
            "of learning that were refused, because they would have made a model useless"),
    /** Parts of the loss. */
    LOSS(
            Place.LEARN,
            "part",
            "loss",
            Kind.GAUGE,
            "loss",
            "each part of the loss before a step, mean of about the last 64 steps of the task; not a number before the first"),
    /** Prequential figures. */
    PREQUENTIAL(
            Place.LEARN,
            "figure",
            "prequential",
            Kind.GAUGE,
            "figure",
            "what the metrics topic says of each model, as a mean over the live models of the task that can tell, at its last checkpoint; otherwise not a number"),
    /** Refused by a model or a decoder. */
    DEAD_LETTERS(Place.LEARN, "deadLetters", Kind.COUNTER, "records", "refused by a model"),
    /** Refused, by reason. */
    DEAD_LETTERS_BY_REASON(
            Place.BOTH,
            "reason",
            "deadLetters",
            Kind.COUNTER,
            "records",
            "refused by a decoder or a model, by [reason](events.md#dead-letters)"),
    /** How old what is learned is. */
    MODEL_AGE(
            Place.LEARN,
            "modelAge",
            Kind.GAUGE,
            "ms",
            "from the newest event time that any model of the task has learned from until now, by the clock of its machine; not a number before anything was learned"),
    /** The same of the live model that is farthest behind. */
    OLDEST_MODEL_AGE(
            Place.LEARN,
            "oldestModelAge",
            Kind.GAUGE,
            "ms",
            "the same of the live model that has learned nothing for longest, at the last checkpoint"),
    /** Hits of the cache. */
    CACHE_HITS(Place.LEARN, "cacheHits", Kind.COUNTER, "records", "whose model was live in memory"),
    /** Misses of the cache. */
    CACHE_MISSES(
            Place.LEARN,
            "cacheMisses",
            Kind.COUNTER,
            "records",
            "whose model had to be read from state, or was new"),
    /** Models that left the cache. */
    EVICTIONS(
            Place.LEARN,
            "evictions",
            Kind.GAUGE,
            "models",
            "that had to leave the cache since the task started"),
    /** Live models. */
    LIVE_MODELS(Place.LEARN, "liveModels", Kind.GAUGE, "models", "that are live in this task"),
    /** Their memory. */
    LIVE_BYTES(
            Place.LEARN,
            "liveBytes",
            Kind.GAUGE,
            "bytes",
            "of the live models of this task, as last measured; estimated"),
    /** Live models that changed. */
    DIRTY_MODELS(
            Place.LEARN,
            "dirtyModels",
            Kind.GAUGE,
            "models",
            "that are live and had records since they were last written"),
    /** What is to be written of them. */
    DIRTY_BYTES(
            Place.LEARN,
            "dirtyBytes",
            Kind.GAUGE,
            "bytes",
            "of them that are to be written by the next checkpoint; estimated"),
    /** What the models' memories hold. */
    MEMORY_ENTRIES(
            Place.LEARN,
            "memory",
            "memoryEntries",
            Kind.GAUGE,
            "entries",
            "in the bounded memories of the live models, at the last checkpoint"),
    /** What they may hold. */
    MEMORY_CAPACITY(
            Place.LEARN,
            "memory",
            "memoryCapacity",
            Kind.GAUGE,
            "entries",
            "that these memories may hold; 0 for one that is bounded in bytes"),
    /** Models written at a checkpoint. */
    CHECKPOINT_MODELS(
            Place.LEARN,
            "checkpointModels",
            Kind.GAUGE,
            "models",
            "written at the last checkpoint, because they had changed"),
    /** Entries written at a checkpoint. */
    CHECKPOINT_ENTRIES(
            Place.LEARN,
            "checkpointEntries",
            Kind.GAUGE,
            "parts",
            "of models that were written into RocksDB at the last checkpoint"),
    /** Bytes written at a checkpoint. */
    CHECKPOINT_BYTES(Place.LEARN, "checkpointBytes", Kind.GAUGE, "bytes", "of these parts"),
    /** Bytes written ever. */
    BYTES_WRITTEN(
            Place.LEARN,
            "bytesWritten",
            Kind.COUNTER,
            "bytes",
            "of parts written into RocksDB: at checkpoints, before them (`checkpoints.dirty`), and when models left the cache"),
    /** Idle models. */
    MODELS_EXPIRED(
            Place.LEARN,
            "modelsExpired",
            Kind.COUNTER,
            "models",
            "that were forgotten because they had been idle for too long"),
    /** Commands. */
    COMMANDS_OBEYED(Place.LEARN, "commandsObeyed", Kind.COUNTER, "commands", "that a model obeyed");

    /** The group of all that the learner counts. */
    public static final String GROUP = "kedge";

    private final Place place;
    private final String label;
    private final String name;
    private final Kind kind;
    private final String unit;
    private final String meaning;

    /** Whose metrics they are. */
    public enum Place {
        /** The operator {@code learn}. */
        LEARN,
        /** The operators that decode. */
        DECODE,
        /** Both. */
        BOTH
    }

    /** What kind of number it is. */
    public enum Kind {
        /** Only grows, from 0 at each start of the task. */
        COUNTER,
        /** A rate. */
        METER,
        /** A value of this moment. */
        GAUGE,
        /** Quantiles of the newest values. */
        HISTOGRAM
    }

    KedgeMetric(Place place, String name, Kind kind, String unit, String meaning) {
        this(place, "", name, kind, unit, meaning);
    }

    KedgeMetric(Place place, String label, String name, Kind kind, String unit, String meaning) {
        this.place = place;
        this.label = label;
        this.name = name;
        this.kind = kind;
        this.unit = unit;
        this.meaning = meaning;
    }

    /** Whose it is. */
    public Place place() {
        return place;
    }

    /** Its name in Flink. */
    public String metricName() {
        return name;
    }

    /** What tells its values apart, beside what Flink says of each task; empty if nothing does. */
    public String label() {
        return label;
    }

    /** What kind of number it is. */
    public Kind kind() {
        return kind;
    }

    /** What it is counted in. */
    public String unit() {
        return unit;
    }

    /** What it tells: goes on from the unit. */
    public String meaning() {
        return meaning;
    }

    /** Registers it as a counter. */
    public Counter counter(MetricGroup group) {
        require(Kind.COUNTER);
        return group.counter(name);
    }

    void meter(MetricGroup group, Meter meter) {
        require(Kind.METER);
        group.meter(name, meter);
    }

    <T extends Number> void gauge(MetricGroup group, Gauge<T> gauge) {
        require(Kind.GAUGE);
        group.gauge(name, gauge);
    }

    Histogram histogram(MetricGroup group, Histogram histogram) {
        require(Kind.HISTOGRAM);
        return group.histogram(name, histogram);
    }

    /** The group of one value of its label. */
    MetricGroup labelled(MetricGroup group, String value) {
        return group.addGroup(label, value);
    }

    private void require(Kind asked) {
        if (kind != asked) {
            throw new IllegalStateException(Text.format("%s is a %s, not a %s", name, kind, asked));
        }
    }
}
