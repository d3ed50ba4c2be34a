// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Benchmarks that a person runs: {@code ./kedge bench}. */
package dev.kedge.tests.bench;
