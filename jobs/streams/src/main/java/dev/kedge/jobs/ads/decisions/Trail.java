// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.decisions;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The decisions of one creative, in the order of the topic. Not thread-safe. */
final class Trail {
    /** More of one creative are not kept: the oldest give way. */
    static final int MOST = 200;

    private final Deque<Decision> decisions = new ArrayDeque<>(2);
    private final Set<String> undone = new HashSet<>(2);

    /** Takes one in; tells whether it was news. */
    boolean add(Decision decision) {
        if (find(decision.id()).isPresent()) {
            return false;
        }
        decisions.addLast(decision);
        if (decision.kind() == Decision.Kind.UNDO) {
            undone.add(decision.undoes());
        }
        if (decisions.size() > MOST) {
            undone.remove(decisions.removeFirst().id());
        }
        return true;
    }

    int size() {
        return decisions.size();
    }

    Optional<Decision> find(String id) {
        return decisions.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    boolean isUndone(String id) {
        return undone.contains(id);
    }

    /** What holds of a spell at a moment: the newest decision replaces those before it. */
    Standing standing(int spell, long now) {
        Optional<Decision> newest = Optional.empty();
        int notes = 0;
        for (Iterator<Decision> back = decisions.descendingIterator(); back.hasNext(); ) {
            Decision one = back.next();
            if (undone.contains(one.id())) {
                continue;
            }
            notes += one.kind() == Decision.Kind.NOTE ? 1 : 0;
            if (newest.isEmpty() && one.kind().settles()) {
                newest = Optional.of(one);
            }
        }
        return new Standing(newest.filter(one -> holds(one, spell, now)), notes);
    }

    private static boolean holds(Decision one, int spell, long now) {
        return one.seen().spell() == spell && one.until().map(until -> until > now).orElse(true);
    }

    /** The newest first. */
    List<Decision> newestFirst() {
        List<Decision> all = new ArrayList<>(decisions);
        Collections.reverse(all);
        return all;
    }
}
