// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.policy;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/**
 * What stops were worth, or would have been: the only place where advice is turned into money. The
 * job's metrics, the page, {@code kedge what-if} and the benchmark all add up here.
 *
 * <p>A stop is right if the operator ended the creative within the horizon after it: what it spent
 * in between is saved. It is wrong if the creative still ran when the horizon was over: everything
 * that it spent after the stop, to its end or until now, is lost. It is open as long as neither is
 * known, or for ever if the creative was lost from sight before: open stops are counted apart and
 * are worth nothing. Only reported money counts.
 */
public final class Reckoning {
    private static final double DAY = 86_400_000.0;

    private final Policy.Costs costs;
    private final long horizon;

    /** By the costs and the horizon of a policy. */
    public Reckoning(Policy policy) {
        costs = policy.costs();
        horizon = Math.round(policy.horizon() * DAY);
    }

    /**
     * A stop, advised or imagined.
     *
     * @param at event time, epoch milliseconds
     * @param spend what the creative had spent by then
     */
    public record Stop(long at, double spend) {}

    /**
     * What is known of the creative since.
     *
     * @param until its end, or the newest moment that is known, epoch milliseconds
     * @param ended whether that was its end
     * @param lost whether the end tells nothing of it
     * @param spend what it spent in all
     */
    public record Life(long until, boolean ended, boolean lost, double spend) {
        /** One that goes on. */
        public static Life running(long until, double spend) {
            return new Life(until, false, false, spend);
        }
    }

    /**
     * Stops in sums.
     *
     * @param right ended by their operators within the horizon
     * @param wrong still running when the horizon was over
     * @param open not known yet, or never to be known
     * @param saved money that the right ones spent after the stop
     * @param lost money that the wrong ones spent after the stop
     * @param openSpend money that the open ones spent after the stop so far
     * @param leadDays days between the stop and the operators', over all right ones
     */
    public record Sum(
            long right,
            long wrong,
            long open,
            double saved,
            double lost,
            double openSpend,
            double leadDays) {
        /** No stops. */
        public static final Sum NONE = new Sum(0, 0, 0, 0, 0, 0, 0);

        /** All stops. */
        public long stops() {
            return right + wrong + open;
        }

        /** By how many days right stops came first; not a number without any. */
        public double meanLeadDays() {
            return right == 0 ? Double.NaN : leadDays / right;
        }

        /** Both together. */
        private Sum plus(Sum other) {
            return new Sum(
                    right + other.right,
                    wrong + other.wrong,
                    open + other.open,
                    saved + other.saved,
                    lost + other.lost,
                    openSpend + other.openSpend,
                    leadDays + other.leadDays);
        }

        /**
         * The counts and days of both, and this one's money: money of another currency has no sum
         * with it.
         */
        Sum plusCounts(Sum other) {
            return plus(new Sum(other.right, other.wrong, other.open, 0, 0, 0, other.leadDays));
        }

        /** Writes what {@link #read} reads. */
        public void write(BinaryWriter out) {
            out.putLong(right);
            out.putLong(wrong);
            out.putLong(open);
            out.putDouble(saved);
            out.putDouble(lost);
            out.putDouble(openSpend);
            out.putDouble(leadDays);
        }

        /** Reads back. */
        public static Sum read(BinaryReader in) {
            long right = in.getLong();
            long wrong = in.getLong();
            long open = in.getLong();
            double saved = in.getDouble();
            double lost = in.getDouble();
            return new Sum(right, wrong, open, saved, lost, in.getDouble(), in.getDouble());
        }
    }

    /** Adds a stop. */
    public Sum add(Sum sum, Stop stop, Life life) {
        double after = life.spend() - stop.spend();
        long ran = life.until() - stop.at();
        if (ran > horizon) {
            return sum.plus(new Sum(0, 1, 0, 0, after, 0, 0));
        }
        if (life.ended() && !life.lost()) {
            return sum.plus(new Sum(1, 0, 0, after, 0, 0, ran / DAY));
        }
        return sum.plus(new Sum(0, 0, 1, 0, 0, after, 0));
    }

    /** What stops are worth in money, by their costs; open ones nothing. */
    public double worth(Sum sum) {
        return costs.dead() * sum.saved - costs.live() * sum.lost - costs.stopFee() * sum.wrong;
    }
}
