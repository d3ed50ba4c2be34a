// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.config.StrictYaml;

/** Reads what a workload's job file says of its learner. */
final class JobYaml {
    private JobYaml() {}

    static <S extends Record & JobSettings> S read(Workload workload, S defaults, Class<S> type) {
        return StrictYaml.parse(workload.learner(), defaults, type, workload.kind());
    }
}
