// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * Holistic proxy-based contrastive replay and the methods that it is compared with: losses with
 * closed-form gradients in double precision, and the objectives that put them on a learner.
 */
package dev.kedge.operators.classifier.hpcr;
