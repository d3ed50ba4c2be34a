// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import dev.kedge.operators.creative.CreativeScore;
import dev.kedge.operators.creative.ModelMetrics;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what passes on its way to another listener. */
public final class CountingListener implements OutputFeed.Listener {
    private final OutputFeed.Listener next;
    private final AtomicLong scores = new AtomicLong();
    private final AtomicLong deadLetters = new AtomicLong();

    /** Counts before {@code next} hears. */
    public CountingListener(OutputFeed.Listener next) {
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
    public void score(CreativeScore score) {
        scores.incrementAndGet();
        next.score(score);
    }

    @Override
    public void metrics(ModelMetrics metrics) {
        next.metrics(metrics);
    }

    @Override
    public void deadLetter(String reason) {
        deadLetters.incrementAndGet();
        next.deadLetter(reason);
    }
}
