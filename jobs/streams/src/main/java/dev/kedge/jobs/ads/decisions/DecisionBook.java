// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.decisions;

/** Where decisions are kept for good. */
public interface DecisionBook extends AutoCloseable {
    /** Whether all that was decided before has been read. */
    boolean loaded();

    /**
     * Writes a decision.
     *
     * @throws DecisionLostException in one line if it is not certain that it was written
     */
    void append(Decision decision);

    @Override
    void close();
}
