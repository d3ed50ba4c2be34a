// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

/**
 * A record that is ready to be sent.
 *
 * @param key of its topic: the model
 * @param value the event, as the job reads it
 * @param id of the score that answers it; see {@link ScoreId}
 */
record PlannedEvent(byte[] key, byte[] value, long id) {}
