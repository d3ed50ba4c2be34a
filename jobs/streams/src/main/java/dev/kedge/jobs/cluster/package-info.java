// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** A job on a Flink cluster of the user's own: its main class, and what that asks of Flink. */
package dev.kedge.jobs.cluster;
