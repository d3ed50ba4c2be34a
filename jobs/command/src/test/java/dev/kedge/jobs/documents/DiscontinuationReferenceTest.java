// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import dev.kedge.jobs.ads.DiscontinuationKind;

/** The fields of ad discontinuation. */
class DiscontinuationReferenceTest extends JobReferenceContract {
    DiscontinuationReferenceTest() {
        super(new DiscontinuationKind(), path -> !shared(path));
    }
}
