// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Figures of benchmarks, and the files that they go to. */
package dev.kedge.tests.bench.report;
