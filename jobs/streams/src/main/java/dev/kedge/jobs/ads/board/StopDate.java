// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.operators.ads.creative.CreativeScore;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a running creative will be stopped, by the quantiles of its survival curve: of creatives
 * like it, as many as a quantile says are stopped by then. Within an interval the hazard is spread
 * evenly, as the model has it: {@code S = (1 - h)^fraction}. Says nothing of what the model does
 * not know, and is not calibrated.
 *
 * @param from when one in ten is stopped, epoch milliseconds; empty if that is past the curve's end
 * @param median when half are stopped; empty if that is past the curve's end
 * @param to when nine in ten are stopped; empty if that is past the curve's end
 * @param curveEnd how far the curve reaches
 */
record StopDate(OptionalLong from, OptionalLong median, OptionalLong to, long curveEnd) {
    private static final double DAY = 86_400_000.0;

    /** More milliseconds than any date has. */
    private static final double PAST = 1e15;

    /** What is said of a creative; empty if it is stopped, or its curve tells nothing. */
    static Optional<StopDate> of(CreativeScore score) {
        CreativeScore.Outlook outlook = score.outlook();
        int count = outlook.survival().length;
        if (score.action().isFinal() || count < 2 || outlook.cuts().length != count) {
            return Optional.empty();
        }
        Curve curve = new Curve(score.launchedAt(), ends(outlook.cuts()), outlook.survival());
        return curve.isSound(now(score))
                ? Optional.of(
                        new StopDate(
                                curve.until(0.9, now(score)),
                                curve.until(0.5, now(score)),
                                curve.until(0.1, now(score)),
                                curve.at(curve.ends[count - 1])))
                : Optional.empty();
    }

    /** What it is ordered by: what is past the curves' ends is behind all that is not. */
    double rank() {
        return median.isPresent() ? median.getAsLong() : PAST + curveEnd;
    }

    /** Days since the launch at which the creative was scored. */
    private static double now(CreativeScore score) {
        return (score.at() - score.launchedAt()) / DAY;
    }

    /** Ends of the intervals: the last is as wide as the one before it. */
    private static double[] ends(double[] starts) {
        double[] ends = new double[starts.length];
        System.arraycopy(starts, 1, ends, 0, starts.length - 1);
        int last = starts.length - 1;
        ends[last] = 2 * starts[last] - starts[last - 1];
        return ends;
    }

    /** A survival curve: what is left at the end of each interval, in days since the launch. */
    private record Curve(long launchedAt, double[] ends, double[] survival) {
        boolean isSound(double now) {
            double before = 1;
            for (double left : survival) {
                if (!(left >= 0 && left <= before)) {
                    return false;
                }
                before = left;
            }
            return ends[0] >= now;
        }

        /** When so much is left. */
        OptionalLong until(double left, double now) {
            double from = now;
            double before = 1;
            for (int i = 0; i < ends.length; i++) {
                if (survival[i] <= left) {
                    double part = Math.log(before / left) / Math.log(before / survival[i]);
                    return OptionalLong.of(at(from + part * (ends[i] - from)));
                }
                from = ends[i];
                before = survival[i];
            }
            return OptionalLong.empty();
        }

        long at(double days) {
            return launchedAt + Math.round(days * DAY);
        }
    }
}
