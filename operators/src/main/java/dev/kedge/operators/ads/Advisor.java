// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.creative.ModelMetrics.Decisions;
import dev.kedge.operators.ads.policy.AdviceTally;
import dev.kedge.operators.ads.policy.Counsel;
import dev.kedge.operators.ads.policy.Policy;
import dev.kedge.operators.ads.policy.Policy.Decision;
import dev.kedge.operators.ads.policy.Policy.Situation;
import dev.kedge.operators.ads.policy.Reckoning.Life;
import dev.kedge.operators.ads.policy.Reckoning.Sum;
import dev.kedge.state.ads.AdviceNote;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;

/**
 * A model's advice: the policy's decisions, held to its budget for stops, and what became of them.
 * Who was advised once keeps being advised, without a further charge. Part of a model's state; what
 * one creative was advised is part of its {@link LedgerEntry}.
 */
final class Advisor {
    private static final int VERSION = 2;
    private static final String PART = "advice";

    private final Counsel counsel;
    private final AdviceTally ended;
    private long advised;
    private long stopped;
    private long running;
    private long changes;
    private final Part part = Part.onceTouched(PART);

    Advisor(Policy policy) {
        counsel = new Counsel(policy);
        ended = new AdviceTally(policy);
    }

    static Advisor restored(Policy policy, PartStore store) {
        Advisor advisor = new Advisor(policy);
        advisor.part.restore(store, advisor::read);
        return advisor;
    }

    /** What to do with a running creative; notes it. */
    Decision advise(LedgerEntry entry, long at, Situation now) {
        AdviceNote note = entry.advice();
        boolean stops = note.stops();
        String before = note.last();
        Decision decision = counsel.advise(note, at, now, entry.current().spend());
        boolean first = before.isEmpty() || before.equals(Action.UNKNOWN.name());
        if (!first && !before.equals(note.last())) {
            changes++;
            part.touch();
        }
        if (!stops && note.stops()) {
            advised++;
            running++;
            part.touch();
        }
        // A stop that its budget forbids may have begun another period of it.
        part.touchIf(decision.ground() == Policy.Ground.BUDGET);
        return decision;
    }

    /** A creative was discontinued, or lost from sight. */
    void ended(LedgerEntry entry, long at, boolean lost) {
        ended.add(entry.advice(), new Life(at, true, lost, entry.current().spend()));
        if (entry.advice().stops()) {
            stopped += lost ? 0 : 1;
            running--;
        }
        part.touchIf(entry.advice().stops() || entry.advice().levels() > 0);
    }

    /** A running creative is forgotten. */
    void forget(LedgerEntry entry) {
        if (entry.advice().stops() && entry.running()) {
            running--;
            part.touch();
        }
    }

    /**
     * What became of the advice so far.
     *
     * @param entries all that run
     * @param now event time, epoch milliseconds
     */
    Decisions decisions(Iterable<LedgerEntry> entries, long now) {
        AdviceTally tally = ended.copy();
        for (LedgerEntry entry : entries) {
            tally.add(entry.advice(), Life.running(now, entry.current().spend()));
        }
        Sum sum = tally.stops();
        return new Decisions(
                advised,
                stopped,
                running,
                sum.saved(),
                sum.right(),
                sum.wrong(),
                sum.open(),
                sum.lost(),
                tally.worth(),
                changes,
                tally.bestThreshold().orElse(Double.NaN),
                tally.bestWorth());
    }

    void flush(PartStore store) {
        part.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(1024);
        counsel.write(out);
        out.putLong(advised);
        out.putLong(stopped);
        out.putLong(running);
        out.putLong(changes);
        ended.write(out);
        return Envelope.seal(Family.ADVICE, VERSION, out);
    }

    /** The first version only had what stopped creatives spent after an advice, right or not. */
    private void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.ADVICE, VERSION);
        counsel.read(in);
        advised = in.getLong();
        stopped = in.getLong();
        running = in.getLong();
        if (in.version() == 1) {
            in.getDouble();
        } else {
            changes = in.getLong();
            ended.read(in);
        }
        in.requireEnd();
    }
}
