// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import dev.kedge.jobs.flink.SealedEnvironment;
import dev.kedge.state.flink.KeyedPartStore;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.state.api.OperatorIdentifier;
import org.apache.flink.state.api.OperatorTransformation;
import org.apache.flink.state.api.SavepointWriter;
import org.apache.flink.state.api.functions.KeyedStateBootstrapFunction;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Writes a savepoint with the parts that a test wants. */
final class WrittenSavepoint {
    private WrittenSavepoint() {}

    static String write(Path folder, List<PartPiece> parts) throws Exception {
        try (StreamExecutionEnvironment environment =
                SealedEnvironment.create(1, new Configuration())) {
            SavepointWriter.newSavepoint(environment, new EmbeddedRocksDBStateBackend(), 128)
                    .withOperator(
                            OperatorIdentifier.forUid("learn"),
                            OperatorTransformation.bootstrapWith(
                                            environment.fromData(parts, PartPiece.TYPE))
                                    .keyBy(PartPiece::model, Types.STRING)
                                    .transform(new Bootstrap()))
                    .write(folder.toString());
            environment.execute();
        }
        return folder.toString();
    }

    private static final class Bootstrap extends KeyedStateBootstrapFunction<String, PartPiece> {
        private static final long serialVersionUID = 1L;

        private transient MapState<String, byte[]> parts;

        @Override
        public void open(OpenContext context) {
            parts = getRuntimeContext().getMapState(KeyedPartStore.descriptor());
        }

        @Override
        public void processElement(PartPiece piece, Context context) throws Exception {
            parts.put(piece.part(), piece.bytes());
        }
    }
}
