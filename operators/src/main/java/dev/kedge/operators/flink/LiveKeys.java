// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.operators.stream.Command;
import dev.kedge.state.cache.LiveCache;
import dev.kedge.state.flink.KeyedPartStore;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

/**
 * The keys of a task: finds their models, and does between two records what time asks for. An idle
 * key is forgotten, a command is obeyed. Each call is for the current key of the store.
 *
 * @param <E> type of the events
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
final class LiveKeys<E, S, M> {
    private final Kept<E, S, M> kept;
    private final StandingCommands commands;
    private final Idleness idleness;
    private final LearnerMetrics<M> counted;

    /**
     * Where models are.
     *
     * @param live those in memory
     * @param store the others
     * @param reader brings them from there
     * @param forgotten is told of those that were live
     */
    record Kept<E, S, M>(
            LiveCache<Live<E, S, M>> live,
            KeyedPartStore store,
            ModelReader<E, S, M> reader,
            BiConsumer<String, Live<E, S, M>> forgotten) {}

    /**
     * When a key is forgotten.
     *
     * @param idle event time without a record, milliseconds; 0 for never
     * @param timer asks to be called at a moment for the current key
     */
    record Idleness(long idle, LongConsumer timer) {}

    LiveKeys(
            Kept<E, S, M> kept,
            StandingCommands commands,
            Idleness idleness,
            LearnerMetrics<M> counted) {
        this.kept = kept;
        this.commands = commands;
        this.idleness = idleness;
        this.counted = counted;
    }

    /** A key's model, as it was after its last record. */
    Live<E, S, M> find(String key) {
        Optional<Live<E, S, M>> found = kept.live().get(key);
        if (found.isPresent()) {
            counted.hit();
            return found.get();
        }
        counted.missed();
        return load(key);
    }

    /** Does what time asks for before an event: forgets an idle key, obeys commands. */
    Live<E, S, M> advance(String key, Live<E, S, M> before, long at) {
        Live<E, S, M> current = before;
        if (idleness.idle() > 0) {
            if (current.clock().idleAt(at, idleness.idle())) {
                current = renew(key, current.clock().obeyed());
                counted.expired();
            }
            current.clock().see(at);
            watch(current.clock());
        }
        return commands.isEmpty() ? current : obey(key, current, at);
    }

    /** The moment has come that was asked for. */
    void timer(String key, long at) {
        KeyClock clock =
                kept.live().get(key).map(Live::clock).orElseGet(() -> kept.reader().clock(key));
        clock.timer(false);
        if (clock.newest() + idleness.idle() <= at) {
            forget(key);
            counted.expired();
        } else {
            watch(clock);
            clock.flush(kept.store());
        }
    }

    private void watch(KeyClock clock) {
        if (!clock.hasTimer()) {
            idleness.timer().accept(clock.newest() + idleness.idle());
            clock.timer(true);
        }
    }

    private Live<E, S, M> obey(String key, Live<E, S, M> before, long at) {
        Live<E, S, M> current = before;
        for (Map.Entry<Long, Command> next : commands.after(before.clock().obeyed()).entrySet()) {
            Command command = next.getValue();
            if (command.at() > at) {
                break;
            }
            if (command.concerns(key)) {
                if (command.verb() == Command.Verb.RESET) {
                    current = reset(key, current.clock());
                } else {
                    current.model().obey(command);
                }
                counted.obeyed();
            }
            current.clock().obey(next.getKey());
        }
        return current;
    }

    /** A new model under the clock of the old one. */
    private Live<E, S, M> reset(String key, KeyClock clock) {
        Live<E, S, M> fresh = renew(key, clock.obeyed());
        fresh.clock().see(clock.newest());
        fresh.clock().timer(clock.hasTimer());
        return fresh;
    }

    private Live<E, S, M> renew(String key, long obeyed) {
        forget(key);
        Live<E, S, M> fresh = load(key);
        if (obeyed >= 0) {
            fresh.clock().obey(obeyed);
        }
        return fresh;
    }

    private void forget(String key) {
        kept.live().get(key).ifPresent(forgotten -> kept.forgotten().accept(key, forgotten));
        kept.live().remove(key);
        kept.store().clear();
    }

    private Live<E, S, M> load(String key) {
        Live<E, S, M> loaded = kept.reader().read(key, counted.untold());
        kept.live().put(key, loaded);
        return loaded;
    }
}
