// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class FailFastReaderTest {
    /** A reader that fails as Flink's does: the cause is one of a fetcher. */
    private record Failing(Exception cause)
            implements SourceReader<RawRecord, KafkaPartitionSplit> {
        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<RawRecord> output) {
            throw new IllegalStateException("a fetcher failed", new IOException(cause));
        }

        @Override
        public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
            return List.of();
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void addSplits(List<KafkaPartitionSplit> splits) {}

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }

    private static void poll(Exception cause) throws Exception {
        new FailFastReader(new Failing(cause)).pollNext(null);
    }

    @Test
    void aPlaceThatIsGoneEndsTheJob() {
        Exception gone = new OffsetOutOfRangeException(Map.of(new TopicPartition("ads", 0), 7L));

        assertThatThrownBy(() -> poll(gone))
                .isInstanceOf(SuppressRestartsException.class)
                .hasRootCause(gone);
    }

    @Test
    void aClientThatIsRefusedEndsTheJob() {
        assertThatThrownBy(() -> poll(new TopicAuthorizationException("ads")))
                .isInstanceOf(SuppressRestartsException.class);
    }

    @Test
    void whatMayHealIsLeftToFlink() {
        assertThatThrownBy(() -> poll(new DisconnectException("gone for a moment")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a fetcher failed");
    }
}
