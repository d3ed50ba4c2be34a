// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import java.util.List;

/** What came out of one run: a row of a table. */
public interface Outcome {
    /** What the run differs in from others, its seed left out: cells of the table. */
    List<String> labels();

    /** The run's seed. */
    long seed();
}
