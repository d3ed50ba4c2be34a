// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Flink's metrics of a job, for Prometheus. */
package dev.kedge.jobs.metrics;
