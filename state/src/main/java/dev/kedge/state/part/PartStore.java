// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.part;

import java.util.Optional;
import java.util.SortedSet;

/**
 * What one key remembers between two lives of its live model: named byte strings, each written and
 * read on its own, so that a checkpoint carries only what changed. Names sort by their characters;
 * a slash makes a family, as in {@code ledger/c42}.
 */
public interface PartStore {
    /** Reads one part. */
    Optional<byte[]> get(String name);

    /** Writes one part. */
    void put(String name, byte[] bytes);

    /** Forgets one part, if it is there. */
    void remove(String name);

    /** Names of all parts that begin with {@code prefix}, sorted. */
    SortedSet<String> names(String prefix);
}
