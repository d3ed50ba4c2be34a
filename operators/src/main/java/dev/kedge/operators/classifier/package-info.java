// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * A continual classifier in a stream: what comes in and goes out, the join of samples with labels
 * that come later, and the judgement of what was said. What learns is in {@code operators.hpcr}.
 */
package dev.kedge.operators.classifier;
