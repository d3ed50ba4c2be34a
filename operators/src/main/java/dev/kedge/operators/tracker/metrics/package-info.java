// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** How well instances keep their numbers: identity, CLEAR and HOTA figures. */
package dev.kedge.operators.tracker.metrics;
