// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Randomness that is part of the state. */
package dev.kedge.state.random;
