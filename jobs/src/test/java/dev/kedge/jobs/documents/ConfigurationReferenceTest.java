// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import dev.kedge.jobs.config.JobSettings;

class ConfigurationReferenceTest extends FieldReferenceContract<JobSettings> {
    ConfigurationReferenceTest() {
        super(
                "docs/configuration.md",
                "/configuration-descriptions.properties",
                JobSettings.DEFAULT,
                JobSettings.class);
    }
}
