// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/** Keeps only the newest of what a board holds. */
public final class Newest {
    private Newest() {}

    /** Removes what was put first, in a map that keeps that order, until few enough are left. */
    public static <K, V> void keep(Map<K, V> map, int most) {
        Iterator<K> eldest = map.keySet().iterator();
        while (map.size() > most) {
            eldest.next();
            eldest.remove();
        }
    }

    /** Adds one to a history; of too many, the first leaves. */
    public static <T> void add(Deque<T> history, T one, int most) {
        history.addLast(one);
        if (history.size() > most) {
            history.removeFirst();
        }
    }
}
