// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Steps of learning made together, beside steps made one by one. */
package dev.kedge.tests.bench.grouped;
