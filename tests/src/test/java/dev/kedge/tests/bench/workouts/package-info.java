// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** The learners that benchmarks work out, each with records that it learns from. */
package dev.kedge.tests.bench.workouts;
