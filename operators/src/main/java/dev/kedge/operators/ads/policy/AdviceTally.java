// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.policy;

import dev.kedge.operators.ads.policy.Reckoning.Life;
import dev.kedge.operators.ads.policy.Reckoning.Stop;
import dev.kedge.operators.ads.policy.Reckoning.Sum;
import dev.kedge.state.ads.AdviceNote;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What became of the advice of many spells, and what stopping from each of a few probabilities on
 * would have been worth on the same spells.
 */
public final class AdviceTally {
    private static final double[] LEVELS = {0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95};

    /** Known outcomes below which a level proves nothing. */
    private static final int PROOF = 30;

    private final Policy policy;
    private final Reckoning reckoning;
    private final Sum[] levels;
    private Sum stops;

    /** Nothing yet, by the costs of a policy. */
    public AdviceTally(Policy policy) {
        this(policy, Sum.NONE, none());
    }

    private AdviceTally(Policy policy, Sum stops, Sum[] levels) {
        this.policy = policy;
        this.reckoning = new Reckoning(policy);
        this.stops = stops;
        this.levels = levels;
    }

    private static Sum[] none() {
        Sum[] sums = new Sum[LEVELS.length];
        Arrays.fill(sums, Sum.NONE);
        return sums;
    }

    /** The same, to be gone on with apart. */
    public AdviceTally copy() {
        return new AdviceTally(policy, stops, levels.clone());
    }

    /** Notes which levels a probability has reached, once there is enough evidence for advice. */
    static void note(AdviceNote note, Policy policy, Policy.Situation now, long at, double spend) {
        if (policy.isThin(now)) {
            return;
        }
        while (note.levels() < LEVELS.length && now.probability() >= LEVELS[note.levels()]) {
            note.reach(at, spend);
        }
    }

    /** Adds a spell. */
    public void add(AdviceNote note, Life life) {
        if (note.stops()) {
            stops = reckoning.add(stops, new Stop(note.stopAt(), note.stopSpend()), life);
        }
        for (int i = 0; i < Math.min(note.levels(), LEVELS.length); i++) {
            Stop stop = new Stop(note.levelAt(i), note.levelSpend(i));
            levels[i] = reckoning.add(levels[i], stop, life);
        }
    }

    /** What became of the stops that were advised. */
    public Sum stops() {
        return stops;
    }

    /** What they were worth, in money. */
    public double worth() {
        return reckoning.worth(stops);
    }

    /**
     * The probability from which on stopping would have been worth most; empty while none has
     * proved to be worth anything.
     */
    public OptionalDouble bestThreshold() {
        int best = best();
        return best < 0 ? OptionalDouble.empty() : OptionalDouble.of(LEVELS[best]);
    }

    /** What that would have been worth; 0 without any. */
    public double bestWorth() {
        int best = best();
        return best < 0 ? 0 : reckoning.worth(levels[best]);
    }

    private int best() {
        int best = -1;
        double most = 0;
        for (int i = 0; i < LEVELS.length; i++) {
            double worth = reckoning.worth(levels[i]);
            if (levels[i].right() + levels[i].wrong() >= PROOF && worth > most) {
                best = i;
                most = worth;
            }
        }
        return best;
    }

    /** Writes what {@link #read} reads. */
    public void write(BinaryWriter out) {
        stops.write(out);
        out.putInt(levels.length);
        for (Sum level : levels) {
            level.write(out);
        }
    }

    /** Reads back. */
    public void read(BinaryReader in) {
        stops = Sum.read(in);
        int count = in.getInt();
        if (count != levels.length) {
            throw new DamagedSnapshotException(count + " levels of advice");
        }
        for (int i = 0; i < count; i++) {
            levels[i] = Sum.read(in);
        }
    }
}
