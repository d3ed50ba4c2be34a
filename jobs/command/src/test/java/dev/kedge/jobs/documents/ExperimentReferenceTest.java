// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings;

class ExperimentReferenceTest extends FieldReferenceContract {
    ExperimentReferenceTest() {
        super(
                "docs/experiments.md",
                ExperimentSettings.DEFAULT,
                ExperimentSettings.class,
                path -> true);
    }

    @Override
    Object parse(String yaml, String source) {
        return StrictYaml.parse(yaml, ExperimentSettings.DEFAULT, ExperimentSettings.class, source);
    }
}
