// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink.api;

import dev.kedge.operators.stream.DeadLetter;

/**
 * An event that a model could not use.
 *
 * @param event the event as it came
 * @param reason what kind of refusal
 * @param message what exactly is wrong, with field, value and what is allowed
 * @param <E> type of the events
 */
public record Refused<E>(E event, DeadLetter.Reason reason, String message) {}
