// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.operators.flink.StepGroup.Visit;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LearningStep;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.cache.LiveCache;
import dev.kedge.state.flink.KeyedPartStore;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.StateMigrationException;
import org.apache.flink.util.clock.SystemClock;

/**
 * The one operator for every learner. It keeps live models by key within a budget of bytes; a miss
 * reads keyed state; an eviction and a checkpoint write what changed, and {@link WriteBehind} some
 * of it before. Nothing is serialised for a record.
 *
 * <p>A model's work on a record stops where it is to learn; {@link StepGroup} makes the steps of
 * many keys together, and then the records go on. A watermark, a command, a barrier and the end of
 * the input find every model between two records.
 *
 * <p>Scores leave by the main output, metrics and dead letters by side outputs. Commands come by
 * the second input, broadcast; without one it has a single input.
 *
 * <p>A key that had no event for a configured event time is forgotten: by a timer, when the
 * watermark says so, or when its next event comes, whichever is first. Both have the same outcome,
 * so the watermark, which depends on other keys, never reaches a number.
 *
 * @param <E> type of the events
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
public final class LearnerOperator<E, S, M> extends AbstractStreamOperator<S>
        implements OneInputStreamOperator<Incoming<E>, S>,
                TwoInputStreamOperator<Incoming<E>, Incoming<Command>, S>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;
    private static final String TIMERS = "kedge-idle";

    private final LiveModels<E, S, M> models;
    private final OutputTag<M> metricsTag;
    private final OutputTag<DeadLetter> deadLetterTag;
    private final LearnerBounds bounds;
    private final ArrayList<SideOutput<?>> sideOutputs;

    private transient LiveModels.Shared<E, S, M> shared;
    private transient KeyedPartStore store;
    private transient StandingCommands commands;
    private transient ModelReader<E, S, M> reader;
    private transient LiveKeys<E, S, M> keys;
    private transient LiveCache<Live<E, S, M>> live;
    private transient OperatorOutlet<S, M> outlet;
    private transient WriteBehind<E, S, M> behind;
    private transient ScheduledFuture<?> slices;
    private transient StepGroup<E, S, M> group;
    private transient Optional<ScheduledFuture<?>> groupTimer;
    private transient OptionalLong restoredFrom;
    private transient LearnerMetrics<M> counted;

    /**
     * Makes an operator.
     *
     * @param models makes the live models
     * @param metricsTag side output of the metrics
     * @param deadLetterTag side output of the refused records
     * @param bounds what bounds its memory
     */
    public LearnerOperator(
            LiveModels<E, S, M> models,
            OutputTag<M> metricsTag,
            OutputTag<DeadLetter> deadLetterTag,
            LearnerBounds bounds) {
        this(models, metricsTag, deadLetterTag, bounds, List.of());
    }

    /**
     * Makes an operator that says more than scores and metrics.
     *
     * @param models makes the live models
     * @param metricsTag side output of the metrics
     * @param deadLetterTag side output of the refused records
     * @param bounds what bounds its memory
     * @param sideOutputs side outputs for answers beside scores and metrics
     */
    public LearnerOperator(
            LiveModels<E, S, M> models,
            OutputTag<M> metricsTag,
            OutputTag<DeadLetter> deadLetterTag,
            LearnerBounds bounds,
            List<SideOutput<?>> sideOutputs) {
        this.models = models;
        this.metricsTag = metricsTag;
        this.deadLetterTag = deadLetterTag;
        this.bounds = bounds;
        this.sideOutputs = new ArrayList<>(sideOutputs);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        restoredFrom = context.getRestoredCheckpointId();
    }

    @Override
    public void open() throws Exception {
        super.open();
        try {
            shared = models.open(TaskDevice.place(bounds.device(), getRuntimeContext()));
            takeState();
        } catch (LinkageError | StateMigrationException e) {
            throw new SuppressRestartsException(e);
        }
        reader = new ModelReader<>(shared, store, restoredFrom);
        live = new LiveCache<>(budget(), key -> key.model().bytes(), this::flush);
        countAll();
        LiveKeys.Kept<E, S, M> kept = new LiveKeys.Kept<>(live, store, reader, this::cleaned);
        keys = new LiveKeys<>(kept, commands, idleness(), counted);
        outlet = new OperatorOutlet<>(output, metricsTag, deadLetterTag, sideOutputs, counted);
        groupTimer = Optional.empty();
        group = new StepGroup<>(bounds.grouping().steps(), new Turns(), this::make);
        behind = new WriteBehind<>(bounds.dirty(), paces(), new Flusher());
        counted.watch(getMetricGroup(), behind::unwritten);
        long period = WriteBehind.PERIOD_MILLIS;
        slices =
                getProcessingTimeService()
                        .scheduleWithFixedDelay(at -> behind.run(), period, period);
    }

    private LiveKeys.Idleness idleness() {
        InternalTimerService<VoidNamespace> timers =
                getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this);
        return new LiveKeys.Idleness(
                bounds.expireAfter().toMillis(),
                at -> timers.registerEventTimeTimer(VoidNamespace.INSTANCE, at));
    }

    private WriteBehind.Clocks paces() {
        return new WriteBehind.Clocks(
                getProcessingTimeService()::getCurrentProcessingTime,
                SystemClock.getInstance()::relativeTimeNanos);
    }

    private void takeState() throws Exception {
        store = new KeyedPartStore(getRuntimeContext().getMapState(KeyedPartStore.descriptor()));
        commands =
                new StandingCommands(
                        getOperatorStateBackend().getBroadcastState(StandingCommands.descriptor()),
                        bounds.commands());
    }

    private long budget() {
        long managed = getContainingTask().getEnvironment().getMemoryManager().getMemorySize();
        return bounds.cache().within(managed);
    }

    private void countAll() {
        LearnerMetrics.Clocks clocks =
                new LearnerMetrics.Clocks(
                        getProcessingTimeService()::getCurrentProcessingTime,
                        SystemClock.getInstance()::relativeTimeNanos);
        List<String> parts = shared.lossParts();
        counted = new LearnerMetrics<>(getMetricGroup(), clocks, models, parts);
        counted.watch(getMetricGroup(), live);
        shared.watch(counted);
    }

    @Override
    public void processElement1(StreamRecord<Incoming<E>> element) {
        processElement(element);
    }

    @Override
    public void processElement(StreamRecord<Incoming<E>> element) {
        guarded(() -> group.take((String) getCurrentKey(), element));
        if (!group.isEmpty() && groupTimer.isEmpty()) {
            ProcessingTimeService time = getProcessingTimeService();
            long at = time.getCurrentProcessingTime() + bounds.grouping().within().toMillis();
            groupTimer = Optional.of(time.registerTimer(at, now -> groupWaited()));
        }
    }

    private void groupWaited() {
        groupTimer = Optional.empty();
        makeSteps();
    }

    /** Makes the steps that wait: whatever comes next must find every model between two records. */
    private void makeSteps() {
        // Flink's harness finishes a task that did not open, too.
        if (group != null && !group.isEmpty()) {
            guarded(group::drain);
        }
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (LinkageError e) {
            // A native library that this machine cannot load: no restart finds another.
            throw new SuppressRestartsException(e);
        } catch (DamagedSnapshotException e) {
            // Of what is read only when an event needs it.
            throw reader.unreadable((String) getCurrentKey(), e);
        }
    }

    /** Says so at the first, second, fourth: nobody can fill a log by what is refused. */
    private void tellRefused(String key, long before, long now) {
        counted.refusedSteps(now - before);
        if (Long.highestOneBit(now) > before) {
            LOG.warn(
                    "model '{}': {} steps of learning refused so far; their loss or gradient was not finite, or absurdly large. The model stays as it was",
                    key,
                    now);
        }
    }

    @Override
    public void processElement2(StreamRecord<Incoming<Command>> element) throws Exception {
        makeSteps();
        commands.add(element.getValue().origin().offset(), element.getValue().event());
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
        keys.timer(timer.getKey(), timer.getTimestamp());
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("there are no processing-time timers");
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        makeSteps();
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        makeSteps();
    }

    @Override
    public void finish() throws Exception {
        makeSteps();
        super.finish();
    }

    // Commands have no event time of their own: only the first input moves the watermark.

    @Override
    public void processWatermark1(Watermark mark) throws Exception {
        processWatermark(mark);
    }

    @Override
    public void processWatermark2(Watermark mark) {
        // Ignored: see above.
    }

    @Override
    protected void processWatermarkStatus(WatermarkStatus status, int index) throws Exception {
        if (index == 0) {
            processWatermarkStatus(status);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        long parts = store.partsWritten();
        long bytes = store.bytesWritten();
        counted.checkpoints();
        behind.finish();
        live.forEach((key, current) -> counted.visited(current));
        counted.written(store.partsWritten() - parts, store.bytesWritten() - bytes);
        super.snapshotState(context);
    }

    private void flush(String key, Live<E, S, M> current) {
        write(key, current::flush);
        cleaned(key, current);
    }

    private void write(String key, Consumer<PartStore> what) {
        long before = store.bytesWritten();
        setCurrentKey(key);
        store.inBatches(what);
        counted.wrote(store.bytesWritten() - before);
    }

    private void cleaned(String key, Live<E, S, M> current) {
        counted.cleaned(current);
        behind.cleaned(key, current);
    }

    @Override
    public void close() throws Exception {
        if (slices != null) {
            slices.cancel(false);
        }
        if (groupTimer != null) {
            groupTimer.ifPresent(timer -> timer.cancel(false));
        }
        if (shared != null) {
            shared.close();
        }
        super.close();
    }

    private void make(List<LearningStep> steps) {
        counted.round();
        shared.make(steps);
    }

    private final class Flusher implements WriteBehind.Writer<E, S, M> {
        private int parts;

        @Override
        public int some(String key, Live<E, S, M> current, int max) {
            if (group.holds(key)) {
                return 0;
            }
            write(key, to -> parts = current.model().flushOldest(to, max));
            return parts;
        }

        @Override
        public void all(String key, Live<E, S, M> current) {
            if (!group.holds(key)) {
                flush(key, current);
            }
        }
    }

    private final class Turns implements StepGroup.Turns<E, S, M> {
        @Override
        public void select(String key) {
            setCurrentKey(key);
        }

        @Override
        public Visit<E, S, M> visit(String key, StreamRecord<Incoming<E>> element) {
            Live<E, S, M> current = keys.find(key);
            long at = models.eventTime(element.getValue());
            if (at != LiveModels.NO_TIME) {
                current = keys.advance(key, current, at);
            }
            counted.touched(current);
            return new Visit<>(key, current, element, current.model().stepsRefused());
        }

        @Override
        public Optional<LearningStep> begin(Visit<E, S, M> visit) {
            outlet.answers(visit.element(), visit.live().figures());
            return visit.live().model().begin(visit.element().getValue(), outlet);
        }

        @Override
        public Optional<LearningStep> proceed(Visit<E, S, M> visit) {
            outlet.answers(visit.element(), visit.live().figures());
            return visit.live().model().proceed();
        }

        @Override
        public void end(Visit<E, S, M> visit) {
            String key = visit.key();
            long refused = visit.live().model().stepsRefused();
            if (refused > visit.refused()) {
                tellRefused(key, visit.refused(), refused);
            }
            counted.processed(visit.live());
            behind.touched(key, visit.live());
            // An eviction moves the current key; Flink sets it anew before whatever comes next.
            if (!live.settle(key, group::holds)) {
                group.press();
            }
        }
    }
}
