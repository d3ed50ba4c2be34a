// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.part.MemoryPartStore;
import org.junit.jupiter.api.Test;

class GivenTableTest {
    private static final double[] EAST_AND_NORTH = {1, 0, 0, 1};
    private static final int[] BOTH_ROWS = {0, 1};

    private final MemoryBank bank =
            new MemoryBank(new BankSettings(3, BankSettings.Bounds.REFERENCE), "");
    private final GivenTable table = new GivenTable("");

    @Test
    void anInstanceIsComparedByTheAverageOfHowItCame() {
        long id = bank.add(0, new double[3], 0, 1, "");
        table.see(id, EAST_AND_NORTH, 0, 2);
        table.see(id, EAST_AND_NORTH, 1, 2);

        double[] cosines = table.cosines(EAST_AND_NORTH, 2, BOTH_ROWS, bank, new int[] {0});

        double length = Math.sqrt(0.9 * 0.9 + 0.1 * 0.1);
        assertThat(cosines[0]).isCloseTo(0.9 / length, within(1e-15));
        assertThat(cosines[1]).isCloseTo(0.1 / length, within(1e-15));
    }

    @Test
    void nobodyKnowsHowAnInstanceCameThatWasNotSeenSince() {
        bank.add(0, new double[3], 0, 1, "");

        double[] cosines = table.cosines(EAST_AND_NORTH, 2, BOTH_ROWS, bank, new int[] {0});

        assertThat(cosines[0]).isNaN();
        assertThat(cosines[1]).isNaN();
    }

    @Test
    void whatHasNoLengthIsLikeNobody() {
        long id = bank.add(0, new double[3], 0, 1, "");
        table.see(id, new double[] {0, 0}, 0, 2);

        assertThat(table.cosines(EAST_AND_NORTH, 2, BOTH_ROWS, bank, new int[] {0})[0]).isZero();
    }

    @Test
    void whatTheBankForgetsIsForgottenAndTheRestIsReadBack() {
        long gone = bank.add(0, new double[3], 0, 1, "");
        long kept = bank.add(0, new double[3], 0, 1, "");
        table.see(gone, EAST_AND_NORTH, 0, 2);
        table.see(kept, EAST_AND_NORTH, 1, 2);
        MemoryPartStore store = new MemoryPartStore();
        table.flush(store);

        bank.forget(entry -> entry.id() == gone);
        table.keep(bank);
        table.flush(store);

        assertThat(store.parts("given/")).containsOnlyKeys("given/0000000000000001");
        GivenTable again = GivenTable.restored("", store);
        assertThat(again.of(kept).orElseThrow().cosine(EAST_AND_NORTH, 2)).isEqualTo(1);
        assertThat(again.bytes()).isEqualTo(table.bytes());
    }
}
