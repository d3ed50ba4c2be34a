// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

/**
 * What can be set of a learner while it runs: its rate, and weights of named terms. Immutable.
 *
 * @param <L> the type itself
 */
public interface Tunable<L extends Tunable<L>> {
    /** The same at another rate; not a number for the configured one. */
    L withRate(double rate);

    /**
     * The same with another weight of a term; not a number for the configured one. The same where
     * the term is not known.
     */
    L withWeight(String term, double weight);
}
