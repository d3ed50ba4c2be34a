// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * The tracker as a live model in a stream: frames in event-time order, each tracked the moment its
 * turn comes and learned from once. What is tracked and learned with is in {@link
 * dev.kedge.operators.tracker.ctvis}.
 */
package dev.kedge.operators.tracker;
