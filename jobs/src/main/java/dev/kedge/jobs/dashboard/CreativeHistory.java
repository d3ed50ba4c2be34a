// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.dashboard;

import dev.kedge.operators.creative.CreativeScore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The newest score of one creative and the little that is kept of earlier ones. Not thread-safe:
 * its owner holds the lock. Two kilobytes at most beside the score.
 */
final class CreativeHistory {
    static final int MAX_POINTS = 120;
    static final int MAX_ACTIONS = 50;

    private CreativeScore newest;
    private final Series clickThrough = new Series(MAX_POINTS);
    private final Deque<CreativeView.Step> actions = new ArrayDeque<>(2);

    CreativeHistory(CreativeScore first) {
        this.newest = first;
        remember(first);
    }

    CreativeScore newest() {
        return newest;
    }

    /** Takes a score in, or leaves everything as it is if the score is not newer. */
    boolean accept(CreativeScore score) {
        if (!follows(score)) {
            return false;
        }
        newest = score;
        remember(score);
        return true;
    }

    CreativeView view() {
        return new CreativeView(newest, clickThrough.points(), new ArrayList<>(actions));
    }

    /** One moment can bring several scores; their causes then tell the order. */
    private boolean follows(CreativeScore score) {
        if (score.at() != newest.at()) {
            return score.at() > newest.at();
        }
        if (score.spell() != newest.spell()) {
            return score.spell() > newest.spell();
        }
        return rank(score.cause()) > rank(newest.cause());
    }

    private static int rank(CreativeScore.Cause cause) {
        return switch (cause) {
            case LAUNCH, REACTIVATION -> 0;
            case INTERVAL -> 1;
            case STATISTICS -> 2;
            case DISCONTINUATION -> 3;
        };
    }

    private void remember(CreativeScore score) {
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
