// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.state.ads.CreativeDescription;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The half-filled micro-batch of a model: person-periods whose outcome is known and that are not
 * learned yet. Part of its state.
 */
final class PendingPeriods {
    private static final String PART = "pending";
    private static final int VERSION = 2;

    private final List<PersonPeriod> rows = new ArrayList<>();
    private long oldest = Long.MAX_VALUE;
    private final Part part = Part.of(PART);

    /**
     * One person-period.
     *
     * @param content inputs that do not change
     * @param numbers raw numbers as known at the landmark
     * @param column column of its hazard
     * @param cause index of the cause for which the creative was discontinued in it; {@link
     *     #SURVIVED} if it was not
     * @param weight its weight
     */
    record PersonPeriod(
            LedgerEntry.Content content, float[] numbers, int column, int cause, double weight) {
        /** No cause: it survived. */
        static final int SURVIVED = -1;

        PersonPeriod withWeight(double other) {
            return new PersonPeriod(content, numbers, column, cause, other);
        }

        boolean discontinued() {
            return cause != SURVIVED;
        }
    }

    /** Reads them back, or starts empty where the store has none. */
    static PendingPeriods restored(PartStore store) {
        return store.get(PART).map(PendingPeriods::fromBytes).orElseGet(PendingPeriods::new);
    }

    int size() {
        return rows.size();
    }

    /** Event time at which the oldest row came, {@link Long#MAX_VALUE} if there is none. */
    long oldest() {
        return oldest;
    }

    void add(PersonPeriod row, long at) {
        rows.add(row);
        oldest = Math.min(oldest, at);
        part.touch();
    }

    List<PersonPeriod> rows() {
        return rows;
    }

    /** Forgets the rows of one creative, known by what it shows. */
    void forget(LedgerEntry.Content content) {
        part.touchIf(rows.removeIf(row -> shows(row.content(), content)));
        if (rows.isEmpty()) {
            oldest = Long.MAX_VALUE;
        }
    }

    /** Whether a row is of a creative that shows this. */
    static boolean shows(LedgerEntry.Content row, LedgerEntry.Content content) {
        return Arrays.equals(row.tokens(), content.tokens())
                && Arrays.equals(row.categories(), content.categories())
                && Arrays.equals(row.embedding(), content.embedding());
    }

    void clear() {
        part.touchIf(!rows.isEmpty());
        rows.clear();
        oldest = Long.MAX_VALUE;
    }

    /** Writes them if they changed since the last call. */
    void flush(PartStore store) {
        part.flush(store, this::toBytes);
    }

    byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(256);
        out.putLong(oldest);
        out.putInt(rows.size());
        for (PersonPeriod row : rows) {
            write(row, out);
        }
        return Envelope.seal(Family.MICRO_BATCH, VERSION, out);
    }

    static PendingPeriods fromBytes(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.MICRO_BATCH, VERSION, VERSION);
        PendingPeriods pending = new PendingPeriods();
        pending.oldest = in.getLong();
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            pending.rows.add(read(in));
        }
        in.requireEnd();
        pending.part.restored();
        return pending;
    }

    /** Writes a row. */
    static void write(PersonPeriod row, BinaryWriter out) {
        out.putInts(row.content().tokens());
        out.putInts(row.content().categories());
        out.putFloats(row.content().embedding());
        out.putFloats(row.numbers());
        out.putInt(row.column());
        out.putInt(row.cause());
        out.putDouble(row.weight());
    }

    /** Reads back what {@link #write} wrote. */
    static PersonPeriod read(BinaryReader in) {
        int[] tokens = in.getInts();
        int[] categories = in.getInts();
        float[] embedding = in.getFloats();
        LedgerEntry.Content content =
                new LedgerEntry.Content(
                        CreativeDescription.NONE, tokens, categories, new float[0], embedding);
        float[] numbers = in.getFloats();
        int column = in.getInt();
        int cause = in.getInt();
        return new PersonPeriod(content, numbers, column, cause, in.getDouble());
    }
}
