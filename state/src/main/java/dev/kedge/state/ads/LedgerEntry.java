// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * One creative in the ledger: what it shows (hashed once, at launch), where it is in its life, and
 * what was known of it when its open interval began.
 *
 * <p>Binary format, family {@link Family#LEDGER_ENTRY}: version 3, or 4 of a creative with a
 * currency, which stands at the end, or 6 where experts foretold something: currency and {@link
 * ExpertForecasts}, or 8 where intervals were foretold: these two and {@link IntervalForecasts}.
 * Version 2 had no last advice, version 5 the forecast of one interval alone, version 7 nothing of
 * what is held of intervals' ends.
 */
public final class LedgerEntry {
    /** A moment that has not come. */
    public static final long NEVER = Long.MIN_VALUE;

    private static final int OLDEST = 2;
    private static final int VERSION = 3;
    private static final int WITH_CURRENCY = 4;
    private static final int WITH_ONE_FORECAST = 5;
    private static final int WITH_FORECASTS = 6;
    private static final int WITH_INTERVALS = 7;
    private static final int WITH_BELIEFS = 8;
    private static final int WINDOW = Long.SIZE;

    private final String creative;
    private Content content;
    private int spell;
    private long launchedAt;
    private int openInterval;
    private long startedAt;
    private long endsAt;
    private long stoppedAt = NEVER;
    private double riskAtLaunch = Double.NaN;
    private double cutOutAtLaunch = Double.NaN;
    private double riskAtBoundary = Double.NaN;
    private int highestPeriod = -1;
    private long reported;
    private final Delivery current = new Delivery();
    private final Delivery atIntervalStart = new Delivery();
    private final Delivery atIntervalEnd = new Delivery();
    private AdviceNote advice = new AdviceNote();
    private final ExpertForecasts forecasts = new ExpertForecasts();
    private final IntervalForecasts intervals = new IntervalForecasts();
    private long scoredAt = NEVER;
    private boolean lost;
    private final Deque<Report> ahead = new ArrayDeque<>(1);

    /**
     * Starts the first spell at {@code launchedAt}, its first interval ending at {@code endsAt}.
     */
    public LedgerEntry(String creative, Content content, long launchedAt, long endsAt) {
        this.creative = creative;
        this.content = content;
        this.launchedAt = launchedAt;
        this.startedAt = launchedAt;
        this.endsAt = endsAt;
    }

    /**
     * What does not change over a creative's life.
     *
     * @param description what people know it by
     * @param tokens rows of the text table
     * @param categories rows of the category table
     * @param facts numeric facts, one a slot
     * @param embedding ready embedding
     */
    public record Content(
            CreativeDescription description,
            int[] tokens,
            int[] categories,
            float[] facts,
            float[] embedding) {
        /** Who pays. */
        public String advertiser() {
            return description.advertiser();
        }

        private Content withCurrency(String currency) {
            CreativeDescription described =
                    new CreativeDescription(advertiser(), description.text(), currency);
            return new Content(described, tokens, categories, facts, embedding);
        }
    }

    /**
     * Traffic of one reporting period.
     *
     * @param period number of the period since launch
     * @param endsAt its end, epoch milliseconds
     * @param at event time of the report, epoch milliseconds
     * @param impressions times shown
     * @param clicks times clicked
     * @param conversions times converted
     * @param spend money spent
     */
    public record Report(
            int period,
            long endsAt,
            long at,
            long impressions,
            long clicks,
            long conversions,
            double spend) {
        private void addTo(Delivery delivery) {
            delivery.add(period, at, impressions, clicks, conversions, spend);
        }
    }

    /** The creative's id. */
    public String creative() {
        return creative;
    }

    /** What it shows. */
    public Content content() {
        return content;
    }

    /** 0 for the first life, one more after each re-activation. */
    public int spell() {
        return spell;
    }

    /** Start of the spell, epoch milliseconds. */
    public long launchedAt() {
        return launchedAt;
    }

    /** The hazard interval whose outcome is not known yet. */
    public int openInterval() {
        return openInterval;
    }

    /** When the open interval ends, epoch milliseconds. */
    public long endsAt() {
        return endsAt;
    }

    /** Whether it runs. */
    public boolean running() {
        return stoppedAt == NEVER;
    }

    /** When it stopped; meaningless while it runs. */
    public long stoppedAt() {
        return stoppedAt;
    }

    /** When the open interval began, epoch milliseconds. */
    public long startedAt() {
        return startedAt;
    }

    /** Everything reported so far. */
    public Delivery current() {
        return current;
    }

    /**
     * Traffic of the periods that had ended when the open interval began, and of no later one: what
     * a prediction for the interval may know.
     */
    public Delivery atIntervalStart() {
        return atIntervalStart;
    }

    /** The score that ranked it at the start of the spell, if it was scored. */
    public OptionalDouble riskAtLaunch() {
        return Double.isNaN(riskAtLaunch)
                ? OptionalDouble.empty()
                : OptionalDouble.of(riskAtLaunch);
    }

    /** Probability of a cut-out that was given at launch; empty where {@link #riskAtLaunch} is. */
    public OptionalDouble cutOutAtLaunch() {
        return Double.isNaN(riskAtLaunch)
                ? OptionalDouble.empty()
                : OptionalDouble.of(cutOutAtLaunch);
    }

    /** The score that ranked it when it outlived the boundary, if it did. */
    public OptionalDouble riskAtBoundary() {
        return Double.isNaN(riskAtBoundary)
                ? OptionalDouble.empty()
                : OptionalDouble.of(riskAtBoundary);
    }

    /** Remembers the score at launch. */
    public void rankedAtLaunch(double risk, double cutOut) {
        riskAtLaunch = risk;
        cutOutAtLaunch = cutOut;
    }

    /** Remembers the score at the boundary. */
    public void rankedAtBoundary(double risk) {
        riskAtBoundary = risk;
    }

    /** Skips intervals whose outcome nobody saw: late entry. */
    public void enter(int interval, long start, long end) {
        openInterval = interval;
        startedAt = start;
        endsAt = end;
    }

    /** Closes the open interval as survived and opens the next, which ends at {@code nextEnd}. */
    public void survive(long nextEnd) {
        forecasts.closed(openInterval);
        openInterval++;
        startedAt = endsAt;
        endsAt = nextEnd;
        atIntervalStart.copyFrom(atIntervalEnd);
        for (int i = ahead.size(); i > 0; i--) {
            Report report = ahead.remove();
            if (report.endsAt() <= endsAt) {
                report.addTo(atIntervalEnd);
            } else {
                ahead.add(report);
            }
        }
    }

    /**
     * Adds a report that was not there before. Its place is decided by the end of its period, never
     * by when it arrived, so that a report that arrives late corrects what the open interval should
     * have known and none reaches back into time.
     */
    public void report(Report report) {
        markReported(report.period());
        report.addTo(current);
        if (report.endsAt() > endsAt) {
            ahead.add(report);
            return;
        }
        report.addTo(atIntervalEnd);
        if (report.endsAt() <= startedAt) {
            report.addTo(atIntervalStart);
        }
    }

    /** What it was advised in this spell. */
    public AdviceNote advice() {
        return advice;
    }

    /** What each expert foretold of it in this spell; empty once it stopped. */
    public ExpertForecasts forecasts() {
        return forecasts;
    }

    /** The intervals that were foretold of it in this spell; empty once it stopped. */
    public IntervalForecasts intervals() {
        return intervals;
    }

    /** Event time of its newest score in this spell, {@link #NEVER} before the first. */
    public long scoredAt() {
        return scoredAt;
    }

    /** Remembers when it was scored. */
    public void scoredAt(long at) {
        scoredAt = at;
    }

    /** Whether it stopped for a reason that tells nothing of it; meaningless while it runs. */
    public boolean lost() {
        return lost;
    }

    /** Closes the spell. */
    public void stop(long at, boolean lostFromSight) {
        stoppedAt = at;
        lost = lostFromSight;
        forecasts.clear();
        intervals.clear();
    }

    /** Opens a new spell with a clock of its own and nothing reported. */
    public void reactivate(long at, long firstEnd) {
        spell++;
        launchedAt = at;
        startedAt = at;
        openInterval = 0;
        endsAt = firstEnd;
        stoppedAt = NEVER;
        riskAtLaunch = Double.NaN;
        cutOutAtLaunch = Double.NaN;
        riskAtBoundary = Double.NaN;
        advice = new AdviceNote();
        scoredAt = NEVER;
        lost = false;
        highestPeriod = -1;
        reported = 0;
        current.copyFrom(new Delivery());
        atIntervalStart.copyFrom(current);
        atIntervalEnd.copyFrom(current);
        ahead.clear();
    }

    /**
     * Whether a period was reported before. Only the newest 64 periods are remembered; older ones
     * count as reported.
     */
    public boolean hasReport(int period) {
        int age = highestPeriod - period;
        return age >= WINDOW || (age >= 0 && (reported >>> age & 1) == 1);
    }

    private void markReported(int period) {
        if (period > highestPeriod) {
            int shift = period - highestPeriod;
            reported = shift >= WINDOW ? 1 : reported << shift | 1;
            highestPeriod = period;
        } else {
            reported |= 1L << (highestPeriod - period);
        }
    }

    /** Heap bytes, roughly. */
    public long bytes() {
        return 1500
                + forecasts.bytes()
                + intervals.bytes()
                + 2L
                        * (creative.length()
                                + content.advertiser().length()
                                + content.description().text().length())
                + 4L * (content.tokens().length + content.categories().length)
                + 4L * (content.facts().length + content.embedding().length);
    }

    /** The entry as bytes. */
    public byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(2048);
        out.putUtf8(creative);
        out.putUtf8(content.advertiser());
        out.putUtf8(content.description().text());
        out.putInts(content.tokens());
        out.putInts(content.categories());
        out.putFloats(content.facts());
        out.putFloats(content.embedding());
        out.putInt(spell);
        out.putLong(launchedAt);
        out.putInt(openInterval);
        out.putLong(startedAt);
        out.putLong(endsAt);
        out.putLong(stoppedAt);
        out.putDouble(riskAtLaunch);
        out.putDouble(cutOutAtLaunch);
        out.putDouble(riskAtBoundary);
        out.putInt(highestPeriod);
        out.putLong(reported);
        current.write(out);
        atIntervalStart.write(out);
        atIntervalEnd.write(out);
        out.putInt(ahead.size());
        ahead.forEach(report -> ReportForm.write(report, out));
        out.putLong(advice.stopAt());
        out.putDouble(advice.stopSpend());
        out.putLong(scoredAt);
        out.putBoolean(lost);
        advice.write(out);
        int version = version();
        if (version >= WITH_CURRENCY) {
            out.putUtf8(content.description().currency());
        }
        if (version >= WITH_FORECASTS) {
            forecasts.write(out);
        }
        if (version >= WITH_INTERVALS) {
            intervals.write(out);
        }
        return Envelope.seal(Family.LEDGER_ENTRY, version, out);
    }

    /** The oldest version that has all of it. */
    private int version() {
        if (!intervals.isEmpty()) {
            return WITH_BELIEFS;
        }
        if (!forecasts.isEmpty()) {
            return WITH_FORECASTS;
        }
        return content.description().currency().isEmpty() ? VERSION : WITH_CURRENCY;
    }

    /** Reads what {@link #toBytes} wrote. */
    public static LedgerEntry fromBytes(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.LEDGER_ENTRY, OLDEST, WITH_BELIEFS);
        String creative = in.getUtf8();
        CreativeDescription shown = new CreativeDescription(in.getUtf8(), in.getUtf8(), "");
        Content content =
                new Content(shown, in.getInts(), in.getInts(), in.getFloats(), in.getFloats());
        LedgerEntry entry = new LedgerEntry(creative, content, 0, 0);
        entry.spell = in.getInt();
        entry.launchedAt = in.getLong();
        entry.openInterval = in.getInt();
        entry.startedAt = in.getLong();
        entry.endsAt = in.getLong();
        entry.stoppedAt = in.getLong();
        entry.riskAtLaunch = in.getDouble();
        entry.cutOutAtLaunch = in.getDouble();
        entry.riskAtBoundary = in.getDouble();
        entry.highestPeriod = in.getInt();
        entry.reported = in.getLong();
        entry.current.read(in);
        entry.atIntervalStart.read(in);
        entry.atIntervalEnd.read(in);
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            entry.ahead.add(ReportForm.read(in));
        }
        entry.advice.stop(in.getLong(), in.getDouble());
        entry.scoredAt = in.getLong();
        entry.lost = in.getBoolean();
        if (in.version() > OLDEST) {
            entry.advice.read(in);
        }
        if (in.version() >= WITH_CURRENCY) {
            entry.content = entry.content.withCurrency(in.getUtf8());
        }
        if (in.version() == WITH_ONE_FORECAST) {
            entry.forecasts.readOneColumn(in);
        } else if (in.version() >= WITH_FORECASTS) {
            entry.forecasts.read(in);
        }
        if (in.version() >= WITH_INTERVALS) {
            entry.intervals.read(in, in.version() >= WITH_BELIEFS);
        }
        in.requireEnd();
        return entry;
    }
}
