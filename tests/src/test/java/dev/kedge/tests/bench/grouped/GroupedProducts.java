// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.grouped;

import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.operators.math.MatrixProduct.Matrix;
import dev.kedge.state.random.RestorableRandom;
import dev.kedge.tests.bench.Figures;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The same layer of many models: each product by loops, each by ND4J's GEMM, all by one product of
 * rank 3. Parameters lie on the heap, where models keep them, so that what goes to ND4J is copied
 * there and back.
 */
final class GroupedProducts {
    private final int group;
    private final int rounds;

    /** Ways to multiply. */
    enum Way {
        /** Java loops, one model after the other. */
        LOOPS,
        /** ND4J's GEMM, one model after the other. */
        GEMM,
        /** One call of ND4J for all of them, copies included. */
        RANK_3,
        /** The same without the copies. */
        RANK_3_RESIDENT
    }

    /**
     * A shape, measured.
     *
     * @param millis of all models' products, the median of the rounds
     * @param sameBits whether loops and the product of rank 3 give the same bits
     */
    record Row(int models, int m, int k, int n, Map<Way, Double> millis, boolean sameBits) {}

    /**
     * Prepares.
     *
     * @param group models whose products are made together
     */
    GroupedProducts(int group, int rounds) {
        this.group = group;
        this.rounds = rounds;
    }

    List<Row> run(PrintWriter out) {
        out.printf(
                "%n%-24s %10s %10s %10s %10s  %s%n",
                "products, ms", "loops", "gemm", "rank 3", "resident", "bits");
        List<Row> rows = new ArrayList<>();
        rows.add(measure(8, 46, 64));
        rows.add(measure(20, 24, 16));
        rows.add(measure(20, 256, 128));
        rows.forEach(row -> print(row, out));
        return rows;
    }

    private static void print(Row row, PrintWriter out) {
        String shape = row.m() + "x" + row.k() + "x" + row.n();
        out.printf(
                Locale.ROOT,
                "%,6d x %-15s %10.2f %10.2f %10.2f %10.2f  %s%n",
                row.models(),
                shape,
                row.millis().get(Way.LOOPS),
                row.millis().get(Way.GEMM),
                row.millis().get(Way.RANK_3),
                row.millis().get(Way.RANK_3_RESIDENT),
                row.sameBits() ? "the same" : "differ");
        out.flush();
    }

    private Row measure(int m, int k, int n) {
        RestorableRandom random = RestorableRandom.seeded(5);
        float[] a = new float[group * m * k];
        float[] b = new float[group * k * n];
        random.fillUniform(a, 0, a.length, 1);
        random.fillUniform(b, 0, b.length, 1);
        float[] byLoops = new float[group * m * n];
        float[] byRank3 = new float[byLoops.length];
        double[][] millis = new double[Way.values().length][rounds];
        try (MatrixProduct loops = new MatrixProduct(Long.MAX_VALUE);
                MatrixProduct gemm = new MatrixProduct(0);
                Rank3 rank3 = new Rank3(group, m, k, n)) {
            for (int round = -rounds; round < rounds; round++) {
                int at = Math.max(0, round);
                millis[0][at] = millis(() -> each(loops, a, b, byLoops, m, k, n));
                millis[1][at] = millis(() -> each(gemm, a, b, new float[byLoops.length], m, k, n));
                millis[2][at] = millis(() -> rank3.copied(a, b, byRank3));
                millis[3][at] = millis(rank3::multiply);
            }
        }
        Map<Way, Double> medians = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            medians.put(way, Figures.median(millis[medians.size()]));
        }
        return new Row(group, m, k, n, medians, Arrays.equals(byLoops, byRank3));
    }

    private void each(MatrixProduct product, float[] a, float[] b, float[] c, int m, int k, int n) {
        for (int i = 0; i < group; i++) {
            Matrix left = Matrix.at(i * m * k, a);
            Matrix right = Matrix.at(i * k * n, b);
            product.multiply(left, right, Matrix.at(i * m * n, c), m, k, n, false);
        }
    }

    private static double millis(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) * 1e-6;
    }

    /** Arrays outside of the heap for all models. */
    private static final class Rank3 implements AutoCloseable {
        private final INDArray a;
        private final INDArray b;
        private final INDArray c;

        private Rank3(int models, int m, int k, int n) {
            a = Nd4j.create(DataType.FLOAT, new long[] {models, m, k}, 'c');
            b = Nd4j.create(DataType.FLOAT, new long[] {models, k, n}, 'c');
            c = Nd4j.create(DataType.FLOAT, new long[] {models, m, n}, 'c');
        }

        private void copied(float[] left, float[] right, float[] result) {
            a.data().asNioFloat().put(left);
            b.data().asNioFloat().put(right);
            multiply();
            c.data().asNioFloat().get(result);
        }

        private void multiply() {
            Nd4j.matmul(a, b, c);
        }

        @Override
        public void close() {
            a.close();
            b.close();
            c.close();
        }
    }
}
