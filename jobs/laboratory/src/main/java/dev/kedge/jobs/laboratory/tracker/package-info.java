// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** How well tracking models keep instances apart, and what each of their parts adds. */
package dev.kedge.jobs.laboratory.tracker;
