// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Matrix products: the only door to ND4J. */
package dev.kedge.operators.math;
