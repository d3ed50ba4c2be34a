// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.jobs.ads.decisions.Decision;
import dev.kedge.jobs.ads.decisions.DecisionDesk;
import dev.kedge.jobs.ads.decisions.Standing;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import java.util.Optional;
import java.util.Set;

/**
 * Which creatives to list by what people decided of them. Unless it is asked for, a creative that a
 * person has dealt with is not among those that are to be stopped or refreshed.
 */
enum Decided {
    /** A person stops it, or has. */
    STOP,
    /** A person keeps it. */
    KEEP,
    /** It is looked at again later. */
    SNOOZE,
    /** There are notes. */
    NOTE,
    /** A person has dealt with it. */
    ANY,
    /** Nobody has. */
    NONE;

    private static final Set<Action> TO_DO = Set.of(Action.STOP, Action.REFRESH);

    boolean admits(Standing standing) {
        return switch (this) {
            case STOP -> is(standing, Decision.Kind.STOP);
            case KEEP -> is(standing, Decision.Kind.KEEP);
            case SNOOZE -> is(standing, Decision.Kind.SNOOZE);
            case NOTE -> standing.notes() > 0;
            case ANY -> standing.settled();
            case NONE -> !standing.settled();
        };
    }

    private static boolean is(Standing standing, Decision.Kind kind) {
        return standing.decision().map(one -> one.kind() == kind).orElse(false);
    }

    /**
     * Which creatives a ranking admits.
     *
     * @param desk knows what was decided, where anything is
     * @param wanted what was asked for
     */
    static Lens lens(Ranking ranking, Optional<DecisionDesk> desk, Optional<Decided> wanted) {
        if (desk.isEmpty()) {
            return Lens.CLEAR;
        }
        boolean toDo = ranking.filter().actions().stream().anyMatch(TO_DO::contains);
        boolean urgent = ranking.sort() == Ranking.Sort.URGENCY;
        return new Lens(
                score -> admits(score, desk.get(), wanted, toDo),
                score -> urgent && desk.get().standing(score).settled());
    }

    private static boolean admits(
            CreativeScore score, DecisionDesk desk, Optional<Decided> wanted, boolean toDo) {
        if (wanted.isPresent()) {
            return wanted.get().admits(desk.standing(score));
        }
        return !toDo || !TO_DO.contains(score.action()) || !desk.standing(score).settled();
    }
}
