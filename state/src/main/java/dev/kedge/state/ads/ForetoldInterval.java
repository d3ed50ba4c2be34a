// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What was foretold of a creative at one moment of its life: the ages between which it was said to
 * stop, if that was said, and the hazards. Hazards of intervals that have not begun may be foretold
 * anew; the ages stay. Kept until what became of it is known. Logits of hazards are kept in steps
 * of 1/1024 and cut off at +-31, two bytes each. Part of {@link IntervalForecasts}.
 */
public final class ForetoldInterval {
    /** An upper end that is farther than the intervals look. */
    public static final long OPEN = Long.MAX_VALUE;

    /** A lower end that nobody was told, because too little was known. */
    public static final long UNTOLD = -1;

    private static final float STEP = 1024;
    private static final double MOST = 31;

    private final long age;
    private final long low;
    private final long high;
    private final short[] logits;
    private boolean lowPassed;
    private boolean highPassed;
    private double lowExcess;
    private double highExcess;

    /**
     * Foretells.
     *
     * @param age at which it is foretold, milliseconds since the launch
     * @param low age before which the creative is not stopped, or {@link #UNTOLD}
     * @param high age by which it is, or {@link #OPEN}
     * @param logits of the hazards, by column
     */
    public ForetoldInterval(long age, long low, long high, double[] logits) {
        this(age, low, high, new short[logits.length]);
        revise(0, logits);
    }

    private ForetoldInterval(long age, long low, long high, short[] logits) {
        this.age = age;
        this.low = low;
        this.high = high;
        this.logits = logits;
    }

    /** Foretells the hazards anew, from one column on. */
    public void revise(int from, double[] newest) {
        for (int k = from; k < logits.length; k++) {
            double limited = Math.max(-MOST, Math.min(MOST, newest[k]));
            logits[k] = (short) Math.round(limited * STEP);
        }
    }

    /** The age at which it was foretold, milliseconds. */
    public long age() {
        return age;
    }

    /** Age before which the creative was said not to stop; {@link #UNTOLD} if nothing was said. */
    public long low() {
        return low;
    }

    /** Age by which it was said to stop; {@link #OPEN} if it may run on. */
    public long high() {
        return high;
    }

    /** Whether anything was said. */
    public boolean isTold() {
        return low != UNTOLD;
    }

    /** Whether it has no upper end. */
    public boolean isOpen() {
        return high == OPEN;
    }

    /** Number of columns. */
    public int columns() {
        return logits.length;
    }

    /** Logit of a column's hazard. */
    public double logit(int column) {
        return logits[column] / STEP;
    }

    /** Whether it is known that the creative outlived the lower end. */
    public boolean lowPassed() {
        return lowPassed;
    }

    /** The creative outlived the lower end. */
    public void passLow() {
        lowPassed = true;
    }

    /** Whether it is known that the creative outlived the upper end. */
    public boolean highPassed() {
        return highPassed;
    }

    /** The creative outlived the upper end. */
    public void passHigh() {
        highPassed = true;
    }

    /**
     * Takes what is held of the lower end now in place of what was held before.
     *
     * @param excess probability that it fails, less the share that may
     * @return by how much that is more than before; 0 was held when it was foretold
     */
    public double believeLow(double excess) {
        double before = lowExcess;
        lowExcess = excess;
        return excess - before;
    }

    /** The same for the upper end. */
    public double believeHigh(double excess) {
        double before = highExcess;
        highExcess = excess;
        return excess - before;
    }

    /** Heap bytes, roughly. */
    long bytes() {
        return 88 + 2L * logits.length;
    }

    void write(BinaryWriter out) {
        out.putLong(age);
        out.putLong(low);
        out.putLong(high);
        out.putBoolean(lowPassed);
        out.putBoolean(highPassed);
        byte[] bytes = new byte[2 * logits.length];
        littleEndian(bytes).asShortBuffer().put(logits);
        out.putBytes(bytes);
        out.putDouble(lowExcess);
        out.putDouble(highExcess);
    }

    /**
     * Reads back.
     *
     * @param believed whether what is held of the ends is there, else nothing was yet
     */
    static ForetoldInterval read(BinaryReader in, boolean believed) {
        long age = in.getLong();
        long low = in.getLong();
        long high = in.getLong();
        boolean outlivedLow = in.getBoolean();
        boolean outlivedHigh = in.getBoolean();
        byte[] bytes = in.getBytes();
        if (age < 0 || low < UNTOLD || high < low) {
            throw new DamagedSnapshotException(
                    "foretold at " + age + ": between " + low + " and " + high);
        }
        short[] logits = new short[bytes.length / 2];
        littleEndian(bytes).asShortBuffer().get(logits);
        ForetoldInterval read = new ForetoldInterval(age, low, high, logits);
        read.lowPassed = outlivedLow;
        read.highPassed = outlivedHigh;
        if (believed) {
            read.lowExcess = excess(in.getDouble());
            read.highExcess = excess(in.getDouble());
        }
        return read;
    }

    /** A difference of probabilities. */
    private static double excess(double stored) {
        if (!(Math.abs(stored) <= 1)) {
            throw new DamagedSnapshotException("excess of an interval's end: " + stored);
        }
        return stored;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
