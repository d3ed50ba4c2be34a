// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.math.MatrixProduct.Matrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixProductTest {
    private final SplittableRandom random = new SplittableRandom(5);

    private float[] draw(int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource({
        "false,false,false", "false,false,true", "false,true,false", "false,true,true",
        "true,false,false", "true,false,true", "true,true,false", "true,true,true"
    })
    void nd4jAndTheLoopsBothGiveTheDefinition(boolean ta, boolean tb, boolean accumulate) {
        int m = 5;
        int k = 7;
        int n = 3;
        float[] a = draw(2 + m * k);
        float[] b = draw(1 + k * n);
        float[] start = draw(4 + m * n);
        try (MatrixProduct loops = new MatrixProduct(Long.MAX_VALUE);
                MatrixProduct nd4j = new MatrixProduct(0)) {
            float[] first = start.clone();
            float[] second = start.clone();
            Matrix left = new Matrix(a, 2, ta);
            Matrix right = new Matrix(b, 1, tb);
            loops.multiply(left, right, Matrix.at(4, first), m, k, n, accumulate);
            nd4j.multiply(left, right, Matrix.at(4, second), m, k, n, accumulate);
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = accumulate ? start[4 + i * n + j] : 0;
                    for (int l = 0; l < k; l++) {
                        double factor = a[2 + (ta ? l * m + i : i * k + l)];
                        sum += factor * b[1 + (tb ? j * k + l : l * n + j)];
                    }
                    assertThat((double) first[4 + i * n + j]).isCloseTo(sum, within(1e-5));
                    assertThat((double) second[4 + i * n + j]).isCloseTo(sum, within(1e-5));
                }
            }
            assertThat(first[3]).as("before the slice").isEqualTo(start[3]);
        }
    }

    @Test
    void fourRowsInAPassGiveTheBitsOfOneAfterAnother() {
        SplittableRandom random = new SplittableRandom(4);
        for (int k = 1; k < 20; k++) {
            int m = 3;
            int n = 37;
            float[] a = new float[m * k];
            float[] b = new float[k * n];
            for (int i = 0; i < a.length; i++) {
                a[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextDouble(-1, 1);
            }
            for (int i = 0; i < b.length; i++) {
                b[i] = (float) random.nextDouble(-1, 1);
            }
            float[] c = new float[m * n];
            float[] expected = new float[m * n];
            for (int i = 0; i < m; i++) {
                for (int l = 0; l < k; l++) {
                    for (int j = 0; j < n; j++) {
                        expected[i * n + j] += a[i * k + l] * b[l * n + j];
                    }
                }
            }
            try (MatrixProduct product = new MatrixProduct(Long.MAX_VALUE)) {
                product.multiply(Matrix.of(a), Matrix.of(b), Matrix.of(c), m, k, n, false);
            }

            assertThat(c).isEqualTo(expected);
        }
    }
}
