// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.ParameterSnapshot;
import org.junit.jupiter.api.Test;

class VectorDifferenceTest {
    private static byte[] vector(String one, String other, float... values) {
        Layout.Builder layout = Layout.builder();
        layout.add(one, 1, 1);
        layout.add(other, 1, values.length - 1);
        return ParameterSnapshot.write(layout.build(), values);
    }

    @Test
    void onlySlicesThatDifferAreTold() {
        assertThat(
                        VectorDifference.between(
                                vector("a", "b", 1, 2, 3), vector("a", "b", 1, -2, 3.5f)))
                .isEqualTo("slices b 2 of 2 values, by at most 4.0");
    }

    @Test
    void aValueThatIsNotANumberIsToldAsSuch() {
        assertThat(
                        VectorDifference.between(
                                vector("a", "b", 1, Float.NaN, 3), vector("a", "b", 1, 2, 9)))
                .isEqualTo("slices b 2 of 2 values, by at most NaN");
    }

    @Test
    void theSignOfZeroIsADifference() {
        assertThat(VectorDifference.between(vector("a", "b", 0, 1), vector("a", "b", -0.0f, 1)))
                .isEqualTo("slices a 1 of 1 values, by at most 0.0");
    }

    @Test
    void slicesOfOneSideAreToldByName() {
        assertThat(VectorDifference.between(vector("a", "b", 1, 2), vector("a", "c", 1, 2)))
                .isEqualTo("slices b only in A; c only in B");
    }

    @Test
    void anotherOrderOfTheSameSlicesIsTold() {
        assertThat(VectorDifference.between(vector("a", "b", 1, 2), vector("b", "a", 2, 1)))
                .isEqualTo("the same slices in another order");
    }
}
