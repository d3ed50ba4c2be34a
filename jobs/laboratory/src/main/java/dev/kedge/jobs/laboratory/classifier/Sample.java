// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

/**
 * A labelled input.
 *
 * @param input its bytes, as the learner takes them; not copied
 * @param label name of its class
 * @param task name of the task that the data put it in; empty if they name none
 */
record Sample(byte[] input, String label, String task) {
    /** A sample of data that name no tasks. */
    Sample(byte[] input, String label) {
        this(input, label, "");
    }
}
