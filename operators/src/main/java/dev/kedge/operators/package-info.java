// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Room "operators" of the tower. */
package dev.kedge.operators;
