// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what passes on its way to another listener.
 *
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
public final class CountingListener<S, M> implements OutputFeed.Listener<S, M> {
    private final OutputFeed.Listener<S, M> next;
    private final AtomicLong scores = new AtomicLong();
    private final AtomicLong deadLetters = new AtomicLong();

    /** Counts before {@code next} hears. */
    public CountingListener(OutputFeed.Listener<S, M> next) {
        this.next = next;
    }

    /** Scores so far. */
    public long scores() {
        return scores.get();
    }

    /** Dead letters so far. */
    public long deadLetters() {
        return deadLetters.get();
    }

    @Override
    public void score(S score) {
        scores.incrementAndGet();
        next.score(score);
    }

    @Override
    public void metrics(M metrics) {
        next.metrics(metrics);
    }

    @Override
    public void deadLetter(String reason) {
        deadLetters.incrementAndGet();
        next.deadLetter(reason);
    }
}
