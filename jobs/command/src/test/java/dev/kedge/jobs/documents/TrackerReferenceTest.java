// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import dev.kedge.jobs.tracker.TrackerKind;

/** The fields of tracking. */
class TrackerReferenceTest extends JobReferenceContract {
    TrackerReferenceTest() {
        super(new TrackerKind(), path -> !shared(path));
    }
}
