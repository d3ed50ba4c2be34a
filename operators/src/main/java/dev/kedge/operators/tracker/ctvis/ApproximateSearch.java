// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.state.bank.MemoryBank;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.hnsw.HnswGraphBuilder;
import org.apache.lucene.util.hnsw.HnswGraphSearcher;
import org.apache.lucene.util.hnsw.OnHeapHnswGraph;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;

/**
 * Finds the nearest entries of a large bank by a navigable small-world graph (HNSW; Malkov and
 * Yashunin 2018; Lucene's), and adds all that changed since the graph was built. Banks up to a size
 * are searched in full.
 *
 * <p>What it finds does not depend on when the model was restored. The graph is no state: it is a
 * pure function of vectors that the bank can give at any time ({@link MemoryBank#forEachIndexed}:
 * those of the moment of {@link MemoryBank#index}, in the order of the instances' numbers), built
 * by one thread from a fixed seed, with similarities computed here in plain loops rather than by
 * the processor's vector instructions, whose sums differ from machine to machine. When it is built
 * anew is decided by the bank's counters alone, which are state.
 *
 * <p>Memory: a copy of the bank's vectors as floats and about 300 bytes an entry. Not thread-safe.
 */
final class ApproximateSearch implements BankSearch {
    private static final int LINKS = 16;
    private static final int BEAM = 100;
    private static final int LINK_BYTES = 300;
    private static final long SEED = 42;

    private final TrackingSettings.Search settings;
    private final boolean cosine;
    private Graph graph = new Graph(-1, new long[0], new float[0], new OnHeapHnswGraph[0]);

    /** The graph of one generation of a bank; none before the first. */
    private record Graph(int generation, long[] ids, float[] vectors, OnHeapHnswGraph[] links) {}

    /**
     * For one bank.
     *
     * @param cosine whether entries are near by cosine, else by dot product
     */
    ApproximateSearch(TrackingSettings.Search settings, boolean cosine) {
        this.settings = settings;
        this.cosine = cosine;
    }

    /** Builds the index, or says that there is none, where the bank's counters ask for it. */
    private void refresh(MemoryBank bank) {
        if (bank.size() <= settings.above()) {
            bank.dropIndex();
        } else if (!bank.isIndexed() || bank.stale() > settings.stale() * bank.size()) {
            bank.index();
        }
    }

    @Override
    public int[] places(MemoryBank bank, double[] embeddings, int[] rows) {
        refresh(bank);
        return look(bank, embeddings, rows);
    }

    @Override
    public int[] look(MemoryBank bank, double[] embeddings, int[] rows) {
        if (!bank.isIndexed()) {
            return EXACT.places(bank, embeddings, rows);
        }
        if (graph.generation() != bank.generation()) {
            graph = build(bank);
        }
        BitSet found = new BitSet(bank.size());
        bank.forEachUnindexed(found::set);
        for (int row : rows) {
            addNearest(bank, embeddings, row * bank.settings().width(), found);
        }
        return found.stream().toArray();
    }

    @Override
    public long bytes() {
        return 4L * graph.vectors().length + (8 + LINK_BYTES) * (long) graph.ids().length;
    }

    private void addNearest(MemoryBank bank, double[] embeddings, int from, BitSet found) {
        int width = bank.settings().width();
        float[] query = new float[width];
        for (int k = 0; k < width; k++) {
            query[k] = (float) embeddings[from + k];
        }
        if (cosine) {
            normalise(query, 0, width);
        }
        Graph searched = graph;
        try {
            TopDocs top =
                    HnswGraphSearcher.search(
                                    new Scorer(query, 0, searched.vectors(), width),
                                    Math.min(settings.nearest(), searched.ids().length),
                                    searched.links()[0],
                                    null,
                                    Integer.MAX_VALUE)
                            .topDocs();
            for (int k = 0; k < top.scoreDocs.length; k++) {
                int place = bank.place(searched.ids()[top.scoreDocs[k].doc]);
                if (place >= 0) {
                    found.set(place);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Graph build(MemoryBank bank) {
        int width = bank.settings().width();
        int max = bank.size() + bank.stale();
        long[] ids = new long[max];
        float[] vectors = new float[max * width];
        int[] count = {0};
        bank.forEachIndexed(
                (id, vector) -> {
                    int at = count[0]++;
                    ids[at] = id;
                    for (int k = 0; k < width; k++) {
                        vectors[at * width + k] = (float) vector[k];
                    }
                    if (cosine) {
                        normalise(vectors, at * width, width);
                    }
                });
        try {
            OnHeapHnswGraph links =
                    HnswGraphBuilder.create(new Vectors(vectors, width), LINKS, BEAM, SEED)
                            .build(count[0]);
            return new Graph(
                    bank.generation(),
                    Arrays.copyOf(ids, count[0]),
                    vectors,
                    new OnHeapHnswGraph[] {links});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void normalise(float[] vectors, int from, int width) {
        double square = 0;
        for (int k = from; k < from + width; k++) {
            square += vectors[k] * (double) vectors[k];
        }
        double length = Math.sqrt(square);
        for (int k = from; k < from + width && length > 0; k++) {
            vectors[k] = (float) (vectors[k] / length);
        }
    }

    /** Similarities of one vector with all others, made positive in the same order. */
    private record Scorer(float[] from, int at, float[] vectors, int width)
            implements RandomVectorScorer {
        @Override
        public float score(int node) {
            double dot = 0;
            for (int k = 0; k < width; k++) {
                dot += from[at + k] * (double) vectors[node * width + k];
            }
            return (float) (dot < 0 ? 1 / (1 - dot) : 1 + dot);
        }

        @Override
        public int maxOrd() {
            return vectors.length / width;
        }
    }

    private record Vectors(float[] vectors, int width) implements RandomVectorScorerSupplier {
        @Override
        public RandomVectorScorer scorer(int node) {
            return new Scorer(vectors, node * width, vectors, width);
        }

        @Override
        public RandomVectorScorerSupplier copy() {
            return this;
        }
    }
}
