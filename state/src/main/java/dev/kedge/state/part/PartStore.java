// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.part;

import dev.kedge.state.api.PublicApi;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one key remembers between two lives of its live model: named byte strings, each written and
 * read on its own, so that a checkpoint carries only what changed. Names sort by their characters;
 * a slash makes a family, as in {@code ledger/c42}.
 */
@PublicApi
public interface PartStore {
    /** Reads one part. */
    Optional<byte[]> get(String name);

    /** Writes one part. */
    void put(String name, byte[] bytes);

    /** Forgets one part, if it is there. */
    void remove(String name);

    /**
     * All parts whose names begin with {@code prefix}, sorted by name, read in one go; not to be
     * changed.
     *
     * @param prefix nothing for all parts, or a beginning that ends with a slash
     */
    SortedMap<String, byte[]> parts(String prefix);

    /**
     * Whether a model that is read from this store is also flushed to it, and may read from it
     * whenever it takes an event, a command or a flush: then it need not have read all of it
     * before.
     */
    default boolean staysReadable() {
        return false;
    }

    /** Names of all parts that begin with {@code prefix}, sorted; stays as it is. */
    default SortedSet<String> names(String prefix) {
        return new TreeSet<>(parts(prefix).keySet());
    }
}
