// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** What is measured of a learner whose tasks come one after another. */
package dev.kedge.operators.metrics;
