// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/**
 * What to do with a creative, given what is expected of it and what mistakes cost, and what a
 * policy would have done to the past.
 */
package dev.kedge.operators.ads.policy;
