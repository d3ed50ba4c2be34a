// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@code C = op(A) op(B) + beta C} over slices of float arrays. Large products go to ND4J's GEMM
 * through staging arrays that are kept by shape; small ones, where the call itself would cost more
 * than the work, are fused loops. Which way a product goes depends on its shape alone, so the same
 * shapes always give the same bits.
 *
 * <p>Not thread-safe: one for each task. Keeps three off-heap arrays for each shape that it has
 * met.
 */
public final class MatrixProduct implements AutoCloseable {
    /**
     * Products with fewer multiply-adds are done in Java; see REPRODUCIBILITY.md for the
     * measurement.
     */
    static final long SMALL = 32_768;

    private final Map<Shape, Staging> stagings = new HashMap<>();
    private final long small;

    /** Uses ND4J for all but small products. */
    public MatrixProduct() {
        this(SMALL);
    }

    /**
     * Uses ND4J from a bound of one's own on.
     *
     * @param small products with fewer multiply-adds are done in Java
     */
    public MatrixProduct(long small) {
        this.small = small;
    }

    /**
     * A matrix in a float array.
     *
     * @param values holds it row-major
     * @param from where it begins
     * @param transposed whether it is meant transposed
     */
    public record Matrix(float[] values, int from, boolean transposed) {
        /** A whole array. */
        public static Matrix of(float[] values) {
            return new Matrix(values, 0, false);
        }

        /** A slice of an array. */
        public static Matrix at(int from, float[] values) {
            return new Matrix(values, from, false);
        }

        /** The transpose, of the same numbers. */
        public Matrix transpose() {
            return new Matrix(values, from, !transposed);
        }
    }

    private record Shape(int m, int k, int n, boolean transposeA, boolean transposeB) {}

    private record Staging(INDArray a, INDArray b, INDArray c) {}

    /**
     * Multiplies.
     *
     * @param a left factor, m x k; k x m where it is transposed
     * @param b right factor, k x n; n x k where it is transposed
     * @param c result, m x n
     * @param accumulate whether to add to {@code c} instead of overwriting it
     */
    public void multiply(Matrix a, Matrix b, Matrix c, int m, int k, int n, boolean accumulate) {
        if ((long) m * k * n < small) {
            loops(a, b, c, m, k, n, accumulate);
        } else {
            gemm(a, b, c, new Shape(m, k, n, a.transposed, b.transposed), accumulate);
        }
    }

    private void gemm(Matrix a, Matrix b, Matrix c, Shape shape, boolean accumulate) {
        Staging staging = stagings.computeIfAbsent(shape, MatrixProduct::allocate);
        upload(a, shape.m * shape.k, staging.a);
        upload(b, shape.k * shape.n, staging.b);
        if (accumulate) {
            upload(c, shape.m * shape.n, staging.c);
        }
        int beta = accumulate ? 1 : 0;
        Nd4j.gemm(staging.a, staging.b, staging.c, a.transposed, b.transposed, 1, beta);
        Nd4j.getAffinityManager().ensureLocation(staging.c, Location.HOST);
        staging.c.data().asNioFloat().get(c.values, c.from, shape.m * shape.n);
    }

    private static Staging allocate(Shape shape) {
        return new Staging(
                shape.transposeA ? HostArray.of(shape.k, shape.m) : HostArray.of(shape.m, shape.k),
                shape.transposeB ? HostArray.of(shape.n, shape.k) : HostArray.of(shape.k, shape.n),
                HostArray.of(shape.m, shape.n));
    }

    private static void upload(Matrix source, int count, INDArray target) {
        target.data().asNioFloat().put(source.values, source.from, count);
        Nd4j.getAffinityManager().tagLocation(target, Location.HOST);
    }

    private static void loops(
            Matrix a, Matrix b, Matrix c, int m, int k, int n, boolean accumulate) {
        if (!accumulate) {
            Arrays.fill(c.values, c.from, c.from + m * n, 0);
        }
        int row = a.transposed ? 1 : k;
        int step = a.transposed ? m : 1;
        for (int i = 0; i < m; i++) {
            int from = a.from + i * row;
            int out = c.from + i * n;
            if (b.transposed) {
                dotRows(a.values, from, step, b.values, b.from, c.values, out, k, n);
            } else {
                addRows(a.values, from, step, b.values, b.from, c.values, out, k, n);
            }
        }
    }

    /**
     * Adds multiples of rows, four in a pass over the result, in the order and with the roundings
     * of one after another.
     */
    private static void addRows(
            float[] a,
            int aFrom,
            int step,
            float[] b,
            int bFrom,
            float[] c,
            int out,
            int k,
            int n) {
        int l = 0;
        while (l < k) {
            int first = nextFactor(a, aFrom, step, l, k);
            int second = nextFactor(a, aFrom, step, first + 1, k);
            int third = nextFactor(a, aFrom, step, second + 1, k);
            int fourth = nextFactor(a, aFrom, step, third + 1, k);
            if (fourth < k) {
                addFour(
                        a[aFrom + first * step],
                        bFrom + first * n,
                        a[aFrom + second * step],
                        bFrom + second * n,
                        a[aFrom + third * step],
                        bFrom + third * n,
                        a[aFrom + fourth * step],
                        bFrom + fourth * n,
                        b,
                        c,
                        out,
                        n);
                l = fourth + 1;
            } else {
                for (int rest = first; rest < k; rest = nextFactor(a, aFrom, step, rest + 1, k)) {
                    addOne(a[aFrom + rest * step], b, bFrom + rest * n, c, out, n);
                }
                return;
            }
        }
    }

    /** Where the next factor that is not 0 stands; {@code k} or more if there is none. */
    private static int nextFactor(float[] a, int aFrom, int step, int from, int k) {
        int l = from;
        while (l < k && a[aFrom + l * step] == 0) {
            l++;
        }
        return l;
    }

    private static void addOne(float factor, float[] b, int row, float[] c, int out, int n) {
        for (int j = 0; j < n; j++) {
            c[out + j] += factor * b[row + j];
        }
    }

    private static void addFour(
            float f0,
            int row0,
            float f1,
            int row1,
            float f2,
            int row2,
            float f3,
            int row3,
            float[] b,
            float[] c,
            int out,
            int n) {
        for (int j = 0; j < n; j++) {
            float sum = c[out + j] + f0 * b[row0 + j];
            sum += f1 * b[row1 + j];
            sum += f2 * b[row2 + j];
            c[out + j] = sum + f3 * b[row3 + j];
        }
    }

    /** Four sums at a time, so that none waits for another; each in the order of its terms. */
    private static void dotRows(
            float[] a,
            int aFrom,
            int step,
            float[] b,
            int bFrom,
            float[] c,
            int out,
            int k,
            int n) {
        int j = 0;
        for (; j + 4 <= n; j += 4) {
            int row0 = bFrom + j * k;
            int row1 = row0 + k;
            int row2 = row1 + k;
            int row3 = row2 + k;
            float sum0 = 0;
            float sum1 = 0;
            float sum2 = 0;
            float sum3 = 0;
            for (int l = 0; l < k; l++) {
                float factor = a[aFrom + l * step];
                sum0 += factor * b[row0 + l];
                sum1 += factor * b[row1 + l];
                sum2 += factor * b[row2 + l];
                sum3 += factor * b[row3 + l];
            }
            c[out + j] += sum0;
            c[out + j + 1] += sum1;
            c[out + j + 2] += sum2;
            c[out + j + 3] += sum3;
        }
        for (; j < n; j++) {
            c[out + j] += dot(a, aFrom, step, b, bFrom + j * k, k);
        }
    }

    private static float dot(float[] a, int aFrom, int step, float[] b, int row, int k) {
        float sum = 0;
        for (int l = 0; l < k; l++) {
            sum += a[aFrom + l * step] * b[row + l];
        }
        return sum;
    }

    /** Frees the staging arrays. */
    @Override
    public void close() {
        for (Staging staging : stagings.values()) {
            staging.a.close();
            staging.b.close();
            staging.c.close();
        }
        stagings.clear();
    }
}
