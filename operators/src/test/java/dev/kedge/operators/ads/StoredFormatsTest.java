// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.ads.experts.ExpertBytes;
import dev.kedge.operators.ads.intervals.IntervalBytes;
import dev.kedge.operators.ads.recall.MemoryBytes;
import dev.kedge.operators.flink.KeyClockBytes;
import dev.kedge.operators.learner.LearnerBytes;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.tracker.ctvis.StreamBytes;
import dev.kedge.state.ads.CreativeDescription;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.binary.Family;
import dev.kedge.state.formats.StoredFormat;
import dev.kedge.state.formats.StoredFormatContract;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import dev.kedge.state.part.MemoryPartStore;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A golden file for each stored format of this module, and what damage to it leads to. */
class StoredFormatsTest extends StoredFormatContract {
    private static final long DAY = 86_400_000L;
    private static final int WINDOW = 10;
    private static final Command COMMAND =
            new Command(Command.Verb.WEIGHT, "fr", "short-term", 0.5, 0, 7);
    private static final LedgerEntry.Content CONTENT =
            new LedgerEntry.Content(
                    CreativeDescription.NONE,
                    new int[] {3, 1},
                    new int[] {2},
                    new float[0],
                    new float[] {-0.5f});

    private static final List<Object> EXPERTS =
            List.of(0.9999990756765474, 0.4700036292457356, 2.7374303062660434);
    private static final List<Object> EFFECTS =
            List.of(0.625, 1.2695477464497156, 0.5493061443340548);

    @Override
    protected Stream<StoredFormat> formats() {
        return Stream.of(
                new StoredFormat(
                        Family.LEARNER,
                        3,
                        List.of(3L, 2L, 0.8064671502733299, 0.25),
                        () -> LearnerBytes.resting(3, 2, 11),
                        LearnerBytes::tellResting),
                new StoredFormat(
                        Family.LEARNER_ROW,
                        1,
                        List.of(0.5f, -2f, 4f, 0.25f, 1f),
                        LearnerBytes::row,
                        LearnerBytes::tellRow),
                new StoredFormat(
                        Family.MODEL,
                        1,
                        List.of(
                                5 * DAY,
                                true,
                                2L,
                                1L,
                                1L,
                                2L,
                                new ClickThroughWeight.State(200, 10, 1, 0.05),
                                0.70710677f,
                                -0.70710677f),
                        StoredFormatsTest::model,
                        StoredFormatsTest::model),
                new StoredFormat(
                        Family.MICRO_BATCH,
                        2,
                        List.of(
                                7L,
                                "[3, 1] [2] [-0.5] [1.0, NaN] 4 2 0.25",
                                "[3, 1] [2] [-0.5] [] 0 -1 1.0"),
                        StoredFormatsTest::batch,
                        StoredFormatsTest::batch),
                new StoredFormat(
                        Family.EVALUATION,
                        1,
                        List.of(0.375, new ModelMetrics.Ranking(1.0, 0.0, 1.0, 3, 0.0)),
                        StoredFormatsTest::evaluation,
                        StoredFormatsTest::evaluation),
                new StoredFormat(
                        Family.COMMAND,
                        1,
                        List.of(COMMAND),
                        COMMAND::toBytes,
                        bytes -> List.of(Command.fromBytes(bytes))),
                new StoredFormat(
                        Family.KEY_CLOCK,
                        1,
                        List.of(5L, true, 7L),
                        KeyClockBytes::write,
                        KeyClockBytes::read),
                new StoredFormat(
                        Family.FRAME_STREAM,
                        1,
                        List.of(41L, 1L, 1L),
                        StreamBytes::stream,
                        StreamBytes::stream),
                new StoredFormat(
                        Family.CLIP_FRAME,
                        1,
                        List.of("1 -2, 'tasse', track 3, 0.75", "0 5, '', track -1, 1.0"),
                        StreamBytes::clip,
                        StreamBytes::clip),
                new StoredFormat(
                        Family.TRACKING,
                        1,
                        List.of(2L, "stream/0000000000000002/"),
                        StreamBytes::table,
                        StreamBytes::table),
                new StoredFormat(
                        Family.GIVEN_LOOK,
                        1,
                        List.of(7L, 2, 0.3786328457205041, -0.9255469562056767),
                        StreamBytes::look,
                        StreamBytes::look),
                new StoredFormat(
                        Family.APPEARANCES,
                        1,
                        List.of(0.25),
                        StreamBytes::appearances,
                        StreamBytes::appearances),
                new StoredFormat(
                        Family.CALIBRATION,
                        1,
                        List.of("0.25", "1 1 0.75 0.8", "0 1 NaN NaN"),
                        JudgementBytes::calibration,
                        JudgementBytes::calibration),
                new StoredFormat(
                        Family.ADVICE,
                        2,
                        List.of(
                                "Decisions[advised=1, stopped=1, running=0, avoidable=8.5, right=1, wrong=0, open=0, lost=0.0, worth=8.5, changes=1, bestThreshold=NaN, bestWorth=0.0]",
                                false),
                        JudgementBytes::advice,
                        JudgementBytes::advice),
                new StoredFormat(
                        Family.HEAD_PRECISION,
                        1,
                        List.of(1.0 / 10.125 + 0.25 / 10.03125, 0.1 + 0.25 / 10),
                        JudgementBytes::precision,
                        JudgementBytes::precision),
                new StoredFormat(
                        Family.REHEARSAL,
                        1,
                        List.of("4 -1 1.3333333333333333", "4 0 0.6666666666666666"),
                        JudgementBytes::rehearsal,
                        JudgementBytes::rehearsal),
                new StoredFormat(
                        Family.INTERVALS,
                        1,
                        List.of(
                                "2 0.50000000025 0.49999999975000003 0.49999999975000003",
                                0L,
                                "RemainingDays[level=0.75, low=0.21830684027777778, high=NaN]"),
                        IntervalBytes::intervals,
                        IntervalBytes::intervals),
                new StoredFormat(Family.EXPERTS, 2, EXPERTS, ExpertBytes::mix, ExpertBytes::mix),
                new StoredFormat(
                        Family.EFFECTS, 1, EFFECTS, ExpertBytes::effects, ExpertBytes::effects),
                new StoredFormat(
                        Family.MEMORY_MEMBER,
                        1,
                        List.of(7L, "c|ü", "a-17", "c0", -5L),
                        MemoryBytes::member,
                        MemoryBytes::member),
                new StoredFormat(
                        Family.MEMORY_PROGRESS,
                        1,
                        List.of(2L, true),
                        MemoryBytes::progress,
                        MemoryBytes::progress),
                new StoredFormat(
                        Family.CONTRACT,
                        1,
                        List.of(
                                "learning.optimiser: the model was learned with ADAM, the job has"
                                        + " SGD; set it back, or start with new models (--fresh)"),
                        StoredFormatsTest::contract,
                        StoredFormatsTest::contract));
    }

    /**
     * Their weights came of stops alone: what they know stays, how much each counts begins anew.
     */
    @Test
    void expertsOfTheFirstVersionGoOnWithWhatTheyKnowAndAreWeighedAnew() {
        List<Object> read = ExpertBytes.mix(StoredFormat.golden("experts-v1"));

        assertThat(read).containsExactly(0.9999990833333334, Double.NaN, EXPERTS.get(2));
    }

    /** Of a savepoint of 4378140: there is no last advice, and no reckoning of what ended. */
    @Test
    void adviceOfTheFirstVersionGoesOnFromItsCounts() {
        assertThat(JudgementBytes.advice(StoredFormat.golden("advice-v1")))
                .isEqualTo(
                        List.of(
                                "Decisions[advised=1, stopped=0, running=1, avoidable=0.0, right=0, wrong=0, open=0, lost=0.0, worth=0.0, changes=0, bestThreshold=NaN, bestWorth=0.0]",
                                false));
    }

    @Test
    void aModelThatRefusedNothingIsWrittenAndReadAsInTheFirstVersion() {
        assertThat(LearnerBytes.after(3, 0, 11)).isEqualTo(StoredFormat.golden("learner-v1"));
        assertThat(LearnerBytes.tell(StoredFormat.golden("learner-v1")))
                .containsExactly(3L, 0L, 0.8064671502733299);
    }

    @Test
    void aModelWithoutTablesThatRestIsWrittenAndReadAsInTheSecondVersion() {
        assertThat(LearnerBytes.after(3, 2, 11)).isEqualTo(StoredFormat.golden("learner-v2"));
        assertThat(LearnerBytes.tell(StoredFormat.golden("learner-v2")))
                .containsExactly(3L, 2L, 0.8064671502733299);
    }

    private static byte[] model() {
        ModelProgress progress = new ModelProgress(2, ClickThroughWeight.Settings.DEFAULT);
        progress.see(4 * DAY);
        progress.metricsAreDue(DAY);
        progress.see(5 * DAY);
        progress.observed(true);
        progress.observed(false);
        progress.duplicate();
        progress.deadLetter();
        progress.deadLetter();
        progress.weight().observe(200, 10);
        progress.weight().weigh(100, 5);
        progress.moments().learn(new float[] {1, 10});
        progress.moments().learn(new float[] {3, 20});
        MemoryPartStore store = new MemoryPartStore();
        progress.flush(store);
        return store.get("progress").orElseThrow();
    }

    private static List<Object> model(byte[] bytes) {
        MemoryPartStore store = new MemoryPartStore();
        store.put("progress", bytes);
        ModelProgress progress =
                ModelProgress.restored(store, 2, ClickThroughWeight.Settings.DEFAULT);
        return List.of(
                progress.newest(),
                progress.metricsAreDue(DAY),
                progress.personPeriods(),
                progress.discontinuations(),
                progress.duplicates(),
                progress.deadLetters(),
                progress.weight().state(),
                progress.moments().standardise(0, 3),
                progress.moments().standardise(1, 10));
    }

    private static byte[] batch() {
        PendingPeriods pending = new PendingPeriods();
        float[] numbers = {1, Float.NaN};
        pending.add(new PendingPeriods.PersonPeriod(CONTENT, numbers, 4, 2, 0.25), 9);
        pending.add(new PendingPeriods.PersonPeriod(CONTENT, new float[0], 0, -1, 1), 7);
        return pending.toBytes();
    }

    private static List<Object> batch(byte[] bytes) {
        PendingPeriods pending = PendingPeriods.fromBytes(bytes);
        return Stream.concat(
                        Stream.of((Object) pending.oldest()),
                        pending.rows().stream().map(StoredFormatsTest::row))
                .toList();
    }

    private static String row(PendingPeriods.PersonPeriod row) {
        return "%s %s %s %s %d %d %s"
                .formatted(
                        Arrays.toString(row.content().tokens()),
                        Arrays.toString(row.content().categories()),
                        Arrays.toString(row.content().embedding()),
                        Arrays.toString(row.numbers()),
                        row.column(),
                        row.cause(),
                        row.weight());
    }

    private static byte[] contract() {
        MemoryPartStore store = new MemoryPartStore();
        ContractTerms.contract(DiscontinuationSettings.DEFAULT).flush(store);
        return store.get("contract").orElseThrow();
    }

    /** What a job with another optimiser says to it. */
    private static List<Object> contract(byte[] bytes) {
        MemoryPartStore store = new MemoryPartStore();
        store.put("contract", bytes);
        DiscontinuationSettings other = Tuned.with(DiscontinuationSettings.OptimiserName.SGD, 8);
        try {
            ContractTerms.contract(other).restored(store);
            return List.of();
        } catch (IncompatibleLayoutException e) {
            return List.of(e.getMessage());
        }
    }

    /**
     * Three creatives that lived 1, 2 and 4 days. The scores of their launches rank them rightly,
     * those of the two that outlived the boundary the wrong way round.
     */
    private static byte[] evaluation() {
        PrequentialConcordance evaluation = new PrequentialConcordance(WINDOW);
        evaluation.judge(ranked(3, Double.NaN), DAY, true);
        evaluation.judge(ranked(2, 5), 2 * DAY, true);
        evaluation.judge(ranked(1, 6), 4 * DAY, true);
        evaluation.loss(0.5);
        evaluation.loss(0.25);
        return evaluation.toBytes();
    }

    private static List<Object> evaluation(byte[] bytes) {
        PrequentialConcordance evaluation = PrequentialConcordance.fromBytes(bytes, WINDOW);
        return List.of(evaluation.meanLoss(), evaluation.ranking(List.of(), 5 * DAY, 3));
    }

    private static LedgerEntry ranked(double atLaunch, double atBoundary) {
        LedgerEntry entry = new LedgerEntry("c", CONTENT, 0, DAY);
        entry.rankedAtLaunch(atLaunch, atLaunch / 4);
        entry.rankedAtBoundary(atBoundary);
        return entry;
    }
}
