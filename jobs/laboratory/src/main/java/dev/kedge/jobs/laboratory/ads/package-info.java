// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * How well hazards are learned in a single pass, beside batch learners, and what each part adds.
 */
package dev.kedge.jobs.laboratory.ads;
