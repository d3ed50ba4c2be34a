// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import dev.kedge.jobs.experiment.ExperimentSettings;

class ExperimentReferenceTest extends FieldReferenceContract<ExperimentSettings> {
    ExperimentReferenceTest() {
        super(
                "docs/experiments.md",
                "/experiment-descriptions.properties",
                ExperimentSettings.DEFAULT,
                ExperimentSettings.class);
    }
}
