// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.settings.Schema;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BothAppearancesTest {
    private static final int[] FIRST_IS_FIRST = {0, 1};

    private final BothAppearances both = BothAppearances.restored(new MemoryPartStore());

    @Test
    void beforeAnythingWasMatchedTheMeanOfBothCounts() {
        double[] mixed = both.mix(new double[] {0.2, 0.9}, new double[] {0.6, 0.7}, 2);

        assertThat(mixed[0]).isCloseTo(0.4, within(1e-15));
        assertThat(mixed[1]).isCloseTo(0.8, within(1e-15));
    }

    /** Matched pairs 0.4 and others 0 by what was learned, 0.9 and 0.5 by what came in. */
    @Test
    void learnedCosinesArePutOnTheScaleOfThoseThatCameIn() {
        match(60, new double[] {0.4, 0, 0, 0.4}, new double[] {0.9, 0.5, 0.5, 0.9});

        double[] mixed = both.mix(new double[] {0.4, 0, 0.2}, new double[] {0.9, 0.5, 0.8}, 3);

        assertThat(mixed[0]).isCloseTo(0.9, within(1e-12));
        assertThat(mixed[1]).isCloseTo(0.5, within(1e-12));
        assertThat(mixed[2]).as("0.7 and 0.8").isCloseTo(0.75, within(1e-12));
    }

    @Test
    void ofWhomNobodyKnowsHowTheyCameTheLearnedOneSaysIt() {
        match(60, new double[] {0.4, 0, 0, 0.4}, new double[] {0.9, 0.5, 0.5, 0.9});

        double[] mixed = both.mix(new double[] {0.4}, new double[] {Double.NaN}, 1);

        assertThat(mixed[0]).isCloseTo(0.9, within(1e-12));
    }

    @Test
    void anEmbeddingThatTellsNobodyFromAnybodyIsNotStretchedWithoutEnd() {
        match(60, new double[] {0.4, 0.4, 0.4, 0.4}, new double[] {0.9, 0.5, 0.5, 0.9});

        double[] mixed = both.mix(new double[] {0.4}, new double[] {0.8}, 1);

        assertThat(mixed[0]).isCloseTo(0.6, within(1e-12));
    }

    /** Of a cosine that was 0.2 a thousand matches ago, 1/e of the weight is left. */
    @Test
    void oldFramesAreForgotten() {
        Separation separation = new Separation();
        for (int frame = 0; frame < 50_000; frame++) {
            separation.see(new double[] {0.2, 0}, new int[] {0}, 2);
        }
        for (int frame = 0; frame < 1_000; frame++) {
            separation.see(new double[] {0.8, 0.1}, new int[] {0}, 2);
        }

        assertThat(separation.same()).isCloseTo(0.8 - 0.6 / Math.E, within(1e-9));
        assertThat(separation.other()).isCloseTo(0.1 - 0.1 / Math.E, within(1e-9));
        assertThat(separation.seen()).isCloseTo(1_000.5, within(0.1));
    }

    @Test
    void whoIsMatchedToNobodySaysNothing() {
        Separation separation = new Separation();
        separation.see(new double[] {0.9, 0.3, 0.7, 0.1}, new int[] {-1, 0}, 2);

        assertThat(separation.same()).isEqualTo(0.7);
        assertThat(separation.other()).isEqualTo(0.1);
    }

    @Test
    void readBackItMixesAsBefore() {
        match(80, new double[] {0.4, 0.1, 0, 0.5}, new double[] {0.9, 0.4, 0.5, 0.8});
        MemoryPartStore store = new MemoryPartStore();
        both.flush(store);

        BothAppearances again = BothAppearances.restored(store);

        double[] learned = {0.3, 0.35, -0.2};
        double[] given = {0.6, Double.NaN, 0.1};
        double[] expected = Arrays.copyOf(both.mix(learned, given, 3), 3);
        assertThat(Arrays.copyOf(again.mix(learned, given, 3), 3)).isEqualTo(expected);
    }

    @Test
    void aModelThatNeverComparedByBothHasNoPart() {
        MemoryPartStore store = new MemoryPartStore();
        both.flush(store);

        assertThat(store.parts()).isEmpty();
    }

    @Test
    void softmaxScoresHaveNoScaleToShare() {
        assertThatThrownBy(
                        () ->
                                Schema.with(
                                        OnlineTracker.Settings.REFERENCE,
                                        "appearance",
                                        Appearance.BOTH))
                .hasMessageContaining("appearance: both is not allowed")
                .hasMessageContaining("learned unless match is cosine");
    }

    private void match(int frames, double[] learned, double[] given) {
        for (int frame = 0; frame < frames; frame++) {
            both.see(learned, given, FIRST_IS_FIRST, 2);
        }
    }
}
