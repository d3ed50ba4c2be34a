// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.survival;

import java.util.List;
import java.util.function.Consumer;

/** One kind of experiment. */
interface Study {
    /** Names of the figures of each result. */
    List<String> figures();

    /** Everything, seed by seed. */
    void run(Consumer<Result> out);
}
