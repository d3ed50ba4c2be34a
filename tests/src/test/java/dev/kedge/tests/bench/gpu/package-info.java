// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Learners on the CPU and on a card, side by side. */
package dev.kedge.tests.bench.gpu;
