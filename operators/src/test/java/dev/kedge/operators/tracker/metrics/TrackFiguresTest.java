// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identity, CLEAR and HOTA figures worked by hand. */
class TrackFiguresTest {
    private static final Offset<Double> EXACT = within(1e-15);
    private static final long[] BOTH = {0, 1};
    private static final long[] NONE = {};
    private static final double[] APART = {1, 0, 0, 1};

    /** Instance 0 has track 5, then 6, which was instance 1's; instance 1 is then missed. */
    private static TrackedSequence stolen() {
        TrackedSequence sequence = new TrackedSequence();
        sequence.add(BOTH, new long[] {5, 6}, APART);
        sequence.add(BOTH, new long[] {6}, new double[] {1, 0});
        return sequence;
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aSimilarityThatIsNoNumberIsNoneAndSpoilsNoOther(double strange) {
        TrackedSequence strangely = new TrackedSequence();
        TrackedSequence plainly = new TrackedSequence();
        for (int frame = 0; frame < 3; frame++) {
            strangely.add(BOTH, new long[] {5, 6}, new double[] {1, strange, strange, strange});
            plainly.add(BOTH, new long[] {5, 6}, new double[] {1, 0, 0, 0});
        }

        assertThat(ClearFigures.of(strangely, 0.5)).isEqualTo(ClearFigures.of(plainly, 0.5));
        assertThat(ClearFigures.of(strangely, 0.5).truePositives()).isEqualTo(3);
        assertThat(IdentityFigures.of(strangely, 0.5)).isEqualTo(IdentityFigures.of(plainly, 0.5));
        assertThat(HotaFigures.of(strangely).hota())
                .isEqualTo(HotaFigures.of(plainly).hota())
                .doesNotContain(Double.NaN);
    }

    @Test
    void identityFiguresPairEachInstanceWithOneTrackForGood() {
        // 0-5 and 1-6 agree once each; no other pairing agrees more often.
        IdentityFigures figures = IdentityFigures.of(stolen(), 0.5);

        assertThat(figures).isEqualTo(new IdentityFigures(2, 2, 1));
        assertThat(figures.f1()).isCloseTo(4.0 / 7, EXACT);
        assertThat(figures.precision()).isCloseTo(2.0 / 3, EXACT);
        assertThat(figures.recall()).isEqualTo(0.5);
    }

    /** Instance 0 comes twice with its track 5; track 6 has two frames, one of them its own. */
    @Test
    void instancesThatComeMoreOftenBringTheirOwnTracks() {
        OwnTracks own = OwnTracks.of(stolen(), 0.5);

        assertThat(own.instances()).isEqualTo(2);
        assertThat(own.figures()).isEqualTo(IdentityFigures.of(stolen(), 0.5));
        assertThat(own.figures(new int[] {2, 0})).isEqualTo(new IdentityFigures(2, 2, 0));
        assertThat(own.figures(new int[] {0, 2})).isEqualTo(new IdentityFigures(2, 2, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> own.figures(new int[] {1}))
                .withMessage("times: 1 instances, there are 2");
    }

    @Test
    void clearFiguresCountASwitchAndAMiss() {
        ClearFigures figures = ClearFigures.of(stolen(), 0.5);

        assertThat(figures).isEqualTo(new ClearFigures(3, 1, 0, 1, 0, 1, 1, 0, 1));
        assertThat(figures.accuracy()).isEqualTo(0.5);
    }

    @Test
    void hotaIsTheGeometricMeanOfDetectionAndAssociation() {
        HotaFigures figures = HotaFigures.of(stolen());

        for (int a = 0; a < HotaFigures.THRESHOLDS; a++) {
            assertThat(figures.detection()[a]).isEqualTo(0.75);
            assertThat(figures.detectionRecall()[a]).isEqualTo(0.75);
            assertThat(figures.detectionPrecision()[a]).isEqualTo(1);
            // 0-5: 1 / (2 + 1 - 1); 0-6 and 1-6: 1 / (2 + 2 - 1)
            assertThat(figures.association()[a]).isCloseTo(7.0 / 18, EXACT);
            assertThat(figures.associationRecall()[a]).isCloseTo(0.5, EXACT);
            assertThat(figures.associationPrecision()[a]).isCloseTo(2.0 / 3, EXACT);
            assertThat(figures.hota()[a]).isCloseTo(Math.sqrt(0.75 * 7 / 18), EXACT);
            assertThat(figures.localisation()[a]).isEqualTo(1);
        }
        assertThat(HotaFigures.mean(figures.detection())).isCloseTo(0.75, EXACT);
    }

    @Test
    void anInstanceThatIsLostForAFrameIsAFragmentAndKeepsItsTrackWithoutASwitch() {
        TrackedSequence sequence = new TrackedSequence();
        sequence.add(BOTH, new long[] {5, 6}, APART);
        sequence.add(BOTH, new long[] {6}, new double[] {0, 1});
        sequence.add(BOTH, new long[] {5, 6}, APART);
        ClearFigures figures = ClearFigures.of(sequence, 0.5);

        assertThat(figures.switches()).isZero();
        assertThat(figures.fragments()).isEqualTo(1);
        assertThat(figures.falseNegatives()).isEqualTo(1);
    }

    @Test
    void aPairThatWasOneInTheFrameBeforeStaysOneThoughAnotherIsMoreAlike() {
        TrackedSequence sequence = new TrackedSequence();
        sequence.add(new long[] {0}, new long[] {5}, new double[] {1});
        sequence.add(new long[] {0}, new long[] {5, 6}, new double[] {0.6, 0.9});

        ClearFigures figures = ClearFigures.of(sequence, 0.5);
        assertThat(figures.switches()).isZero();
        assertThat(figures.falsePositives()).isEqualTo(1);
        assertThat(figures.similarity()).isCloseTo(0.8, EXACT);
        assertThat(ClearFigures.of(sequence, 0.7).switches()).isEqualTo(1);
    }

    @Test
    void aSequenceWithoutTracksIsAllMissesAndOneWithoutInstancesAllAlarms() {
        TrackedSequence missed = new TrackedSequence();
        missed.add(BOTH, NONE, new double[0]);
        TrackedSequence alarmed = new TrackedSequence();
        alarmed.add(NONE, BOTH, new double[0]);

        assertThat(IdentityFigures.of(missed, 0.5)).isEqualTo(new IdentityFigures(0, 2, 0));
        assertThat(IdentityFigures.of(alarmed, 0.5)).isEqualTo(new IdentityFigures(0, 0, 2));
        assertThat(ClearFigures.of(missed, 0.5))
                .isEqualTo(new ClearFigures(0, 2, 0, 0, 0, 0, 0, 2, 0));
        assertThat(ClearFigures.of(alarmed, 0.5).falsePositives()).isEqualTo(2);
        assertThat(ClearFigures.of(alarmed, 0.5).accuracy()).isZero();
        assertThat(ClearFigures.of(alarmed, 0.5).detectionAccuracy()).isZero();
        assertThat(HotaFigures.of(missed).localisation()).containsOnly(1);
        assertThat(HotaFigures.of(missed).hota()).containsOnly(0);
        assertThat(IdentityFigures.of(missed, 0.5).f1()).isZero();
    }

    @Test
    void whatLacksTruthOrTracksOrBothHasAllOfItsInstancesLost() {
        TrackedSequence missed = new TrackedSequence();
        missed.add(BOTH, NONE, new double[0]);
        TrackedSequence alarmed = new TrackedSequence();
        alarmed.add(NONE, BOTH, new double[0]);
        TrackedSequence nothing = new TrackedSequence();
        nothing.add(NONE, NONE, new double[0]);
        for (TrackedSequence sequence : List.of(missed, alarmed, nothing, new TrackedSequence())) {
            ClearFigures clear = ClearFigures.of(sequence, 0.5);
            HotaFigures hota = HotaFigures.of(sequence);

            assertThat(clear.mostlyLostShare()).isEqualTo(1);
            assertThat(clear.mostlyTrackedShare()).isZero();
            assertThat(clear.partlyTrackedShare()).isZero();
            assertThat(clear.accuracy()).isZero();
            assertThat(clear.recall()).isZero();
            assertThat(clear.precision()).isZero();
            assertThat(clear.similarity()).isZero();
            assertThat(IdentityFigures.of(sequence, 0.5).f1()).isZero();
            assertThat(IdentityFigures.of(sequence, 0.5).precision()).isZero();
            assertThat(IdentityFigures.of(sequence, 0.5).recall()).isZero();
            assertThat(hota.hota()).containsOnly(0);
            assertThat(hota.detection()).containsOnly(0);
            assertThat(hota.associationPrecision()).containsOnly(0);
            assertThat(hota.localisation()).containsOnly(1);
        }
    }

    @Test
    void theSharesOfAStolenTrack() {
        ClearFigures figures = ClearFigures.of(stolen(), 0.5);

        assertThat(figures.mostlyTrackedShare()).isEqualTo(0.5);
        assertThat(figures.partlyTrackedShare()).isEqualTo(0.5);
        assertThat(figures.mostlyLostShare()).isZero();
        assertThat(figures.recall()).isEqualTo(0.75);
        assertThat(figures.precision()).isEqualTo(1);
        assertThat(figures.detectionAccuracy()).isEqualTo(0.75);
    }

    @Test
    void framesWithoutOneSideCountAsMissesOrAlarms() {
        TrackedSequence sequence = stolen();
        sequence.add(NONE, new long[] {5}, new double[0]);
        sequence.add(new long[] {1}, NONE, new double[0]);
        ClearFigures figures = ClearFigures.of(sequence, 0.5);

        assertThat(figures.falsePositives()).isEqualTo(1);
        assertThat(figures.falseNegatives()).isEqualTo(2);
        assertThat(figures.mostlyTracked()).isEqualTo(1);
        assertThat(figures.partlyTracked()).isEqualTo(1);
    }

    @Test
    void aPlaceThatIsOnlyHalfRightCountsUpToItsThreshold() {
        TrackedSequence sequence = new TrackedSequence();
        sequence.add(new long[] {0}, new long[] {5}, new double[] {0.5});
        HotaFigures figures = HotaFigures.of(sequence);

        assertThat(figures.detection()[9]).isEqualTo(1);
        assertThat(figures.detection()[10]).isZero();
        assertThat(HotaFigures.mean(figures.hota())).isCloseTo(10.0 / 19, within(1e-12));
        assertThat(figures.localisation()[9]).isEqualTo(0.5);
    }

    @Test
    void similaritiesOfTheWrongNumberAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrackedSequence().add(BOTH, BOTH, new double[3]))
                .withMessage("similarity: 3 values, there must be 2 x 2");
    }
}
