// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** What people do with jobs on a Flink cluster: submit, look at, stop, rescale and upgrade them. */
package dev.kedge.jobs.command.submit;
