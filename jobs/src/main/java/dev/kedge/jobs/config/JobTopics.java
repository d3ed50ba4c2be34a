// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.config;

import java.util.ArrayList;
import java.util.List;

/** The topics of a job: those it reads are its own, those it writes and its control are shared. */
public interface JobTopics {
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

    /** All but {@link #control}. */
    default List<String> data() {
        List<String> data = new ArrayList<>(inputs());
        data.addAll(List.of(scores(), metrics(), deadLetters()));
        return data;
    }

    /**
     * Checks the names that all jobs have; a record of topics calls it before there is one.
     *
     * @throws IllegalArgumentException if Kafka would refuse one, in one line that names the field
     */
    static void checkShared(String scores, String metrics, String deadLetters, String control) {
        check("topics.scores", scores);
        check("topics.metrics", metrics);
        check("topics.dead-letters", deadLetters);
        check("topics.control", control);
    }

    /**
     * Checks a name.
     *
     * @throws IllegalArgumentException if Kafka would refuse it, in one line that names the field
     */
    static void check(String field, String name) {
        if (!name.matches("[a-zA-Z0-9._-]{1,249}")) {
            throw new IllegalArgumentException(
                    field + ": " + name + " is not allowed; it must be a Kafka topic name");
        }
    }
}
