// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Where models compute: the choice between ND4J's backends, made before ND4J is loaded. */
package dev.kedge.operators.math.device;
