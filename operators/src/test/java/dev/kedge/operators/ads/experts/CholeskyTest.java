// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CholeskyTest {
    /** 4x + 2y = 10, 2x + 3y + z = 13.5, y + 2z = 8 at x = 1, y = 3, z = 2.5. */
    @Test
    void solvesAnEquationWorkedByHand() {
        double[] b = {10, 13.5, 8};

        Cholesky.solve(new double[] {4, 2, 0, 2, 3, 1, 0, 1, 2}, b);

        assertThat(b).containsExactly(new double[] {1, 3, 2.5}, within(1e-12));
    }
}
