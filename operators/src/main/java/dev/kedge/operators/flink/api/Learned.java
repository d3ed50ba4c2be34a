// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink.api;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * What comes out of {@link Learning}: each event is in the scores of its model or among the refused
 * ones.
 *
 * @param scores what the models say; side outputs that were asked for are read from it
 * @param metrics how well the models do, judged by what they said before they learned
 * @param refused events that could not be used, with the reason
 * @param <E> type of the events
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
public record Learned<E, S, M>(
        SingleOutputStreamOperator<S> scores,
        DataStream<M> metrics,
        DataStream<Refused<E>> refused) {}
