// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * Discrete-time survival of ad creatives: the likelihood of person-periods, the two-term loss, the
 * curves that follow from hazards. Plain Java in double precision; matrices are row-major.
 */
package dev.kedge.operators.survival;
