// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.classifier.ClassifierEvent;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.creative.CreativeDuplicates;
import dev.kedge.operators.creative.CreativeEvent;
import dev.kedge.operators.creative.CreativeScore;
import dev.kedge.operators.creative.ModelMetrics;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.state.flink.BinaryTypeInfo;

/** How Flink carries what flows between operators. */
public final class StreamTypes {
    /** Creative events. */
    public static final BinaryTypeInfo<CreativeEvent> CREATIVE_EVENT =
            new BinaryTypeInfo<>(CreativeEvent.class, new CreativeEventCodec());

    /** Creative events with the bytes that they were read from. */
    public static final BinaryTypeInfo<Incoming<CreativeEvent>> INCOMING_CREATIVE =
            new BinaryTypeInfo<>(Incoming.class, new IncomingCreativeCodec());

    /** Commands with the bytes that they were read from. */
    public static final BinaryTypeInfo<Incoming<Command>> INCOMING_COMMAND =
            new BinaryTypeInfo<>(Incoming.class, new IncomingCommandCodec());

    /** What could not be used. */
    public static final BinaryTypeInfo<DeadLetter> DEAD_LETTER =
            new BinaryTypeInfo<>(DeadLetter.class, new DeadLetterCodec());

    /** Scores of creatives. */
    public static final BinaryTypeInfo<CreativeScore> CREATIVE_SCORE =
            new BinaryTypeInfo<>(CreativeScore.class, new CreativeScoreCodec());

    /** Near-duplicates of creatives. */
    public static final BinaryTypeInfo<CreativeDuplicates> CREATIVE_DUPLICATES =
            new BinaryTypeInfo<>(CreativeDuplicates.class, new CreativeDuplicatesCodec());

    /** Metrics of models. */
    public static final BinaryTypeInfo<ModelMetrics> MODEL_METRICS =
            new BinaryTypeInfo<>(ModelMetrics.class, new ModelMetricsCodec());

    /** Samples and labels with the bytes that they were read from. */
    public static final BinaryTypeInfo<Incoming<ClassifierEvent>> INCOMING_CLASSIFIER =
            new BinaryTypeInfo<>(Incoming.class, new IncomingClassifierCodec());

    /** Scores of samples. */
    public static final BinaryTypeInfo<ClassifierScore> CLASSIFIER_SCORE =
            new BinaryTypeInfo<>(ClassifierScore.class, new ClassifierScoreCodec());

    /** Metrics of classifiers. */
    public static final BinaryTypeInfo<ClassifierMetrics> CLASSIFIER_METRICS =
            new BinaryTypeInfo<>(ClassifierMetrics.class, new ClassifierMetricsCodec());

    /** Frames with the bytes that they were read from. */
    public static final BinaryTypeInfo<Incoming<StreamFrame>> INCOMING_FRAME =
            new BinaryTypeInfo<>(Incoming.class, new IncomingFrameCodec());

    /** Scores of frames. */
    public static final BinaryTypeInfo<TrackerScore> TRACKER_SCORE =
            new BinaryTypeInfo<>(TrackerScore.class, new TrackerScoreCodec());

    /** Metrics of trackers. */
    public static final BinaryTypeInfo<TrackerMetrics> TRACKER_METRICS =
            new BinaryTypeInfo<>(TrackerMetrics.class, new TrackerMetricsCodec());

    private StreamTypes() {}
}
