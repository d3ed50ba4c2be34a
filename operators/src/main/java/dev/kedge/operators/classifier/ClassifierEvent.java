// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.state.api.PublicApi;

/** What a classifier hears of. */
@PublicApi
public sealed interface ClassifierEvent permits Sample, Label {
    /** Which model it is for. */
    String model();

    /** Which sample it speaks of. */
    String id();

    /** When it happened, epoch milliseconds. */
    long at();
}
