// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.policy;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/**
 * How much of the budget for stops is spent in the running period. Each stop is charged what it is
 * expected to lose, once a spell. Periods are aligned to the epoch; an event of an earlier period
 * is charged to the newest.
 */
public final class StopBudget {
    private long period = Long.MIN_VALUE;
    private double spent;

    /**
     * Charges a stop if there is room for it.
     *
     * @param at event time, epoch milliseconds
     * @param cost what the stop is expected to lose
     * @return whether there was room
     */
    public boolean charge(Policy.Costs costs, long at, double cost) {
        if (costs.budget() == 0) {
            return true;
        }
        long current = Math.floorDiv(at, costs.checkEvery().toMillis());
        if (current > period) {
            period = current;
            spent = 0;
        }
        if (spent + cost > costs.budget()) {
            return false;
        }
        spent += cost;
        return true;
    }

    /** Writes what {@link #read} reads. */
    public void write(BinaryWriter out) {
        out.putLong(period);
        out.putDouble(spent);
    }

    /** Reads back. */
    public void read(BinaryReader in) {
        period = in.getLong();
        spent = in.getDouble();
    }
}
