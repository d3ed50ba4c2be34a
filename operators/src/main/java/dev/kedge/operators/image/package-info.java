// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Images as arrays of bytes. */
package dev.kedge.operators.image;
