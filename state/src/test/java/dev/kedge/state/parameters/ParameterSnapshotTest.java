// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class ParameterSnapshotTest {
    private static Layout layout(int columns, boolean more) {
        Layout.Builder builder = Layout.builder();
        builder.add("encoder", 1, 2);
        builder.add("head", 2, columns);
        if (more) {
            builder.add("other", 1, 1);
        }
        return builder.build();
    }

    @Test
    void theSameLayoutGivesTheSameNumbers() {
        Layout layout = layout(2, false);
        float[] vector = {1, 2, 3, 4, 5, 6};
        float[] target = new float[6];

        BitSet restored =
                ParameterSnapshot.read(ParameterSnapshot.write(layout, vector), layout, target);

        assertThat(target).containsExactly(vector);
        assertThat(restored.cardinality()).isEqualTo(6);
    }

    @Test
    void aWiderHeadAndAnAddedObjectiveKeepTheOldByNameAndTheRestAsInitialised() {
        float[] vector = {1, 2, 3, 4, 5, 6};
        byte[] old = ParameterSnapshot.write(layout(2, false), vector);
        float[] target = {-1, -1, -1, -1, -1, -1, -1, -1, -1};

        ParameterSnapshot.read(old, layout(3, true), target);

        assertThat(target).containsExactly(1, 2, 3, 4, -1, 5, 6, -1, -1);
    }

    @Test
    void aNarrowerHeadIsRefusedWithBothShapes() {
        byte[] old = ParameterSnapshot.write(layout(3, false), new float[8]);

        assertThatThrownBy(() -> ParameterSnapshot.read(old, layout(2, false), new float[6]))
                .isInstanceOf(IncompatibleLayoutException.class)
                .hasMessage("'head' is 2x3 in the snapshot and only 2x2 in the job");
    }

    @Test
    void aPartThatTheJobLostIsRefusedByName() {
        byte[] old = ParameterSnapshot.write(layout(2, true), new float[7]);

        assertThatThrownBy(() -> ParameterSnapshot.read(old, layout(2, false), new float[6]))
                .isInstanceOf(IncompatibleLayoutException.class)
                .hasMessageContaining("'other'");
    }

    @Test
    void aNameCannotBeDeclaredTwice() {
        Layout.Builder builder = Layout.builder();
        builder.add("a", 1, 1);

        assertThatThrownBy(() -> builder.add("a", 2, 2)).hasMessageContaining("declared twice");
    }
}
