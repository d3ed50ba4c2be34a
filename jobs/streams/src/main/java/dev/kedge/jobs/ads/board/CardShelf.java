// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The cards of a board, as many as its bounds allow: the one that was put there first leaves first.
 * Safe for use by several threads.
 */
public final class CardShelf {
    /**
     * How much a shelf holds.
     *
     * @param creatives most cards; 0 for none
     * @param bytes most bytes of all cards together
     */
    public record Bounds(int creatives, long bytes) {
        /** Two thousand cards of 32 MiB. */
        public static final Bounds DEFAULT = new Bounds(2000, 32L << 20);
    }

    private final Bounds bounds;
    private final Map<ScoreBoard.Key, CreativeCard> cards = new LinkedHashMap<>();
    private final Set<ScoreBoard.Key> changed = new LinkedHashSet<>();
    private boolean noting;
    private long bytes;

    /** An empty shelf. */
    CardShelf(Bounds bounds) {
        this.bounds = bounds;
    }

    /** Whether it holds anything at all. */
    public boolean isWanted() {
        return bounds.creatives() > 0 && bounds.bytes() > 0;
    }

    /** Puts a card there, unless a later launch of the creative is there already. */
    public synchronized void put(String model, String creative, CreativeCard card) {
        ScoreBoard.Key key = new ScoreBoard.Key(model, creative);
        CreativeCard known = cards.get(key);
        if (!isWanted() || card.isEmpty() || (known != null && known.at() >= card.at())) {
            return;
        }
        remove(key);
        restore(key, card);
        note(key);
    }

    /** The card of a creative, if it is there. */
    public synchronized Optional<CreativeCard> find(String model, String creative) {
        return Optional.ofNullable(cards.get(new ScoreBoard.Key(model, creative)));
    }

    /** From now on notes what changes, for {@link #keep}. */
    synchronized void noteChanges() {
        noting = true;
    }

    /** Puts back a card that was kept, as the youngest. */
    synchronized void restore(ScoreBoard.Key key, CreativeCard card) {
        cards.put(key, card);
        bytes += card.bytes();
        Iterator<Map.Entry<ScoreBoard.Key, CreativeCard>> eldest = cards.entrySet().iterator();
        while (cards.size() > bounds.creatives() || bytes > bounds.bytes()) {
            Map.Entry<ScoreBoard.Key, CreativeCard> gone = eldest.next();
            bytes -= gone.getValue().bytes();
            eldest.remove();
            note(gone.getKey());
        }
    }

    /** Shows what changed since {@link #kept}: an empty card is there no more. */
    synchronized void keep(BiConsumer<ScoreBoard.Key, Optional<CreativeCard>> keeper) {
        changed.forEach(key -> keeper.accept(key, Optional.ofNullable(cards.get(key))));
    }

    /** All that changed is kept. */
    synchronized void kept() {
        changed.clear();
    }

    private void note(ScoreBoard.Key key) {
        if (noting) {
            changed.add(key);
        }
    }

    private void remove(ScoreBoard.Key key) {
        CreativeCard known = cards.remove(key);
        if (known != null) {
            bytes -= known.bytes();
        }
    }
}
