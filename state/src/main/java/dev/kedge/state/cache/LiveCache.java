// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.cache;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Live models by key, least recently used first, within a budget of bytes. The model in use is
 * never evicted, so one model larger than the budget still works. Not thread-safe: one cache a
 * task.
 *
 * @param <M> type of the live models
 */
public final class LiveCache<M> {
    private final LinkedHashMap<String, Sized<M>> models = new LinkedHashMap<>(16, 0.75f, true);
    private final long budget;
    private final ToLongFunction<M> sizer;
    private final BiConsumer<String, M> evictor;
    private long bytes;
    private long evictions;

    /**
     * Creates an empty cache.
     *
     * @param budget bytes that may stay; 0 keeps only the model in use
     * @param sizer tells a model's size in bytes
     * @param evictor is given every model that has to leave
     */
    public LiveCache(long budget, ToLongFunction<M> sizer, BiConsumer<String, M> evictor) {
        if (budget < 0) {
            throw new IllegalArgumentException("budget must not be negative: " + budget);
        }
        this.budget = budget;
        this.sizer = sizer;
        this.evictor = evictor;
    }

    /** Finds a live model and makes it the most recently used. */
    public Optional<M> get(String key) {
        Sized<M> found = models.get(key);
        return found == null ? Optional.empty() : Optional.of(found.model);
    }

    /** Adds a model that was not there. */
    public void put(String key, M model) {
        long size = sizer.applyAsLong(model);
        models.put(key, new Sized<>(model, size));
        bytes += size;
    }

    /** Takes a model out, if it is live, without handing it to the evictor. */
    public void remove(String key) {
        Sized<M> found = models.remove(key);
        bytes -= found == null ? 0 : found.bytes;
    }

    /**
     * Measures the model in use anew and evicts others until the budget holds.
     *
     * @param busy tells which of the others must stay
     * @return whether the budget holds, or no model is left that could leave
     */
    public boolean settle(String inUse, Predicate<String> busy) {
        Sized<M> current = models.get(inUse);
        if (current != null) {
            long size = sizer.applyAsLong(current.model);
            bytes += size - current.bytes;
            current.bytes = size;
        }
        return bytes <= budget || evictAllBut(inUse, busy);
    }

    private boolean evictAllBut(String inUse, Predicate<String> busy) {
        boolean allCould = true;
        Iterator<Map.Entry<String, Sized<M>>> eldest = models.entrySet().iterator();
        while (bytes > budget && eldest.hasNext()) {
            Map.Entry<String, Sized<M>> entry = eldest.next();
            if (busy.test(entry.getKey())) {
                allCould = false;
            } else if (!entry.getKey().equals(inUse)) {
                eldest.remove();
                bytes -= entry.getValue().bytes;
                evictions++;
                evictor.accept(entry.getKey(), entry.getValue().model);
            }
        }
        return bytes <= budget || allCould;
    }

    /** Visits every live model, least recently used first. */
    public void forEach(BiConsumer<String, M> visitor) {
        models.forEach((key, sized) -> visitor.accept(key, sized.model));
    }

    /** Number of live models. */
    public int size() {
        return models.size();
    }

    /** Bytes of all live models when each was last measured. */
    public long bytes() {
        return bytes;
    }

    /** Models evicted since the cache was made. */
    public long evictions() {
        return evictions;
    }

    private static final class Sized<M> {
        private final M model;
        private long bytes;

        private Sized(M model, long bytes) {
            this.model = model;
            this.bytes = bytes;
        }
    }
}
