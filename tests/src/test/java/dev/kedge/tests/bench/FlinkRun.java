// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.jobs.flink.SealedEnvironment;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.operators.flink.LearnerBounds;
import dev.kedge.operators.flink.LearnerOperator;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import java.util.List;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.OutputTag;

/** One run of the samples through a Flink job in this process, at parallelism 1, on RocksDB. */
final class FlinkRun {
    private static final OutputTag<Float> METRICS = new OutputTag<>("metrics", Types.FLOAT);
    private static final OutputTag<DeadLetter> REFUSED =
            new OutputTag<>("refused", StreamTypes.DEAD_LETTER);

    private final SampleStream.Plan plan;
    private final MemorySize managed;

    /**
     * Takes what is run.
     *
     * @param managed memory that RocksDB may use
     */
    FlinkRun(SampleStream.Plan plan, MemorySize managed) {
        this.plan = plan;
        this.managed = managed;
    }

    /** Live models within a budget of bytes. */
    long[] operator(SampleModels models, long cacheBytes, Segments segments) {
        return run(
                segments,
                samples -> samples.transform("learn", Types.FLOAT, operator(models, cacheBytes)));
    }

    static LearnerOperator<Sample, Float, Float> operator(SampleModels models, long cacheBytes) {
        return new LearnerOperator<>(
                models, METRICS, REFUSED, LearnerBounds.of(CacheBudget.ofBytes(cacheBytes)));
    }

    /** A ValueState read and written for each record. */
    long[] valueState(SampleModels models, Segments segments) {
        return run(
                segments, samples -> samples.process(new ValueStateLearner(models), Types.FLOAT));
    }

    /** No learning at all. */
    long[] pipeline(Segments segments) {
        return run(segments, samples -> samples.process(new PassOn(), Types.FLOAT));
    }

    private interface Learn {
        DataStream<Float> over(KeyedStream<Incoming<Sample>, String> samples);
    }

    private long[] run(Segments segments, Learn learn) {
        StreamExecutionEnvironment environment =
                SealedEnvironment.create(1, configuration(managed));
        KeyedStream<Incoming<Sample>, String> samples =
                environment
                        .fromSequence(0, segments.total() - 1)
                        .map(new Draw(plan))
                        .returns(SampleStream.TYPE)
                        .keyBy(incoming -> incoming.event().model(), Types.STRING);
        learn.over(samples).filter(new Stopwatch(segments)).sinkTo(new DiscardingSink<>());
        try {
            return marks(environment.execute("bench"));
        } catch (Exception e) {
            throw new IllegalStateException("the job failed: " + e.getMessage(), e);
        }
    }

    static Configuration configuration(MemorySize managed) {
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, managed);
        return flink;
    }

    private static long[] marks(JobExecutionResult result) {
        List<Long> marks = result.getAccumulatorResult(Stopwatch.MARKS);
        return marks.stream().mapToLong(Long::longValue).toArray();
    }
}
