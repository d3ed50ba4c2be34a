// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.state.part.PartStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All parts of one model as one byte string: what a ValueState of a whole model holds. */
final class ModelBlob implements PartStore {
    private final SortedMap<String, byte[]> parts = new TreeMap<>();

    static ModelBlob of(byte[] bytes) {
        ModelBlob blob = new ModelBlob();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            String name = new String(next(in), StandardCharsets.UTF_8);
            blob.parts.put(name, next(in));
        }
        return blob;
    }

    private static byte[] next(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }

    byte[] bytes() {
        int size = 0;
        for (Map.Entry<String, byte[]> part : parts.entrySet()) {
            size += 8 + utf8(part.getKey()).length + part.getValue().length;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        for (Map.Entry<String, byte[]> part : parts.entrySet()) {
            byte[] name = utf8(part.getKey());
            out.putInt(name.length).put(name);
            out.putInt(part.getValue().length).put(part.getValue());
        }
        return out.array();
    }

    private static byte[] utf8(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<byte[]> get(String name) {
        return Optional.ofNullable(parts.get(name));
    }

    @Override
    public void put(String name, byte[] bytes) {
        parts.put(name, bytes);
    }

    @Override
    public void remove(String name) {
        parts.remove(name);
    }

    @Override
    public SortedMap<String, byte[]> parts(String prefix) {
        SortedMap<String, byte[]> some = new TreeMap<>(parts);
        some.keySet().removeIf(name -> !name.startsWith(prefix));
        return some;
    }
}
