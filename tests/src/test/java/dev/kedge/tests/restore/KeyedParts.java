// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import dev.kedge.state.flink.KeyedPartStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/** Every part of every key of a backend. */
final class KeyedParts {
    private KeyedParts() {}

    /** Their bytes as texts, by key and name. */
    static SortedMap<String, String> of(KeyedStateBackend<String> backend) throws Exception {
        SortedMap<String, String> parts = new TreeMap<>();
        MapState<String, byte[]> state =
                backend.getPartitionedState(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        KeyedPartStore.descriptor());
        for (String key : keys(backend)) {
            backend.setCurrentKey(key);
            for (Map.Entry<String, byte[]> part : state.entries()) {
                parts.put(
                        key + " " + part.getKey(),
                        new String(part.getValue(), StandardCharsets.ISO_8859_1));
            }
        }
        return parts;
    }

    private static List<String> keys(KeyedStateBackend<String> backend) {
        try (var keys = backend.getKeys(KeyedPartStore.STATE_NAME, VoidNamespace.INSTANCE)) {
            return keys.distinct().toList();
        }
    }
}
