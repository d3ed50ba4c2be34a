// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.operators.ads.creative.CreativeScore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The newest score of one creative and the little that is kept of earlier ones. Not thread-safe:
 * its owner holds the lock. Four kilobytes at most beside the score.
 */
final class CreativeHistory {
    static final int MAX_POINTS = 120;
    static final int MAX_ACTIONS = 50;

    private CreativeScore newest;
    private final Series clickThrough;
    private final Series probability;
    private final Deque<CreativeView.Step> actions;

    /**
     * What is known after the first score.
     *
     * @param horizon days within which a stop counts as the creative's risk
     */
    CreativeHistory(CreativeScore first, double horizon) {
        this(first, new Series(MAX_POINTS), new Series(MAX_POINTS), List.of());
        remember(first, horizon);
    }

    /** What was known before. */
    CreativeHistory(
            CreativeScore newest,
            Series clickThrough,
            Series probability,
            List<CreativeView.Step> actions) {
        this.newest = newest;
        this.clickThrough = clickThrough;
        this.probability = probability;
        this.actions = new ArrayDeque<>(Math.max(2, actions.size()));
        this.actions.addAll(actions);
    }

    CreativeScore newest() {
        return newest;
    }

    /** Takes a score in, or leaves everything as it is if the score is not newer. */
    boolean accept(CreativeScore score, double horizon) {
        if (!follows(score)) {
            return false;
        }
        newest = score.explainedBy(newest);
        remember(score, horizon);
        return true;
    }

    CreativeView view() {
        return new CreativeView(
                newest, clickThrough.points(), probability.points(), new ArrayList<>(actions));
    }

    Series clickThrough() {
        return clickThrough;
    }

    Series probability() {
        return probability;
    }

    List<CreativeView.Step> actions() {
        return List.copyOf(actions);
    }

    /** One moment can bring several scores; their causes then tell the order. */
    private boolean follows(CreativeScore score) {
        if (score.at() != newest.at()) {
            return score.at() > newest.at();
        }
        if (score.spell() != newest.spell()) {
            return score.spell() > newest.spell();
        }
        return score.cause().order() > newest.cause().order();
    }

    private void remember(CreativeScore score, double horizon) {
        if (!score.action().isFinal()) {
            probability.add(score.at(), (float) Chances.within(score, horizon));
        }
        boolean reported = score.cause() == CreativeScore.Cause.STATISTICS;
        if (reported && score.latest().impressions() > 0) {
            clickThrough.add(score.at(), (float) score.latest().clickThroughRate());
        }
        List<CreativeView.Step> known = List.copyOf(actions);
        if (known.isEmpty() || known.get(known.size() - 1).action() != score.action()) {
            if (known.size() == MAX_ACTIONS) {
                actions.removeFirst();
            }
            actions.addLast(new CreativeView.Step(score.at(), score.action()));
        }
    }
}
