// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.operators.ads.hazards.HazardLoss;
import dev.kedge.operators.learner.Adam;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.operators.math.MatrixProduct.Matrix;
import dev.kedge.state.cache.LiveCache;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.ParameterSnapshot;
import dev.kedge.state.random.RestorableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The small pieces that every record pays for. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KernelBenchmarks {

    /** One product, by loops or by ND4J. */
    @State(Scope.Thread)
    public static class Product {
        @Param({"1x64x44", "8x64x32", "32x32x32", "32x64x32", "40x64x128"})
        String shape;

        @Param({"loops", "nd4j"})
        String way;

        private MatrixProduct product;
        private float[] a;
        private float[] b;
        private float[] c;
        private int m;
        private int k;
        private int n;

        /** Draws the factors. */
        @Setup
        public void draw() {
            String[] sides = shape.split("x", -1);
            m = Integer.parseInt(sides[0]);
            k = Integer.parseInt(sides[1]);
            n = Integer.parseInt(sides[2]);
            product = new MatrixProduct("loops".equals(way) ? Long.MAX_VALUE : 0);
            a = drawn(m * k);
            b = drawn(k * n);
            c = new float[m * n];
        }

        /** Frees native arrays. */
        @TearDown
        public void close() {
            product.close();
        }
    }

    /** One flat vector with Adam's moments. */
    @State(Scope.Thread)
    public static class Vectors {
        @Param({"5000", "100000"})
        int size;

        private final Adam adam = new Adam(0.001);
        private Layout layout;
        private float[] parameters;
        private float[] gradient;
        private float[][] slots;
        private long step;

        /** Draws the vectors. */
        @Setup
        public void draw() {
            Layout.Builder builder = Layout.builder();
            builder.add("all", 1, size);
            layout = builder.build();
            parameters = drawn(size);
            gradient = drawn(size);
            slots = new float[2][size];
        }
    }

    /** 32 creatives with 24 intervals each. */
    @State(Scope.Thread)
    public static class Periods {
        private static final int ROWS = 32;
        private static final int INTERVALS = 24;

        private final double[] logits = new double[ROWS * INTERVALS];
        private final double[] labels = new double[ROWS * INTERVALS];
        private final double[] atRisk = new double[ROWS * INTERVALS];
        private final double[] weights = new double[ROWS];
        private final double[] gradient = new double[ROWS * INTERVALS];

        /** Draws logits; each creative runs on to an interval of its own and stops there. */
        @Setup
        public void draw() {
            RestorableRandom random = RestorableRandom.seeded(4);
            for (int i = 0; i < ROWS; i++) {
                weights[i] = 1;
                int last = random.nextInt(INTERVALS);
                for (int j = 0; j < INTERVALS; j++) {
                    logits[i * INTERVALS + j] = 2 * random.nextDouble() - 1;
                    atRisk[i * INTERVALS + j] = j <= last ? 1 : 0;
                }
                labels[i * INTERVALS + last] = 1;
            }
        }
    }

    /** A cache with all models in it. */
    @State(Scope.Thread)
    public static class Cached {
        @Param({"1", "1000", "100000"})
        int models;

        private final LiveCache<String> cache =
                new LiveCache<>(Long.MAX_VALUE, model -> 60_000, (key, model) -> {});
        private String[] keys;
        private int at;

        /** Fills the cache. */
        @Setup
        public void fill() {
            keys = new String[models];
            for (int i = 0; i < models; i++) {
                keys[i] = "model-" + i;
                cache.put(keys[i], keys[i]);
            }
        }
    }

    private static float[] drawn(int size) {
        float[] values = new float[size];
        RestorableRandom.seeded(3).fillUniform(values, 0, size, 1);
        return values;
    }

    /** A x B. */
    @Benchmark
    public float[] matrixProduct(Product p) {
        p.product.multiply(Matrix.of(p.a), Matrix.of(p.b), Matrix.of(p.c), p.m, p.k, p.n, false);
        return p.c;
    }

    /** One sweep. */
    @Benchmark
    public float[] adamStep(Vectors v) {
        v.adam.step(v.parameters, v.gradient, v.slots, ++v.step);
        return v.parameters;
    }

    /** To bytes, with layout and checksum. */
    @Benchmark
    public byte[] snapshotWrite(Vectors v) {
        return ParameterSnapshot.write(v.layout, v.parameters);
    }

    /** Loss and gradient. */
    @Benchmark
    public double hazardLoss(Periods p) {
        return HazardLoss.evaluate(
                p.logits,
                p.labels,
                p.atRisk,
                p.weights,
                Periods.ROWS,
                Periods.INTERVALS,
                p.gradient);
    }

    /** What the operator asks of the cache for each record. */
    @Benchmark
    public String cacheGetAndSettle(Cached c) {
        c.at = c.at + 1 == c.keys.length ? 0 : c.at + 1;
        String key = c.keys[c.at];
        String model = c.cache.get(key).orElseThrow();
        c.cache.settle(key, other -> false);
        return model;
    }
}
