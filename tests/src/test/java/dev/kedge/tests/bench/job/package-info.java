// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Whole jobs over a broker, each in a process of its own: {@code ./kedge bench job}. */
package dev.kedge.tests.bench.job;
