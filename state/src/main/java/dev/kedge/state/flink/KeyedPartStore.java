// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.flink;

import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.part.PartStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * The parts of the current key, in Flink keyed state: one map entry a part, so that RocksDB
 * checkpoints only changed ones.
 */
public final class KeyedPartStore implements PartStore {
    /** Name of the keyed state. Renaming it breaks savepoints. */
    public static final String STATE_NAME = "kedge-parts";

    private final MapState<String, byte[]> state;
    private long parts;
    private long bytes;

    /** Binds to the map state that {@link #descriptor()} describes. */
    public KeyedPartStore(MapState<String, byte[]> state) {
        this.state = state;
    }

    /** Describes the keyed state. */
    public static MapStateDescriptor<String, byte[]> descriptor() {
        return new MapStateDescriptor<>(
                STATE_NAME, StringSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);
    }

    @Override
    public Optional<byte[]> get(String name) {
        return attempt("read", name, () -> Optional.ofNullable(state.get(name)));
    }

    @Override
    public void put(String name, byte[] part) {
        StateAccess<Boolean> write =
                () -> {
                    state.put(name, part);
                    return true;
                };
        attempt("write", name, write);
        parts++;
        bytes += part.length;
    }

    private void putAll(Map<String, byte[]> some) {
        StateAccess<Boolean> write =
                () -> {
                    state.putAll(some);
                    return true;
                };
        attempt("write", some.keySet().iterator().next(), write);
        parts += some.size();
        some.values().forEach(part -> bytes += part.length);
    }

    @Override
    public void remove(String name) {
        StateAccess<Boolean> remove =
                () -> {
                    state.remove(name);
                    return true;
                };
        attempt("remove", name, remove);
    }

    /**
     * Writes parts of the current key together, so that the state backend takes many at a time.
     * What is written here can be read once all of it is.
     */
    public void inBatches(Consumer<PartStore> writer) {
        Batch batch = new Batch();
        writer.accept(batch);
        batch.write();
    }

    /** Parts that were written, of all keys. */
    public long partsWritten() {
        return parts;
    }

    /** Their bytes. */
    public long bytesWritten() {
        return bytes;
    }

    /** Forgets every part of the current key. */
    public void clear() {
        state.clear();
    }

    @Override
    public SortedSet<String> names(String prefix) {
        StateAccess<SortedSet<String>> list =
                () -> {
                    SortedSet<String> names = new TreeSet<>();
                    for (String name : state.keys()) {
                        if (name.startsWith(prefix)) {
                            names.add(name);
                        }
                    }
                    return names;
                };
        return attempt("list", prefix, list);
    }

    @Override
    public SortedMap<String, byte[]> parts(String prefix) {
        return loaded().parts(prefix);
    }

    @Override
    public boolean staysReadable() {
        return true;
    }

    /**
     * Everything that the current key remembers, in one pass over its state: for a model that is
     * brought to life and asks for one part after the other. It can be read only.
     */
    public PartStore loaded() {
        StateAccess<PartStore> list =
                () -> {
                    TreeMap<String, byte[]> all = new TreeMap<>();
                    for (Map.Entry<String, byte[]> part : state.entries()) {
                        all.put(part.getKey(), part.getValue());
                    }
                    return MemoryPartStore.readOnly(all);
                };
        return attempt("list", "", list);
    }

    /**
     * Looks for a part of the current key whose envelope is not what was sealed.
     *
     * @return its name and what is wrong, in one line
     */
    public Optional<String> damage() {
        for (Map.Entry<String, byte[]> part : parts("").entrySet()) {
            try {
                Envelope.header(part.getValue());
            } catch (DamagedSnapshotException e) {
                return Optional.of("part '" + part.getKey() + "': " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    private static <T> T attempt(String what, String name, StateAccess<T> access) {
        try {
            return access.run();
        } catch (Exception e) {
            throw new FlinkRuntimeException("could not " + what + " part '" + name + "'", e);
        }
    }

    private interface StateAccess<T> {
        T run() throws Exception;
    }

    /** Gathers parts; reads what was there before. */
    private final class Batch implements PartStore {
        private static final int BYTES = 256 << 10;

        private final Map<String, byte[]> gathered = new LinkedHashMap<>();
        private int size;

        @Override
        public void put(String name, byte[] part) {
            gathered.put(name, part);
            size += part.length;
            if (size >= BYTES) {
                write();
            }
        }

        private void write() {
            if (!gathered.isEmpty()) {
                putAll(gathered);
                gathered.clear();
                size = 0;
            }
        }

        @Override
        public void remove(String name) {
            gathered.remove(name);
            KeyedPartStore.this.remove(name);
        }

        @Override
        public Optional<byte[]> get(String name) {
            return KeyedPartStore.this.get(name);
        }

        @Override
        public SortedMap<String, byte[]> parts(String prefix) {
            return KeyedPartStore.this.parts(prefix);
        }
    }
}
