// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.kind.JobKind;
import java.util.Set;
import java.util.function.Predicate;

/** A table of the reference of job files. */
abstract class JobReferenceContract extends FieldReferenceContract {
    private static final Set<String> SHARED =
            Set.of(
                    "kafka",
                    "delivery",
                    "checkpoints",
                    "restarts",
                    "parallelism",
                    "cache",
                    "device",
                    "device-change",
                    "expire-after",
                    "grouping",
                    "dashboard");

    JobReferenceContract(JobKind<?> kind, Predicate<String> paths) {
        super("docs/configuration.md", kind.defaults(), kind.type(), paths);
    }

    /** Whether all jobs have a field, with the same default. */
    static boolean shared(String path) {
        return SHARED.contains(path.replaceFirst("\\..*", ""));
    }

    @Override
    Object parse(String yaml, String source) {
        return Jobs.parse(yaml, source).settings();
    }
}
