// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

/**
 * A labelled input.
 *
 * @param input its bytes, as the learner takes them; not copied
 * @param label name of its class
 */
record Sample(byte[] input, String label) {}
