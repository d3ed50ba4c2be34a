// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.creative.ModelMetrics.Decisions;
import dev.kedge.operators.ads.policy.Policy;
import dev.kedge.operators.ads.policy.Policy.Decision;
import dev.kedge.operators.ads.policy.Policy.Situation;
import dev.kedge.operators.ads.policy.StopBudget;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;

/**
 * A model's advice: the policy's decisions, held to its budget for stops, and what became of them.
 * Who was advised once keeps being advised, without a further charge. Part of a model's state.
 */
final class Advisor {
    private static final int VERSION = 1;
    private static final String PART = "advice";

    private final Policy policy;
    private final StopBudget budget = new StopBudget();
    private Decisions decisions = Decisions.NONE;
    private final Part part = Part.onceTouched(PART);

    Advisor(Policy policy) {
        this.policy = policy;
    }

    static Advisor restored(Policy policy, PartStore store) {
        Advisor advisor = new Advisor(policy);
        advisor.part.restore(store, advisor::read);
        return advisor;
    }

    /** What to do with a running creative; notes the first advice to stop it. */
    Decision advise(LedgerEntry entry, long at, Situation now) {
        Decision decision = policy.decide(now);
        if (!decision.stops() || entry.advised()) {
            return decision;
        }
        part.touch();
        if (!budget.charge(policy.costs(), at, decision.stopCost())) {
            return decision.overBudget();
        }
        entry.advise(at);
        decisions = new Decisions(advised() + 1, stopped(), running() + 1, avoidable());
        return decision;
    }

    /** A creative was discontinued, or lost from sight. */
    void ended(LedgerEntry entry, boolean lost) {
        if (entry.advised()) {
            double after = entry.current().spend() - entry.spendWhenAdvised();
            decisions =
                    new Decisions(
                            advised(),
                            stopped() + (lost ? 0 : 1),
                            running() - 1,
                            avoidable() + (lost ? 0 : after));
            part.touch();
        }
    }

    /** A running creative is forgotten. */
    void forget(LedgerEntry entry) {
        if (entry.advised() && entry.running()) {
            decisions = new Decisions(advised(), stopped(), running() - 1, avoidable());
            part.touch();
        }
    }

    Decisions decisions() {
        return decisions;
    }

    private long advised() {
        return decisions.advised();
    }

    private long stopped() {
        return decisions.stopped();
    }

    private long running() {
        return decisions.running();
    }

    private double avoidable() {
        return decisions.avoidable();
    }

    void flush(PartStore store) {
        part.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(64);
        budget.write(out);
        out.putLong(advised());
        out.putLong(stopped());
        out.putLong(running());
        out.putDouble(avoidable());
        return Envelope.seal(Family.ADVICE, VERSION, out);
    }

    private void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.ADVICE, VERSION);
        budget.read(in);
        decisions = new Decisions(in.getLong(), in.getLong(), in.getLong(), in.getDouble());
        in.requireEnd();
    }
}
