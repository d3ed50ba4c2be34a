// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import dev.kedge.jobs.flink.SealedEnvironment;
import dev.kedge.state.flink.KeyedPartStore;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.state.api.OperatorIdentifier;
import org.apache.flink.state.api.SavepointReader;
import org.apache.flink.state.api.functions.KeyedStateReaderFunction;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;

/** What every model of a savepoint remembers: bytes by part by model. */
public final class ModelParts {
    private static final TypeInformation<Tuple3<String, String, byte[]>> PART =
            Types.TUPLE(Types.STRING, Types.STRING, Types.PRIMITIVE_ARRAY(Types.BYTE));

    private final SortedMap<String, SortedMap<String, byte[]>> models = new TreeMap<>();

    /** Reads the keyed state of the learning operator. */
    public static ModelParts read(String savepoint) throws Exception {
        StreamExecutionEnvironment environment = SealedEnvironment.create(1, new Configuration());
        ModelParts parts = new ModelParts();
        try (CloseableIterator<Tuple3<String, String, byte[]>> found =
                SavepointReader.read(environment, savepoint, new EmbeddedRocksDBStateBackend())
                        .readKeyedState(
                                OperatorIdentifier.forUid("learn"),
                                new PartReader(),
                                Types.STRING,
                                PART)
                        .executeAndCollect()) {
            found.forEachRemaining(parts::add);
        }
        return parts;
    }

    private void add(Tuple3<String, String, byte[]> part) {
        models.computeIfAbsent(part.f0, model -> new TreeMap<>()).put(part.f1, part.f2);
    }

    /** Bytes by part by model. */
    public SortedMap<String, SortedMap<String, byte[]>> models() {
        return models;
    }

    /** How many parts. */
    public long count() {
        return models.values().stream().mapToLong(Map::size).sum();
    }

    /** Bytes of all parts. */
    public long bytes() {
        return models.values().stream()
                .flatMap(parts -> parts.values().stream())
                .mapToLong(bytes -> bytes.length)
                .sum();
    }

    /** Lists the parts of one key. */
    private static final class PartReader
            extends KeyedStateReaderFunction<String, Tuple3<String, String, byte[]>> {
        private static final long serialVersionUID = 1L;

        private transient MapState<String, byte[]> parts;

        @Override
        public void open(OpenContext context) {
            parts = getRuntimeContext().getMapState(KeyedPartStore.descriptor());
        }

        @Override
        public void readKey(
                String model, Context context, Collector<Tuple3<String, String, byte[]>> to)
                throws Exception {
            for (String name : parts.keys()) {
                to.collect(Tuple3.of(model, name, parts.get(name)));
            }
        }
    }
}
