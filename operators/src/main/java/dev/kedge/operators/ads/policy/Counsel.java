// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.policy;

import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.policy.Policy.Decision;
import dev.kedge.operators.ads.policy.Policy.Situation;
import dev.kedge.state.ads.AdviceNote;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/**
 * Gives advice, one creative at a time, with the last advice in mind: it is held for a while, taken
 * back later than it was given, and stops are held to their budget. Who was charged once is not
 * charged again in that spell. The live job and {@link WhatIf} advise with this class.
 */
public final class Counsel {
    private final Policy policy;
    private final StopBudget budget = new StopBudget();

    /** By a policy. */
    public Counsel(Policy policy) {
        this.policy = policy;
    }

    /**
     * Advises, and notes it.
     *
     * @param note what was advised so far; changed
     * @param at event time, epoch milliseconds
     * @param spend what the creative spent in its spell so far
     */
    public Decision advise(AdviceNote note, long at, Situation now, double spend) {
        AdviceTally.note(note, policy, now, at, spend);
        Action last = note.last().isEmpty() ? Action.UNKNOWN : Action.valueOf(note.last());
        Decision decision = policy.decide(now, last);
        boolean held =
                last != Action.UNKNOWN
                        && decision.action() != last
                        && at - note.since() < policy.steadiness().hold().toMillis();
        if (held) {
            decision = decision.held(last);
        }
        long since = at;
        if (decision.stops() && !note.stops()) {
            if (budget.charge(policy.costs(), at, decision.stopCost())) {
                note.stop(at, spend);
            } else {
                decision = decision.overBudget();
                // It is to be stopped as soon as there is room, and does not wait a week for it.
                since = at - policy.steadiness().hold().toMillis();
            }
        }
        if (!decision.action().name().equals(note.last())) {
            note.change(decision.action().name(), since);
        }
        return decision;
    }

    /** Writes what {@link #read} reads. */
    public void write(BinaryWriter out) {
        budget.write(out);
    }

    /** Reads back. */
    public void read(BinaryReader in) {
        budget.read(in);
    }
}
