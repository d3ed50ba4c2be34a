// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import dev.kedge.operators.flink.SideOutput;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModels;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;

/**
 * A learner with a stream to learn from.
 *
 * @param models the learner
 * @param events the stream
 * @param key the key of an event
 * @param scores type of the scores
 * @param metrics type of the metrics
 * @param told a score, with all of its numbers, as a text that begins with its key
 * @param further answers of further kinds
 */
record Rehearsed<E, S, M>(
        LiveModels<E, S, M> models,
        List<Incoming<E>> events,
        KeySelector<Incoming<E>, String> key,
        TypeInformation<S> scores,
        TypeInformation<M> metrics,
        Function<S, Told> told,
        List<Further<?>> further) {

    /** A learner that has nothing but scores to say. */
    Rehearsed(
            LiveModels<E, S, M> models,
            List<Incoming<E>> events,
            KeySelector<Incoming<E>, String> key,
            TypeInformation<S> scores,
            TypeInformation<M> metrics,
            Function<S, Told> told) {
        this(models, events, key, scores, metrics, told, List.of());
    }

    /**
     * Answers of a further kind.
     *
     * @param output where they leave
     * @param told one of them in words
     */
    record Further<T>(SideOutput<T> output, Function<T, Told> told) {}

    /**
     * A score in words.
     *
     * @param key the model that gave it
     * @param words all of it
     */
    record Told(String key, String words) {}
}
