// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** Calibration of probabilities on a stream: forecasts are judged first and learned from then. */
package dev.kedge.operators.ads.calibration;
