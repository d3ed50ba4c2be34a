// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps all that a live model says.
 *
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
public class Heard<S, M> implements Outlet<S, M> {
    /** Scores, in their order. */
    public final List<S> scores = new ArrayList<>();

    /** Metrics, in their order. */
    public final List<M> metrics = new ArrayList<>();

    /** Refused records, in their order. */
    public final List<DeadLetter> refused = new ArrayList<>();

    @Override
    public void score(S score) {
        scores.add(score);
    }

    @Override
    public void metrics(M one) {
        metrics.add(one);
    }

    @Override
    public void reject(DeadLetter letter) {
        refused.add(letter);
    }
}
