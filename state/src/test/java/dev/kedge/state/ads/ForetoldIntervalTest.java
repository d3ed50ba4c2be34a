// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import org.junit.jupiter.api.Test;

class ForetoldIntervalTest {
    private static ForetoldInterval told() {
        return new ForetoldInterval(5, 1000, 2000, new double[] {0.5, -50, 1});
    }

    @Test
    void hazardsAreForetoldAnewFromAColumnOnAndTheAgesStay() {
        ForetoldInterval told = told();
        told.revise(1, new double[] {9, 2, 60});

        assertThat(told.logit(0)).isEqualTo(0.5);
        assertThat(told.logit(1)).isEqualTo(2);
        assertThat(told.logit(2)).isEqualTo(31);
        assertThat(told.low()).isEqualTo(1000);
        assertThat(told.high()).isEqualTo(2000);
        told.revise(3, new double[3]);
        assertThat(told.logit(2)).isEqualTo(31);
    }

    @Test
    void whatIsHeldOfAnEndTakesThePlaceOfWhatWasHeldBefore() {
        ForetoldInterval told = told();

        assertThat(told.believeLow(-0.02)).isEqualTo(-0.02);
        assertThat(told.believeLow(0.95)).isCloseTo(0.97, within(1e-15));
        assertThat(told.believeHigh(0.1)).isEqualTo(0.1);
        assertThat(told.believeHigh(-0.05)).isCloseTo(-0.15, within(1e-15));
    }

    @Test
    void moreThanAProbabilityIsDamage() {
        ForetoldInterval told = told();
        told.believeHigh(1.5);
        BinaryWriter out = new BinaryWriter(64);
        told.write(out);
        BinaryReader in =
                Envelope.open(
                        Envelope.seal(Family.LEDGER_ENTRY, 8, out), Family.LEDGER_ENTRY, 8, 8);

        assertThatThrownBy(() -> ForetoldInterval.read(in, true))
                .isInstanceOf(DamagedSnapshotException.class)
                .hasMessageContaining("1.5");
    }
}
