// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.intervals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResidualTableTest {
    private static final double MUCH = 1e9;

    /** Creatives that stop so many times as fast as foretold, each seen to a residual at most. */
    private static ResidualTable stopping(double pace, double seen, int count) {
        ResidualTable table = new ResidualTable(MUCH);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < count; i++) {
            double residual = -Math.log1p(-random.nextDouble()) / pace;
            double until = seen * random.nextDouble();
            table.outlive(0, Math.min(residual, until));
            if (residual <= until) {
                table.stop(residual);
            }
        }
        return table;
    }

    @Test
    void withoutOutcomesWhatWasForetoldStands() {
        ResidualTable table = new ResidualTable(100);

        for (double hazard : new double[] {0, 0.001, 0.05, 0.1, 1, 3, 20}) {
            assertThat(table.residual(hazard)).isCloseTo(hazard, within(1e-12));
        }
    }

    @Test
    void creativesThatStopTwiceAsFastReachEachShareAtHalfTheResidual() {
        ResidualTable table = stopping(2, MUCH, 20_000);

        for (double share : new double[] {0.05, 0.1, 0.5, 0.9, 0.95}) {
            double hazard = -Math.log1p(-share);
            assertThat(table.residual(hazard)).isCloseTo(hazard / 2, within(0.06 * hazard));
        }
    }

    /** Most of them still run: those that stopped are the short ones, and yet nothing is biased. */
    @Test
    void creativesThatAreSeenForAShortTimeOnlyTellTheSame() {
        ResidualTable table = stopping(0.5, 1, 40_000);

        for (double share : new double[] {0.05, 0.1, 0.3}) {
            double hazard = -Math.log1p(-share);
            assertThat(table.residual(hazard)).isCloseTo(hazard * 2, within(0.1 * hazard));
        }
    }

    @Test
    void whatWasNeverReachedIsAsWhatWasLast() {
        ResidualTable table = stopping(0.5, 1, 40_000);

        assertThat(table.residual(2) - table.residual(1)).isCloseTo(2, within(0.2));
    }

    @Test
    void itFollowsACreativesPaceThatChanges() {
        ResidualTable table = new ResidualTable(500);
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 10_000; i++) {
            double residual = -Math.log1p(-random.nextDouble()) / (i < 5000 ? 3 : 1);
            table.outlive(0, residual);
            table.stop(residual);
        }

        assertThat(table.residual(Math.log(2))).isCloseTo(Math.log(2), within(0.1));
    }

    @Test
    void residualsNeverFallAsTheShareRises() {
        ResidualTable table = new ResidualTable(50);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 300; i++) {
            double from = 4 * random.nextDouble();
            table.outlive(from, from + random.nextDouble());
            if (random.nextInt(3) == 0) {
                table.stop(10 * random.nextDouble());
            }
            double before = -1;
            for (double hazard = 0; hazard < 12; hazard += 0.05) {
                double residual = table.residual(hazard);
                assertThat(residual).isGreaterThan(before);
                before = residual;
            }
        }
    }

    @Test
    void readBackItIsTheSame() {
        ResidualTable table = stopping(2, 3, 500);
        BinaryWriter out = new BinaryWriter(16);
        table.write(out);
        BinaryReader in =
                Envelope.open(Envelope.seal(Family.INTERVALS, 1, out), Family.INTERVALS, 1);
        ResidualTable back = new ResidualTable(MUCH);
        back.read(in);

        assertThat(back.residual(0.7)).isEqualTo(table.residual(0.7));
    }
}
