// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import java.util.Set;

/** Sorts the parts of a model into families by their names. */
final class PartFamily {
    /** What these keep is named by us, so that there are few names; elsewhere users name parts. */
    private static final Set<String> TOLD_APART = Set.of("learner", "memory", "replay", "teacher");

    private PartFamily() {}

    /**
     * The name up to its first slash, as {@code ledger} for {@code ledger/c42}; what learners and
     * memories keep is told apart, as {@code learner/slot} for {@code learner/slot/0}.
     */
    static String of(String part) {
        String first = upToSlash(part, 0);
        return TOLD_APART.contains(first) ? upToSlash(part, first.length() + 1) : first;
    }

    private static String upToSlash(String part, int from) {
        int slash = part.indexOf('/', from);
        return slash < 0 ? part : part.substring(0, slash);
    }
}
