// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** What a job has to bring so that the {@code kedge} command can run it from a file. */
package dev.kedge.jobs.kind;
