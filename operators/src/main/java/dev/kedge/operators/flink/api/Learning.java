// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink.api;

import dev.kedge.operators.ads.DiscontinuationModels;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.classifier.ClassifierEvent;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierModels;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.classifier.ClassifierSettings;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.operators.flink.LearnerBounds;
import dev.kedge.operators.flink.LearnerOperator;
import dev.kedge.operators.flink.SideOutput;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerModels;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.state.flink.RecordType;
import dev.kedge.state.settings.Matching;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * Live models in a Flink job of your own, one a key, without Kafka and without job files. Each
 * event is scored as it comes, then learned from, once; all that the models remember is Flink
 * state, so that a job restored from a checkpoint ends with the same models, byte for byte.
 *
 * <pre>{@code
 * Learned<ClassifierEvent, ClassifierScore, ClassifierMetrics> learned =
 *         Learning.classifier("digits", ClassifierSettings.DEFAULT).on(samples);
 * learned.scores().sinkTo(...);
 * }</pre>
 *
 * <p>Immutable; each method that changes something gives another one.
 *
 * @param <E> type of the events
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
public final class Learning<E, S, M> {
    private static final CacheBudget CACHE = CacheBudget.ofBytes(256L << 20);

    private final String name;
    private final LiveModels<E, S, M> models;
    private final Records<E, S, M> records;
    private final KeySelector<E, String> model;
    private final LearnerBounds bounds;
    private final List<SideOutput<?>> sides;

    private Learning(
            String name,
            LiveModels<E, S, M> models,
            Records<E, S, M> records,
            KeySelector<E, String> model,
            LearnerBounds bounds,
            List<SideOutput<?>> sides) {
        this.name = name;
        this.models = models;
        this.records = records;
        this.model = model;
        this.bounds = bounds;
        this.sides = sides;
    }

    /**
     * Hazards of running creatives, cut-out and wear-out: the ad job.
     *
     * @param name begins the uids, by which a savepoint finds its operators; keep it
     * @throws IllegalArgumentException if the name or a setting is not allowed, in one line
     */
    public static Learning<CreativeEvent, CreativeScore, ModelMetrics> discontinuation(
            String name, DiscontinuationSettings settings) {
        return of(
                name,
                new DiscontinuationModels(settings),
                new Records<>(CreativeEvent.class, CreativeScore.class, ModelMetrics.class),
                CreativeEvent::model);
    }

    /**
     * Classes that keep arriving, learned without forgetting the old ones: HPCR and its kin.
     *
     * @param name begins the uids, by which a savepoint finds its operators; keep it
     * @throws IllegalArgumentException if the name or a setting is not allowed, in one line
     */
    public static Learning<ClassifierEvent, ClassifierScore, ClassifierMetrics> classifier(
            String name, ClassifierSettings settings) {
        return of(
                name,
                new ClassifierModels(settings),
                new Records<>(
                        ClassifierEvent.class, ClassifierScore.class, ClassifierMetrics.class),
                ClassifierEvent::model);
    }

    /**
     * The same instances found again from frame to frame: CTVIS.
     *
     * @param name begins the uids, by which a savepoint finds its operators; keep it
     * @throws IllegalArgumentException if the name or a setting is not allowed, in one line
     */
    public static Learning<StreamFrame, TrackerScore, TrackerMetrics> tracker(
            String name, TrackerSettings settings) {
        return of(
                name,
                new TrackerModels(settings),
                new Records<>(StreamFrame.class, TrackerScore.class, TrackerMetrics.class),
                StreamFrame::model);
    }

    /**
     * Models of your own.
     *
     * @param name begins the uids, by which a savepoint finds its operators; keep it
     * @param models makes the models
     * @param records what flows
     * @param model an event's key: which model it is for
     * @param <E> type of the events
     * @param <S> type of the scores
     * @param <M> type of the metrics
     * @throws IllegalArgumentException if the name is not allowed, in one line
     */
    public static <E, S, M> Learning<E, S, M> of(
            String name,
            LiveModels<E, S, M> models,
            Records<E, S, M> records,
            KeySelector<E, String> model) {
        Objects.requireNonNull(models, "models");
        if (!name.matches(Matching.NAME)) {
            throw new IllegalArgumentException(
                    "name: '" + name + "' is not allowed; it must be " + Matching.NAME_ALLOWED);
        }
        return new Learning<>(name, models, records, model, LearnerBounds.of(CACHE), List.of());
    }

    /** With other bounds of memory; 256 MB of live models a task otherwise, none forgotten. */
    public Learning<E, S, M> within(LearnerBounds other) {
        return new Learning<>(name, models, records, model, other, sides);
    }

    /**
     * With answers beside scores and metrics, {@link
     * dev.kedge.operators.ads.creative.CreativeDuplicates} of a creative memory for example; they
     * are a side output of the scores.
     */
    public <T> Learning<E, S, M> alsoSaying(Class<T> type, OutputTag<T> tag) {
        List<SideOutput<?>> more = new ArrayList<>(sides);
        more.add(new SideOutput<>(type, tag));
        return new Learning<>(name, models, records, model, bounds, List.copyOf(more));
    }

    /**
     * Adds the models to a job.
     *
     * @param events those of a model in their order
     */
    public Learned<E, S, M> on(DataStream<E> events) {
        return on(events, Optional.empty());
    }

    /**
     * Adds the models to a job, and lets them obey while they run.
     *
     * @param events those of a model in their order
     * @param commands in the order in which they are obeyed: of one task
     */
    public Learned<E, S, M> on(DataStream<E> events, DataStream<Command> commands) {
        return on(events, Optional.of(commands));
    }

    private Learned<E, S, M> on(DataStream<E> events, Optional<DataStream<Command>> commands) {
        EventForm<E> form = new EventForm<>(records.events(), name);
        KeySelector<E, String> key = model;
        KeyedStream<Incoming<E>, String> keyed =
                events.process(new EventForm.Wrap<>(form))
                        .returns(RecordType.forRecord(Incoming.class, records.events()))
                        .uid(name + "-events")
                        .keyBy(incoming -> key.getKey(incoming.event()), Types.STRING);
        OutputTag<M> metrics = new OutputTag<>("metrics", RecordType.forRecord(records.metrics()));
        OutputTag<DeadLetter> refused =
                new OutputTag<>("refused", RecordType.forRecord(DeadLetter.class));
        LearnerOperator<E, S, M> learner =
                new LearnerOperator<>(models, metrics, refused, bounds, sides);
        SingleOutputStreamOperator<S> scores = learn(keyed, commands, learner);
        return new Learned<>(
                scores,
                scores.getSideOutput(metrics),
                scores.getSideOutput(refused)
                        .process(new EventForm.Unwrap<>(form))
                        .returns(RecordType.forRecord(Refused.class, records.events()))
                        .uid(name + "-refused"));
    }

    private SingleOutputStreamOperator<S> learn(
            KeyedStream<Incoming<E>, String> events,
            Optional<DataStream<Command>> commands,
            LearnerOperator<E, S, M> learner) {
        RecordType<S> type = RecordType.forRecord(records.scores());
        String uid = name + "-learn";
        if (commands.isEmpty()) {
            return events.transform(uid, type, learner).uid(uid);
        }
        // To one task, whatever Flink's scheduler makes of it: their order counts.
        return events.connect(
                        commands.get()
                                .global()
                                .map(new NumberedCommands(name))
                                .returns(RecordType.forRecord(Incoming.class, Command.class))
                                .setParallelism(1)
                                .uid(name + "-commands")
                                .broadcast())
                .transform(uid, type, learner)
                .uid(uid);
    }
}
