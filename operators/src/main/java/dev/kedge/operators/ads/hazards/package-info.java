// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** Discrete hazards of cut-out and wear-out: intervals, heads, losses and their gradients. */
package dev.kedge.operators.ads.hazards;
