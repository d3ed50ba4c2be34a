// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The topics of a job: those it reads are its own, those it writes and its control are shared. */
public interface JobTopics {
    /** What Kafka lets a topic be called. */
    String NAME = "[a-zA-Z0-9._-]{1,249}";

    /** The same in words. */
    String ALLOWED = "a Kafka topic name";

    /** What the reference pages say of {@link #metrics}. */
    String METRICS_MEANING = "How well the models do.";

    /** What they say of {@link #deadLetters}. */
    String DEAD_LETTERS_MEANING = "What could not be used.";

    /** What they say of {@link #control}. */
    String CONTROL_MEANING =
            "Commands to the models while they run; must have one partition, because their order counts.";

    /** Those that it reads, without {@link #control}. */
    List<String> inputs();

    /** What Kedge says. */
    String scores();

    /** How well the models do. */
    String metrics();

    /** What could not be used. */
    String deadLetters();

    /** Commands to the models; of one partition, because their order counts. */
    String control();

    /** Those that are read back from their beginning, and must keep every record. */
    default Stream<String> kept() {
        return Stream.empty();
    }

    /** All but {@link #control}. */
    default List<String> data() {
        List<String> data = new ArrayList<>(inputs());
        data.addAll(List.of(scores(), metrics(), deadLetters()));
        return data;
    }
}
