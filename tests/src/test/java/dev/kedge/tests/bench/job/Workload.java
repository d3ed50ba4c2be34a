// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import java.util.Iterator;
import java.util.List;

/** What a job is given to do: how it is set up, and an endless stream of sound events. */
interface Workload {
    /** What a job file says under {@code job}. */
    String kind();

    /** Names of its topics of events in a job file; all are the one topic that is written. */
    List<String> inputs();

    /** What its job file says of the learner. */
    String learner();

    /** The events, each answered by a score of its {@link PlannedEvent#id}. */
    Iterator<PlannedEvent> events();

    /** The id of a score. */
    long id(byte[] key, byte[] value);

    /** Its learner without an engine. */
    BareLearner<?, ?, ?> bare();
}
