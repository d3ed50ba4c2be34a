// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.intervals;

import dev.kedge.operators.ads.creative.CreativeScore.RemainingDays;
import dev.kedge.operators.ads.creative.ModelMetrics.Coverage;
import dev.kedge.operators.ads.hazards.Intervals;
import dev.kedge.state.ads.ForetoldInterval;
import dev.kedge.state.ads.IntervalForecasts.Occasion;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says between how many days from now a creative stops, so that as many of these intervals hold as
 * the settings say, over time and for each group of advertisers. Looks as many days ahead as the
 * finite hazard intervals are long; the upper end of a creative that may well outlive them is open.
 *
 * <p>Two things are learned. Where on the hazards' own scale creatives really stop ({@link
 * ResidualTable}), which needs no creative to be over. The hazard that counts there is the one that
 * was foretold last before its interval began, as in the prequential compensator (Dawid 1984), not
 * the one of the launch: what is learned today of late intervals is then about the model of today,
 * and not about the one of a quarter ago, which knew less. And at which level each end is to be cut
 * ({@link TailLevel}), from the intervals that were said: each end is judged once what becomes of
 * it is decided, that is when the creative stops, or when it outlives the end, and in part while it
 * comes nearer. So short lives do not count before long ones that were foretold with them. One
 * interval of each creative is judged as it was said at its launch, and one as it was said when it
 * first was scored past a hazard interval that its name decides; each kind learns for itself. Who
 * is lost from sight is not judged.
 *
 * <p>Part of a model's state; bounded, whatever comes. What waits to be judged is kept with the
 * creatives.
 */
public final class PredictiveIntervals {
    private static final int VERSION = 1;
    private static final String PART = "intervals";
    private static final double DAY = 86_400_000.0;
    private static final Occasion[] OCCASIONS = Occasion.values();

    private final IntervalSettings settings;
    private final Intervals intervals;
    private final long span;
    private final Situation[] situations = new Situation[OCCASIONS.length];
    private final Part part = Part.onceTouched(PART);
    private final Curve curve;
    private final Newest newest;
    private final Fates fates;

    /** What was foretold last. */
    private static final class Newest {
        private final double[] hazards;
        private final double[] logits;
        private long age;
        private long low;
        private long high;

        private Newest(int columns) {
            hazards = new double[columns];
            logits = new double[columns];
        }

        /** What is no number would be learned one day. */
        private boolean isSound() {
            for (double hazard : hazards) {
                if (!(hazard >= 0 && hazard <= 1)) {
                    return false;
                }
            }
            return true;
        }

        private void transform() {
            for (int k = 0; k < logits.length; k++) {
                logits[k] = Math.log(hazards[k] / (1 - hazards[k]));
            }
        }
    }

    private PredictiveIntervals(IntervalSettings settings, Intervals intervals) {
        this.settings = settings;
        this.intervals = intervals;
        this.span = intervals.start(intervals.columns() - 1);
        this.curve = new Curve(intervals);
        this.newest = new Newest(intervals.columns());
        this.fates = new Fates(settings, intervals, span, situations);
        for (int i = 0; i < situations.length; i++) {
            situations[i] = new Situation(settings);
        }
    }

    /** Goes on with what was flushed, or begins with nothing known. */
    public static PredictiveIntervals restored(
            IntervalSettings settings, Intervals intervals, PartStore store) {
        PredictiveIntervals restored = new PredictiveIntervals(settings, intervals);
        restored.part.restore(store, restored::read);
        return restored;
    }

    /**
     * Says in how many days a running creative stops; empty while too little is known.
     *
     * @param at epoch milliseconds
     * @param hazards array of hazards by column, its first row the creative's
     */
    public Optional<RemainingDays> foretell(LedgerEntry entry, long at, double[] hazards) {
        newest.age = Math.max(0, at - entry.launchedAt());
        newest.low = ForetoldInterval.UNTOLD;
        newest.high = ForetoldInterval.OPEN;
        System.arraycopy(hazards, 0, newest.hazards, 0, newest.hazards.length);
        Situation now = situation(occasion(newest.age));
        if (!now.knows() || !newest.isSound()) {
            return Optional.empty();
        }
        int group = group(entry);
        long latest = newest.age + span;
        curve.begin(newest.age, newest.hazards);
        double highest = now.highest(group);
        boolean open = highest > curve.until(latest);
        newest.high = open ? ForetoldInterval.OPEN : curve.reach(highest, latest);
        newest.low = curve.reach(now.lowest(group, open), latest);
        double high = open ? Double.NaN : (newest.high - newest.age) / DAY;
        double low = (newest.low - newest.age) / DAY;
        return Optional.of(new RemainingDays(settings.level(), low, high));
    }

    private Occasion occasion(long age) {
        return intervals.at(age) == 0 ? Occasion.LAUNCH : Occasion.LATER;
    }

    private Situation situation(Occasion occasion) {
        return situations[occasion.place()];
    }

    private int group(LedgerEntry entry) {
        return settings.group(entry.content().advertiser());
    }

    /**
     * Remembers with a creative what was foretold of it last: the interval, if that is to be
     * judged, and the hazards with those that wait to be.
     */
    public void note(LedgerEntry entry) {
        if (newest.isSound()) {
            newest.transform();
            noteInterval(entry);
            revise(entry);
        }
    }

    private void revise(LedgerEntry entry) {
        int first = intervals.at(newest.age);
        if (intervals.start(first) < newest.age) {
            // What was foretold in the middle of an interval knows that its first half was
            // outlived.
            first++;
        }
        for (Occasion occasion : OCCASIONS) {
            Optional<ForetoldInterval> told = entry.intervals().waiting(occasion);
            if (told.isPresent() && told.get().columns() == newest.logits.length) {
                told.get().revise(first, newest.logits);
            }
        }
    }

    private void noteInterval(LedgerEntry entry) {
        Occasion occasion = occasion(newest.age);
        boolean due =
                occasion == Occasion.LAUNCH
                        ? entry.openInterval() == 0
                        : intervals.at(newest.age) >= judgedFrom(entry);
        if (due && !entry.intervals().isNoted(occasion)) {
            entry.intervals()
                    .note(
                            occasion,
                            new ForetoldInterval(
                                    newest.age, newest.low, newest.high, newest.logits));
        }
    }

    /** The hazard interval from which on a creative's next interval is judged, by its name. */
    private int judgedFrom(LedgerEntry entry) {
        return 1 + IntervalSettings.dealt(entry.creative(), intervals.columns() - 1);
    }

    /** A creative outlived its open hazard interval, which is about to be closed. */
    public void survived(LedgerEntry entry) {
        part.touchIf(fates.survived(entry));
    }

    /**
     * A creative was stopped.
     *
     * @param at epoch milliseconds
     * @param known whether that tells anything of it, and falls into its open hazard interval
     */
    public void ended(LedgerEntry entry, long at, boolean known) {
        part.touchIf(known && fates.ended(entry, at));
    }

    /** How often the intervals held, by occasion. */
    public List<Coverage> coverage() {
        List<Coverage> all = new ArrayList<>();
        for (Occasion occasion : OCCASIONS) {
            all.add(situation(occasion).coverage(occasion.name().toLowerCase(Locale.ROOT)));
        }
        return List.copyOf(all);
    }

    /** Memory in bytes, about. */
    public long bytes() {
        return 1500 + 160L * settings.groups();
    }

    /** Writes what changed. */
    public void flush(PartStore store) {
        part.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(2048);
        out.putDouble(settings.level());
        for (Situation one : situations) {
            one.write(out);
        }
        return Envelope.seal(Family.INTERVALS, VERSION, out);
    }

    private void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.INTERVALS, VERSION);
        boolean sameLevel = in.getDouble() == settings.level();
        for (Situation one : situations) {
            one.read(in, sameLevel);
        }
        in.requireEnd();
    }
}
