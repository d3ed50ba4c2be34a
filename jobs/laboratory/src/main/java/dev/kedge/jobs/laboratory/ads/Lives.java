// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import dev.kedge.jobs.laboratory.Figure;
import dev.kedge.jobs.laboratory.Sweep;
import java.util.List;

/** Lives of one kind that are learned from, and who is judged on them. */
interface Lives {
    /** The figures of each result. */
    List<Figure<Result>> figures();

    /** Everything that is run. */
    List<Sweep.Part<Result>> parts();
}
