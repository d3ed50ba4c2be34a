// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.classifier.ClassifierEvent;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.state.flink.RecordType;

/** How Flink carries what flows between operators. */
public final class StreamTypes {
    /** Creative events. */
    public static final RecordType<CreativeEvent> CREATIVE_EVENT =
            RecordType.forRecord(CreativeEvent.class);

    /** Creative events with the bytes that they were read from. */
    public static final RecordType<Incoming<CreativeEvent>> INCOMING_CREATIVE =
            RecordType.forRecord(Incoming.class, CreativeEvent.class);

    /** Commands with the bytes that they were read from. */
    public static final RecordType<Incoming<Command>> INCOMING_COMMAND =
            RecordType.forRecord(Incoming.class, Command.class);

    /** What could not be used. */
    public static final RecordType<DeadLetter> DEAD_LETTER = RecordType.forRecord(DeadLetter.class);

    /** Scores of creatives. */
    public static final RecordType<CreativeScore> CREATIVE_SCORE =
            RecordType.forRecord(CreativeScore.class);

    /** Near-duplicates of creatives. */
    public static final RecordType<CreativeDuplicates> CREATIVE_DUPLICATES =
            RecordType.forRecord(CreativeDuplicates.class);

    /** Metrics of models. */
    public static final RecordType<ModelMetrics> MODEL_METRICS =
            RecordType.forRecord(ModelMetrics.class);

    /** Samples and labels with the bytes that they were read from. */
    public static final RecordType<Incoming<ClassifierEvent>> INCOMING_CLASSIFIER =
            RecordType.forRecord(Incoming.class, ClassifierEvent.class);

    /** Scores of samples. */
    public static final RecordType<ClassifierScore> CLASSIFIER_SCORE =
            RecordType.forRecord(ClassifierScore.class);

    /** Metrics of classifiers. */
    public static final RecordType<ClassifierMetrics> CLASSIFIER_METRICS =
            RecordType.forRecord(ClassifierMetrics.class);

    /** Frames with the bytes that they were read from. */
    public static final RecordType<Incoming<StreamFrame>> INCOMING_FRAME =
            RecordType.forRecord(Incoming.class, StreamFrame.class);

    /** Scores of frames. */
    public static final RecordType<TrackerScore> TRACKER_SCORE =
            RecordType.forRecord(TrackerScore.class);

    /** Metrics of trackers. */
    public static final RecordType<TrackerMetrics> TRACKER_METRICS =
            RecordType.forRecord(TrackerMetrics.class);

    private StreamTypes() {}
}
