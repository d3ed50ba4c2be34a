// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.survival;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Family;
import dev.kedge.state.binary.Frame;
import java.util.OptionalDouble;

/**
 * One creative in the ledger: what it shows (hashed once, at launch), where it is in its life, and
 * what was known of it when its open interval began.
 *
 * <p>Binary format, version 1, family {@link Family#LEDGER_ENTRY}.
 */
public final class LedgerEntry {
    private static final int VERSION = 1;
    private static final int WINDOW = Long.SIZE;

    private final String creative;
    private final Content content;
    private int spell;
    private long launchedAt;
    private int openInterval;
    private long endsAt;
    private long stoppedAt = Long.MIN_VALUE;
    private double riskAtLaunch = Double.NaN;
    private double riskAtBoundary = Double.NaN;
    private int highestPeriod = -1;
    private long reported;
    private final Delivery current = new Delivery();
    private final Delivery atIntervalStart = new Delivery();

    /**
     * Starts the first spell at {@code launchedAt}, its first interval ending at {@code endsAt}.
     */
    public LedgerEntry(String creative, Content content, long launchedAt, long endsAt) {
        this.creative = creative;
        this.content = content;
        this.launchedAt = launchedAt;
        this.endsAt = endsAt;
    }

    /**
     * What does not change over a creative's life.
     *
     * @param advertiser who pays
     * @param text shortened text, for people
     * @param tokens rows of the text table
     * @param categories rows of the category table
     * @param facts numeric facts, one a slot
     * @param embedding ready embedding
     */
    public record Content(
            String advertiser,
            String text,
            int[] tokens,
            int[] categories,
            float[] facts,
            float[] embedding) {}

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
        return stoppedAt == Long.MIN_VALUE;
    }

    /** When it stopped; meaningless while it runs. */
    public long stoppedAt() {
        return stoppedAt;
    }

    /** Everything reported so far. */
    public Delivery current() {
        return current;
    }

    /** What had been reported when the open interval began. */
    public Delivery atIntervalStart() {
        return atIntervalStart;
    }

    /** The score that ranked it at the start of the spell, if it was scored. */
    public OptionalDouble riskAtLaunch() {
        return Double.isNaN(riskAtLaunch)
                ? OptionalDouble.empty()
                : OptionalDouble.of(riskAtLaunch);
    }

    /** The score that ranked it when it outlived the boundary, if it did. */
    public OptionalDouble riskAtBoundary() {
        return Double.isNaN(riskAtBoundary)
                ? OptionalDouble.empty()
                : OptionalDouble.of(riskAtBoundary);
    }

    /** Remembers the score at launch. */
    public void rankedAtLaunch(double risk) {
        riskAtLaunch = risk;
    }

    /** Remembers the score at the boundary. */
    public void rankedAtBoundary(double risk) {
        riskAtBoundary = risk;
    }

    /** Closes the open interval as survived and opens the next, which ends at {@code nextEnd}. */
    public void survive(long nextEnd) {
        openInterval++;
        endsAt = nextEnd;
        atIntervalStart.copyFrom(current);
    }

    /** Closes the spell. */
    public void stop(long at) {
        stoppedAt = at;
    }

    /** Opens a new spell with a clock of its own and nothing reported. */
    public void reactivate(long at, long firstEnd) {
        spell++;
        launchedAt = at;
        openInterval = 0;
        endsAt = firstEnd;
        stoppedAt = Long.MIN_VALUE;
        riskAtLaunch = Double.NaN;
        riskAtBoundary = Double.NaN;
        highestPeriod = -1;
        reported = 0;
        current.copyFrom(new Delivery());
        atIntervalStart.copyFrom(current);
    }

    /**
     * Whether a period was reported before. Only the newest 64 periods are remembered; older ones
     * count as reported.
     */
    public boolean hasReport(int period) {
        int age = highestPeriod - period;
        return age >= WINDOW || (age >= 0 && (reported >>> age & 1) == 1);
    }

    /** Marks a period as reported. */
    public void markReported(int period) {
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
        return 900
                + 2L * (creative.length() + content.advertiser().length() + content.text().length())
                + 4L * (content.tokens().length + content.categories().length)
                + 4L * (content.facts().length + content.embedding().length);
    }

    /** The entry as bytes. */
    public byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(1024);
        out.putUtf8(creative);
        out.putUtf8(content.advertiser());
        out.putUtf8(content.text());
        out.putInts(content.tokens());
        out.putInts(content.categories());
        out.putFloats(content.facts());
        out.putFloats(content.embedding());
        out.putInt(spell);
        out.putLong(launchedAt);
        out.putInt(openInterval);
        out.putLong(endsAt);
        out.putLong(stoppedAt);
        out.putDouble(riskAtLaunch);
        out.putDouble(riskAtBoundary);
        out.putInt(highestPeriod);
        out.putLong(reported);
        current.write(out);
        atIntervalStart.write(out);
        return Frame.seal(Family.LEDGER_ENTRY, VERSION, out);
    }

    /** Reads what {@link #toBytes} wrote. */
    public static LedgerEntry fromBytes(byte[] bytes) {
        BinaryReader in = Frame.open(bytes, Family.LEDGER_ENTRY, VERSION);
        String creative = in.getUtf8();
        Content content =
                new Content(
                        in.getUtf8(),
                        in.getUtf8(),
                        in.getInts(),
                        in.getInts(),
                        in.getFloats(),
                        in.getFloats());
        LedgerEntry entry = new LedgerEntry(creative, content, 0, 0);
        entry.spell = in.getInt();
        entry.launchedAt = in.getLong();
        entry.openInterval = in.getInt();
        entry.endsAt = in.getLong();
        entry.stoppedAt = in.getLong();
        entry.riskAtLaunch = in.getDouble();
        entry.riskAtBoundary = in.getDouble();
        entry.highestPeriod = in.getInt();
        entry.reported = in.getLong();
        entry.current.read(in);
        entry.atIntervalStart.read(in);
        in.requireEnd();
        return entry;
    }
}
