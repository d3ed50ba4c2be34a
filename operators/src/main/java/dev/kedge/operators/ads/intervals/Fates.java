// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.intervals;

import dev.kedge.operators.ads.hazards.Intervals;
import dev.kedge.state.ads.ForetoldInterval;
import dev.kedge.state.ads.IntervalForecasts.Occasion;
import dev.kedge.state.ads.LedgerEntry;
import java.util.Optional;

/**
 * What became of creatives of which something was foretold: teaches {@link Situation}s. Each end of
 * an interval is judged as soon as it is decided, by whoever stops before it and by whoever
 * outlives it, and until then by how far the creative has come.
 */
final class Fates {
    private static final Occasion[] OCCASIONS = Occasion.values();

    private final IntervalSettings settings;
    private final Intervals intervals;
    private final long span;
    private final Situation[] situations;
    private final Curve curve;
    private final double[] hazards;

    /**
     * Watches.
     *
     * @param span milliseconds that intervals look ahead
     * @param situations one an occasion
     */
    Fates(IntervalSettings settings, Intervals intervals, long span, Situation[] situations) {
        this.settings = settings;
        this.intervals = intervals;
        this.span = span;
        this.situations = situations;
        this.curve = new Curve(intervals);
        this.hazards = new double[intervals.columns()];
    }

    /**
     * A creative outlived its open hazard interval, which is about to be closed.
     *
     * @return whether anything was learned
     */
    boolean survived(LedgerEntry entry) {
        long end = entry.endsAt() - entry.launchedAt();
        boolean learned = false;
        for (Occasion occasion : OCCASIONS) {
            Optional<ForetoldInterval> told = waiting(entry, occasion);
            if (told.isPresent() && end > told.get().age()) {
                outlived(entry, occasion, told.get(), end);
                learned = true;
            }
        }
        return learned;
    }

    /** What waits; not what was foretold for other hazard intervals than there are now. */
    private Optional<ForetoldInterval> waiting(LedgerEntry entry, Occasion occasion) {
        Optional<ForetoldInterval> told = entry.intervals().waiting(occasion);
        return told.isPresent() && told.get().columns() == intervals.columns()
                ? told
                : Optional.empty();
    }

    private void outlived(LedgerEntry entry, Occasion occasion, ForetoldInterval told, long end) {
        Situation now = situations[occasion.place()];
        boolean over = end >= told.age() + span;
        stretch(now, told, entry.startedAt() - entry.launchedAt(), end);
        if (told.isTold()) {
            pass(now, told, group(entry), end, over);
        }
        if (over) {
            now.count();
            entry.intervals().judged(occasion);
        }
    }

    private int group(LedgerEntry entry) {
        return settings.group(entry.content().advertiser());
    }

    /**
     * Judges the ends that a creative outlived, and one without an upper end when all is over; the
     * curve is the creative's.
     */
    private void pass(Situation now, ForetoldInterval told, int group, long end, boolean over) {
        if (!told.lowPassed()) {
            passLow(now, told, group, end);
        }
        if (told.isOpen()) {
            if (over) {
                now.judged(told, group, 0);
            }
        } else if (over || end > told.high()) {
            passHigh(now, told, group);
        } else {
            now.nearHigh(told, group, done(end, told.high()));
        }
    }

    private void passLow(Situation now, ForetoldInterval told, int group, long end) {
        if (end >= told.low()) {
            told.passLow();
            now.judgeLow(told, group, false);
        } else {
            now.nearLow(told, group, done(end, told.low()));
        }
    }

    private static void passHigh(Situation now, ForetoldInterval told, int group) {
        if (!told.highPassed()) {
            told.passHigh();
            now.judgeHigh(told, group, true);
            now.judged(told, group, 1);
        }
    }

    /** Share of the cumulative hazard until an age that lies behind another, as foretold last. */
    private double done(long now, long age) {
        return Math.min(1, curve.until(now) / curve.until(age));
    }

    /** Learns that a creative ran from one age to another, as far as intervals look. */
    private void stretch(Situation now, ForetoldInterval told, long from, long to) {
        for (int k = 0; k < hazards.length; k++) {
            hazards[k] = 1 / (1 + Math.exp(-told.logit(k)));
        }
        curve.begin(told.age(), hazards);
        long end = Math.min(told.age() + span, to);
        now.outlive(curve.until(from), curve.until(end));
    }

    /**
     * A creative was stopped in its open hazard interval.
     *
     * @param at epoch milliseconds
     * @return whether anything was learned
     */
    boolean ended(LedgerEntry entry, long at) {
        long age = at - entry.launchedAt();
        boolean learned = false;
        for (Occasion occasion : OCCASIONS) {
            Optional<ForetoldInterval> told = waiting(entry, occasion);
            if (told.isPresent() && age >= told.get().age()) {
                stopped(entry, occasion, told.get(), age);
                learned = true;
            }
        }
        return learned;
    }

    private void stopped(LedgerEntry entry, Occasion occasion, ForetoldInterval told, long age) {
        Situation now = situations[occasion.place()];
        stretch(now, told, entry.startedAt() - entry.launchedAt(), age);
        if (age <= told.age() + span) {
            now.stop(curve.until(age));
        }
        if (told.isTold() && !told.highPassed()) {
            judge(now, told, group(entry), age);
        }
        now.count();
        entry.intervals().judged(occasion);
    }

    private static void judge(Situation now, ForetoldInterval told, int group, long age) {
        boolean early = age < told.low();
        boolean late = age > told.high();
        if (!told.lowPassed()) {
            now.judgeLow(told, group, early);
        }
        if (!told.isOpen()) {
            now.judgeHigh(told, group, late);
        }
        now.judged(told, group, early ? -1 : late ? 1 : 0);
    }
}
