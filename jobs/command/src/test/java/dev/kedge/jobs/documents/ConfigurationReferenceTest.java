// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.kind.JobKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The fields that all jobs share. */
class ConfigurationReferenceTest extends JobReferenceContract {
    ConfigurationReferenceTest() {
        super(Jobs.kinds().get(0), JobReferenceContract::shared);
    }

    @Test
    void allJobsShareThemWithTheirDefaults() {
        for (JobKind<?> kind : Jobs.kinds()) {
            assertThat(fields(kind)).as(kind.word()).isEqualTo(fields(Jobs.kinds().get(0)));
        }
    }

    private static List<ConfigurationTable.Field> fields(JobKind<?> kind) {
        return new ConfigurationTable(kind.type(), kind.defaults())
                .only(JobReferenceContract::shared)
                .fields();
    }
}
