// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** How well survival is predicted: ranking, discrimination, error and calibration. */
package dev.kedge.operators.ads.metrics;
