// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** The demo: broker, Flink, market, job and dashboard in one process. */
package dev.kedge.jobs.command.demo;
