// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.flink.DamagedStateException;
import dev.kedge.state.flink.KeyedPartStore;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import dev.kedge.state.part.PartStore;
import java.util.OptionalLong;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Brings models to life from keyed state, and says of what cannot be read what it is. Every restart
 * would read the same bytes, so there is none.
 *
 * @param <E> type of the events
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
final class ModelReader<E, S, M> {
    private final LiveModels.Shared<E, S, M> shared;
    private final KeyedPartStore store;
    private final OptionalLong restoredFrom;

    /**
     * Reads from a store.
     *
     * @param restoredFrom the checkpoint that its state came from, if there is one
     */
    ModelReader(
            LiveModels.Shared<E, S, M> shared, KeyedPartStore store, OptionalLong restoredFrom) {
        this.shared = shared;
        this.store = store;
        this.restoredFrom = restoredFrom;
    }

    /** Reads the current key's model, or makes a new one. */
    Live<E, S, M> read(String key, double[] figures) {
        try {
            PartStore parts = shared.readsOnDemand() ? store : store.loaded();
            LiveModel<E, S, M> model = shared.load(key, parts);
            return new Live<>(model, KeyClock.restored(parts), figures);
        } catch (DamagedSnapshotException | IncompatibleLayoutException e) {
            throw unreadable(key, e);
        }
    }

    /** Reads the current key's clock alone. */
    KeyClock clock(String key) {
        try {
            return KeyClock.restored(store);
        } catch (DamagedSnapshotException e) {
            throw damaged(key, "part '" + KeyClock.PART + "': " + e.getMessage());
        }
    }

    /** What cannot be read of a key. */
    SuppressRestartsException unreadable(String key, RuntimeException reason) {
        return store.damage()
                .map(part -> damaged(key, part))
                .orElseGet(
                        () ->
                                new SuppressRestartsException(
                                        new UnreadableModelException(key, reason)));
    }

    private SuppressRestartsException damaged(String key, String part) {
        String origin =
                restoredFrom.isPresent()
                        ? "; restored from checkpoint " + restoredFrom.getAsLong()
                        : "";
        return new SuppressRestartsException(
                new DamagedStateException("model '" + key + "': " + part + origin));
    }
}
