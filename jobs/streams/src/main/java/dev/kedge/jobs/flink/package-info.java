// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Running a job on Flink: configuration, embedded cluster, resuming. */
package dev.kedge.jobs.flink;
