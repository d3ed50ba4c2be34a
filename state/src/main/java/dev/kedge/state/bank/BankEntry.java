// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.bank;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import java.util.Arrays;

/**
 * One instance in a memory bank: its latest embeddings with their scores, their average, when and
 * how often it was seen. Equations of specs/ctvis.md: the first embedding is the average g; with
 * embeddings in cache, {@code beta = max(0, mean_j cos(e_j, e))} and {@code g = (1 - beta) g + beta
 * e}. Not thread-safe.
 *
 * <p>Memory: {@code history + 2} vectors of doubles.
 */
public final class BankEntry {
    private static final int VERSION = 1;
    private static final int HEADERS = 160;

    private final BankSettings settings;
    private final long id;
    private final double[][] embeddings;
    private final double[] scores;
    private final double[] lengths;
    private final double[] average;
    private final double[] weighted;
    private int cached;
    private long sightings;
    private long lastFrame;
    private String label = "";
    private boolean shortened;

    BankEntry(BankSettings settings, long id) {
        this.settings = settings;
        this.id = id;
        embeddings = new double[settings.history()][];
        scores = new double[settings.history()];
        lengths = new double[settings.history()];
        average = new double[settings.width()];
        boolean weighs = settings.readOut() == ReadOut.TEMPORALLY_WEIGHTED;
        weighted = new double[weighs ? settings.width() : 0];
    }

    /** The instance's number, never given twice by a bank. */
    public long id() {
        return id;
    }

    /** How often it was seen. */
    public long sightings() {
        return sightings;
    }

    /** The frame in which it was last seen. */
    public long lastFrame() {
        return lastFrame;
    }

    /** The class that a sighting named last; empty if none did. */
    public String label() {
        return label;
    }

    /** How many embeddings are cached. */
    public int cached() {
        return cached;
    }

    /** A cached embedding, not to be changed; 0 is the oldest. */
    public double[] embedding(int index) {
        return embeddings[index];
    }

    /** The score of a cached embedding. */
    public double score(int index) {
        return scores[index];
    }

    /** The average, not to be changed. */
    public double[] average() {
        return average;
    }

    /** The vector that the entry answers by, not to be changed; other values after a sighting. */
    public double[] readOut() {
        return switch (settings.readOut()) {
            case SIMILARITY_GUIDED, FIXED_MOMENTUM -> average;
            case TEMPORALLY_WEIGHTED -> weighted;
            case LAST -> embeddings[cached - 1];
        };
    }

    /**
     * The weight that a new embedding has in the similarity-guided average: the mean of its cosines
     * to the cached ones, at least 0. The cosine to a vector without length is 0.
     */
    public double guide(double[] embedding) {
        double length = Vectors.length(embedding);
        double sum = 0;
        for (int j = 0; j < cached; j++) {
            sum += Vectors.cosine(embeddings[j], lengths[j], embedding, length);
        }
        return Math.max(0, sum / cached);
    }

    /**
     * Takes a sighting.
     *
     * @param embedding its embedding, copied
     * @param name its class; empty for none, which leaves the class as it is
     */
    void see(long frame, double[] embedding, double score, String name) {
        average(embedding);
        double[] seen = room();
        System.arraycopy(embedding, 0, seen, 0, seen.length);
        embeddings[cached] = seen;
        scores[cached] = score;
        lengths[cached] = Vectors.length(seen);
        cached++;
        sightings++;
        lastFrame = frame;
        label = name.isEmpty() ? label : name;
        weigh();
    }

    private void average(double[] seen) {
        if (sightings == 0) {
            System.arraycopy(seen, 0, average, 0, seen.length);
            return;
        }
        boolean fixed = settings.readOut() == ReadOut.FIXED_MOMENTUM;
        double beta = fixed ? settings.momentum() : guide(seen);
        for (int k = 0; k < average.length; k++) {
            average[k] = (1 - beta) * average[k] + beta * seen[k];
        }
    }

    /** An array for a new embedding: that of the oldest, if the cache is full. */
    private double[] room() {
        if (cached < embeddings.length) {
            return new double[settings.width()];
        }
        double[] oldest = embeddings[0];
        cached--;
        System.arraycopy(embeddings, 1, embeddings, 0, cached);
        System.arraycopy(scores, 1, scores, 0, cached);
        System.arraycopy(lengths, 1, lengths, 0, cached);
        return oldest;
    }

    private void weigh() {
        if (weighted.length == 0) {
            return;
        }
        Arrays.fill(weighted, 0);
        double total = 0;
        for (int j = 0; j < cached; j++) {
            double weight = scores[j] + (j + 1.0) / cached;
            total += weight;
            for (int k = 0; k < weighted.length; k++) {
                weighted[k] += weight * embeddings[j][k];
            }
        }
        for (int k = 0; k < weighted.length; k++) {
            weighted[k] /= total;
        }
    }

    /** Heap bytes of an entry, roughly. */
    static long bytes(BankSettings settings) {
        return HEADERS + (settings.history() + 2L) * (16 + 8L * settings.width());
    }

    /** Whether its history was longer than the settings' when it was read back. */
    boolean shortened() {
        return shortened;
    }

    byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(64 + 8 * (cached + 1) * (1 + average.length));
        out.putLong(id);
        out.putLong(sightings);
        out.putLong(lastFrame);
        out.putUtf8(label);
        out.putDoubles(average);
        out.putInt(cached);
        for (int j = 0; j < cached; j++) {
            out.putDouble(scores[j]);
            out.putDoubles(embeddings[j]);
        }
        return Envelope.seal(Family.BANK_ENTRY, VERSION, out);
    }

    /**
     * Reads an entry back. Of a history that is longer than the settings', the latest remains.
     *
     * @throws DamagedSnapshotException if the bytes are not an entry of the settings' width
     */
    static BankEntry fromBytes(byte[] bytes, BankSettings settings) {
        BinaryReader in = Envelope.open(bytes, Family.BANK_ENTRY, VERSION);
        BankEntry entry = new BankEntry(settings, in.getLong());
        entry.sightings = in.getLong();
        entry.lastFrame = in.getLong();
        entry.label = in.getUtf8();
        double[] average = vector(in, settings.width());
        System.arraycopy(average, 0, entry.average, 0, average.length);
        int count = in.getCount();
        int dropped = Math.max(0, count - settings.history());
        for (int j = 0; j < count; j++) {
            double score = in.getDouble();
            double[] embedding = vector(in, settings.width());
            if (j >= dropped) {
                entry.embeddings[entry.cached] = embedding;
                entry.scores[entry.cached] = score;
                entry.lengths[entry.cached] = Vectors.length(embedding);
                entry.cached++;
            }
        }
        in.requireEnd();
        if (entry.cached == 0 || entry.sightings < entry.cached) {
            throw new DamagedSnapshotException(
                    format("%d sightings with %d embeddings", entry.sightings, entry.cached));
        }
        entry.weigh();
        entry.shortened = dropped > 0;
        return entry;
    }

    private static double[] vector(BinaryReader in, int width) {
        double[] vector = in.getDoubles();
        if (vector.length != width) {
            throw new DamagedSnapshotException(
                    format("an embedding has %d values, wanted %d", vector.length, width));
        }
        return vector;
    }
}
