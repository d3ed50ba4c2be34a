// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.PendingPeriods.PersonPeriod;
import dev.kedge.operators.ads.calibration.Calibrator;
import dev.kedge.operators.ads.creative.CreativeScore.Horizon;
import dev.kedge.operators.ads.creative.ModelMetrics.HorizonCalibration;
import dev.kedge.operators.ads.hazards.HeadPrecision;
import dev.kedge.operators.ads.hazards.PersonPeriodBatch;
import dev.kedge.operators.ads.intervals.IntervalSettings;
import dev.kedge.operators.ads.policy.Policy;
import dev.kedge.state.ads.CreativeDescription;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.random.RestorableRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Bytes of what judges and advises, with the values in them. */
final class JudgementBytes {
    private static final long DAY = 86_400_000L;
    private static final DiscontinuationSettings.Calibration CALIBRATION =
            new DiscontinuationSettings.Calibration(
                    Calibrator.Method.PLATT, 1e9, 1e9, 3, IntervalSettings.DEFAULT);
    private static final Policy POLICY =
            new Policy(
                    Policy.Rule.THRESHOLDS,
                    3,
                    0.5,
                    0.25,
                    0,
                    0,
                    List.of(),
                    new Policy.Costs(1, 1, 0, Duration.ofDays(1), Duration.ZERO, 10),
                    Policy.Steadiness.NONE);
    private static final DiscontinuationSettings.Rehearsal REHEARSAL =
            new DiscontinuationSettings.Rehearsal(5, 2, 1);

    private JudgementBytes() {}

    private static LedgerEntry entry() {
        return new LedgerEntry(
                "c",
                new LedgerEntry.Content(
                        CreativeDescription.NONE,
                        new int[] {1},
                        new int[0],
                        new float[0],
                        new float[0]),
                0,
                DAY);
    }

    /** A forecast of a day that came true, one of a week that waits. */
    static byte[] calibration() {
        CalibratedHorizons horizons = new CalibratedHorizons(CALIBRATION, List.of(1.0, 7.0));
        LedgerEntry entry = entry();
        horizons.note(entry, 0, List.of(new Horizon(1, 0.25, 0.2), new Horizon(7, 0.5, 0.5)));
        horizons.ended(entry, DAY / 2, false);
        horizons.mature(2 * DAY);
        MemoryPartStore store = new MemoryPartStore();
        horizons.flush(store);
        return store.get("calibration").orElseThrow();
    }

    static List<Object> calibration(byte[] bytes) {
        MemoryPartStore store = new MemoryPartStore();
        store.put("calibration", bytes);
        CalibratedHorizons horizons =
                CalibratedHorizons.restored(CALIBRATION, List.of(1.0, 7.0), store);
        List<HorizonCalibration> before = horizons.figures();
        horizons.mature(10 * DAY);
        List<HorizonCalibration> after = horizons.figures();
        List<Object> told = new ArrayList<>();
        told.add(horizons.calibrate(new double[] {0.25, 0.5}).get(0).raw() + "");
        for (int i = 0; i < before.size(); i++) {
            told.add(
                    "%d %d %s %s"
                            .formatted(
                                    before.get(i).judged(),
                                    after.get(i).judged(),
                                    before.get(i).error(),
                                    before.get(i).rawError()));
        }
        return told;
    }

    /** A stop that took 4 of a budget of 10, was taken back and proved right within a day. */
    static byte[] advice() {
        Advisor advisor = new Advisor(POLICY);
        LedgerEntry entry = entry();
        advisor.advise(entry, DAY / 2, new Policy.Situation(0.75, false, 100, 16.0 / 3, -1));
        advisor.advise(entry, DAY, new Policy.Situation(0.1, false, 100, 16.0 / 3, -1));
        entry.report(new LedgerEntry.Report(0, DAY, DAY, 100, 1, 0, 8.5));
        advisor.ended(entry, 3 * DAY / 2, false);
        MemoryPartStore store = new MemoryPartStore();
        advisor.flush(store);
        return store.get("advice").orElseThrow();
    }

    static List<Object> advice(byte[] bytes) {
        MemoryPartStore store = new MemoryPartStore();
        store.put("advice", bytes);
        Advisor advisor = Advisor.restored(POLICY, store);
        String before = advisor.decisions(List.of(), 0).toString();
        boolean room =
                advisor.advise(
                                entry(),
                                DAY / 2,
                                new Policy.Situation(0.75, false, 100, 28.0 / 3, -1))
                        .stops();
        return List.of(before, room);
    }

    /** One person-period in the first of two columns. */
    static byte[] precision() {
        HeadPrecision precision = new HeadPrecision(1, 2);
        PersonPeriodBatch batch = new PersonPeriodBatch(1, 0);
        batch.outcome(batch.add(new int[0], new int[0], new float[0]), 0, -1, 0.5);
        precision.learn(batch, 1, column -> new float[] {0.5f}, new double[] {0.5, 0.5});
        MemoryPartStore store = new MemoryPartStore();
        precision.flush(store);
        return store.get("precision").orElseThrow();
    }

    static List<Object> precision(byte[] bytes) {
        MemoryPartStore store = new MemoryPartStore();
        store.put("precision", bytes);
        HeadPrecision precision = HeadPrecision.restored(1, 2, store);
        float[] z = {0.5f};
        return List.of(precision.variance(0, z, 0), precision.variance(1, z, 0));
    }

    /** Two strata, each with a person-period. */
    private static MemoryPartStore rehearsed() {
        Rehearsal rehearsal = Rehearsal.restored(REHEARSAL, 2, new MemoryPartStore());
        LedgerEntry.Content content = entry().content();
        rehearsal.offer(
                List.of(
                        new PersonPeriod(content, new float[] {1}, 4, 0, 1),
                        new PersonPeriod(content, new float[] {2}, 4, -1, 1),
                        new PersonPeriod(content, new float[] {2}, 4, -1, 1)),
                RestorableRandom.seeded(1));
        MemoryPartStore store = new MemoryPartStore();
        rehearsal.flush(store);
        return store;
    }

    static byte[] rehearsal() {
        return rehearsed().get("rehearsal").orElseThrow();
    }

    static List<Object> rehearsal(byte[] bytes) {
        MemoryPartStore store = rehearsed();
        store.put("rehearsal", bytes);
        Rehearsal rehearsal = Rehearsal.restored(REHEARSAL, 2, store);
        return Stream.<Object>of(
                        rehearsal.draw(RestorableRandom.seeded(2)).stream()
                                .map(row -> row.column() + " " + row.cause() + " " + row.weight())
                                .sorted()
                                .toArray())
                .toList();
    }
}
