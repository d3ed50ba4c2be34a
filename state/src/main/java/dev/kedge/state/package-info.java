// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Room "state" of the tower. */
package dev.kedge.state;
