// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimitedSourceReader;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The numbers from 0, so many before the first checkpoint, so many before the second, ... */
final class BatchedSequence
        implements Source<Long, NumberSequenceSplit, Collection<NumberSequenceSplit>>,
                ResultTypeQueryable<Long> {
    private static final long serialVersionUID = 1L;

    private final long[] batches;
    private final NumberSequenceSource numbers;

    /** One number more than the batches hold stays behind, so that the job does not end. */
    BatchedSequence(List<Long> batches) {
        this.batches = batches.stream().mapToLong(Long::longValue).toArray();
        numbers = new NumberSequenceSource(0, batches.stream().mapToLong(Long::longValue).sum());
    }

    @Override
    public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context) {
        return new RateLimitedSourceReader<>(numbers.createReader(context), new Batches(batches));
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> createEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> context) {
        return numbers.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> restoreEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> context,
            Collection<NumberSequenceSplit> checkpoint) {
        return numbers.restoreEnumerator(context, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<NumberSequenceSplit> getSplitSerializer() {
        return numbers.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Collection<NumberSequenceSplit>>
            getEnumeratorCheckpointSerializer() {
        return numbers.getEnumeratorCheckpointSerializer();
    }

    @Override
    public TypeInformation<Long> getProducedType() {
        return numbers.getProducedType();
    }

    /** Lets a batch by, then waits for a checkpoint. All on the source's thread. */
    private static final class Batches implements RateLimiter<NumberSequenceSplit> {
        private final long[] sizes;
        private int at;
        private long left;
        private CompletableFuture<Void> gate = new CompletableFuture<>();

        private Batches(long[] sizes) {
            this.sizes = sizes;
            left = sizes[0];
        }

        @Override
        public CompletionStage<Void> acquire(int count) {
            if (left > 0) {
                left -= count;
                return CompletableFuture.completedFuture(null);
            }
            return gate.thenRun(() -> left -= count);
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            at++;
            left += at < sizes.length ? sizes[at] : 0;
            if (left > 0) {
                CompletableFuture<Void> open = gate;
                gate = new CompletableFuture<>();
                open.complete(null);
            }
        }
    }
}
