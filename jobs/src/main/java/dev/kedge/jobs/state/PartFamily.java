// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

/** Sorts the parts of a model into families by their names. */
final class PartFamily {
    private static final String LEARNER = "learner/";

    private PartFamily() {}

    /**
     * The name up to its first slash, as {@code ledger} for {@code ledger/c42}; what a learner
     * keeps is told apart, as {@code learner/slot} for {@code learner/slot/0}.
     */
    static String of(String part) {
        int from = part.startsWith(LEARNER) ? LEARNER.length() : 0;
        int slash = part.indexOf('/', from);
        return slash < 0 ? part : part.substring(0, slash);
    }
}
