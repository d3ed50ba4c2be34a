// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.decisions;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * What people decided, as the topic tells it. Thread-safe, and bounded: of all creatives together
 * it keeps {@link #MOST} decisions; the creatives of which nothing was decided for longest give
 * way.
 */
public final class DecisionLog {
    /** How many decisions are kept in memory. */
    public static final int MOST = 100_000;

    static final int NEWEST = 200;

    private record Key(String model, String creative) {}

    private final int most;
    private final Map<Key, Trail> trails = new LinkedHashMap<>();
    private final Deque<Decision> newest = new ArrayDeque<>();
    private final PriorityQueue<Long> ends = new PriorityQueue<>();
    private int size;
    private long revision;

    /** An empty log. */
    public DecisionLog() {
        this(MOST);
    }

    DecisionLog(int most) {
        this.most = most;
    }

    /** Takes one in that was read from the topic; tells whether it was news. */
    public synchronized boolean accept(Decision decision) {
        Key key = new Key(decision.model(), decision.creative());
        Trail trail = Optional.ofNullable(trails.remove(key)).orElseGet(Trail::new);
        trails.put(key, trail);
        int before = trail.size();
        if (!trail.add(decision)) {
            return false;
        }
        size += trail.size() - before;
        newest.addFirst(decision);
        if (newest.size() > NEWEST) {
            newest.removeLast();
        }
        decision.until().ifPresent(ends::add);
        revision++;
        forget();
        notifyAll();
        return true;
    }

    private void forget() {
        for (Iterator<Trail> eldest = trails.values().iterator(); size > most; ) {
            size -= eldest.next().size();
            eldest.remove();
        }
        while (ends.size() > most) {
            ends.poll();
        }
    }

    /** What holds of a creative's spell at a moment. */
    public synchronized Standing standing(String model, String creative, int spell, Instant now) {
        Trail trail = trails.get(new Key(model, creative));
        return trail == null ? Standing.NONE : trail.standing(spell, now.toEpochMilli());
    }

    /** A decision of a creative, if it is known. */
    synchronized Optional<Decision> find(String model, String creative, String id) {
        return Optional.ofNullable(trails.get(new Key(model, creative)))
                .flatMap(trail -> trail.find(id));
    }

    /** Whether a decision of a creative was taken back. */
    public synchronized boolean isUndone(Decision decision) {
        Trail trail = trails.get(new Key(decision.model(), decision.creative()));
        return trail != null && trail.isUndone(decision.id());
    }

    /** The decisions of a creative, the newest first. */
    public synchronized List<Decision> of(String model, String creative) {
        return Optional.ofNullable(trails.get(new Key(model, creative)))
                .map(Trail::newestFirst)
                .orElse(List.of());
    }

    /** The newest decisions of all creatives, the newest first. */
    public synchronized List<Decision> newest() {
        return Collections.unmodifiableList(new ArrayList<>(newest));
    }

    /** Grows with each decision, and with each snooze that ends. */
    public synchronized long revision(Instant now) {
        while (!ends.isEmpty() && ends.peek() <= now.toEpochMilli()) {
            ends.poll();
            revision++;
        }
        return revision;
    }

    /**
     * Waits until a decision that was written is read back.
     *
     * @return whether it was within that time
     */
    synchronized boolean awaits(Decision decision, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (find(decision.model(), decision.creative(), decision.id()).isEmpty()) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }
}
