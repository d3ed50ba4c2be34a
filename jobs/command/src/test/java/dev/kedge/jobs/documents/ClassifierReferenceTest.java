// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import dev.kedge.jobs.classifier.ClassifierKind;

/** The fields of continual classification. */
class ClassifierReferenceTest extends JobReferenceContract {
    ClassifierReferenceTest() {
        super(new ClassifierKind(), path -> !shared(path));
    }
}
