// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import dev.kedge.jobs.flink.SealedEnvironment;
import dev.kedge.state.flink.RecordType;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.state.api.OperatorIdentifier;
import org.apache.flink.state.api.SavepointReader;
import org.apache.flink.state.api.functions.KeyedStateReaderFunction;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.FileUtils;
import org.apache.flink.util.SerializedThrowable;

/**
 * Reads the keyed state of one operator key after key, on a Flink of its own in this process. The
 * state is unpacked into a temporary folder; on the heap is one model at a time.
 *
 * @param path folder of the savepoint, as Flink takes it
 * @param uid the operator's
 */
record SavepointScan(String path, String uid) {

    /**
     * Reads everything.
     *
     * @param reader gives at least one record for each key
     * @param type the records' type
     * @param sink takes the records as they come
     * @throws StateException if Flink cannot read the state
     */
    <T> void run(KeyedStateReaderFunction<String, T> reader, RecordType<T> type, Consumer<T> sink) {
        Path folder = temporary();
        try (StreamExecutionEnvironment environment = SealedEnvironment.create(1, flink(folder));
                CloseableIterator<T> records = open(environment, reader, type)) {
            while (hasNext(records)) {
                sink.accept(records.next());
            }
        } catch (StateException e) {
            throw e;
        } catch (Exception e) {
            throw unreadable(e);
        } finally {
            FileUtils.deleteDirectoryQuietly(folder.toFile());
        }
    }

    private <T> CloseableIterator<T> open(
            StreamExecutionEnvironment environment,
            KeyedStateReaderFunction<String, T> reader,
            RecordType<T> type)
            throws Exception {
        return SavepointReader.read(environment, path, new EmbeddedRocksDBStateBackend(true))
                .readKeyedState(OperatorIdentifier.forUid(uid), reader, Types.STRING, type)
                .executeAndCollect("kedge state");
    }

    // What the sink throws is its own; what the iterator throws is the job's failure.
    private boolean hasNext(CloseableIterator<?> records) {
        try {
            return records.hasNext();
        } catch (RuntimeException e) {
            throw unreadable(e);
        }
    }

    private static Configuration flink(Path folder) {
        Configuration flink = new Configuration();
        flink.set(CoreOptions.TMP_DIRS, folder.toString());
        flink.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        return flink;
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("kedge-state");
        } catch (IOException e) {
            throw new StateException("no temporary folder for the state: " + e.getMessage(), e);
        }
    }

    private StateException unreadable(Exception e) {
        return new StateException(path + ": the state cannot be read: " + rootMessage(e), e);
    }

    private static String rootMessage(Throwable e) {
        Throwable at = e;
        while (at.getCause() != null || at instanceof SerializedThrowable) {
            Throwable original = SerializedThrowable.get(at, SavepointScan.class.getClassLoader());
            if (original == at && at.getCause() == null) {
                break;
            }
            at = original == at ? at.getCause() : original;
        }
        if (at instanceof EOFException) {
            return "it ends too early";
        }
        return at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
    }
}
