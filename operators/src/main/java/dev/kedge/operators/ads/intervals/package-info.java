// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * Between which days a creative stops: predictive intervals that hold as often as they say, by
 * online conformal calibration of the hazards' own quantiles.
 */
package dev.kedge.operators.ads.intervals;
