// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** A learner's numbers: one flat vector with named views. */
package dev.kedge.state.parameters;
