// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * Ad-creative discontinuation: discrete hazards of cut-out and wear-out, learned in one pass
 * (Kitada et al. 2022).
 */
package dev.kedge.operators.ads;
