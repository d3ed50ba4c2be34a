// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** The one learner, its objectives and its optimisers. */
package dev.kedge.operators.learner;
