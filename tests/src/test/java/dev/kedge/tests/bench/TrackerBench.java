// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.tracker.ctvis.BankSearch;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.Match;
import dev.kedge.operators.tracker.ctvis.OnlineTracker;
import dev.kedge.operators.tracker.ctvis.Track;
import dev.kedge.operators.tracker.ctvis.TrackingSettings;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.bank.ReadOut;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Detections tracked in a second by the size of the bank: every detection is of a known instance,
 * so that each changes its entry. Embeddings are given; no encoder runs. Seconds are those that the
 * thread had a processor, so that other work on the machine does not count.
 */
final class TrackerBench {
    private static final double NOISE = 0.1;

    /**
     * As the authors', but sightings do not weigh: where most entries are absent from a frame,
     * theirs draws all detections to the few entries that were seen most, and nothing keeps its
     * number.
     */
    private static final OnlineTracker.Settings PLAIN =
            new OnlineTracker.Settings(
                    Match.BISOFTMAX, OnlineTracker.Pairing.GREEDY, 0.2, 0.01, 0.01, 0.6, false);

    private static final long NEVER = Long.MAX_VALUE / 2;

    private final Settings settings;
    private final PrintWriter out;

    /**
     * What is measured.
     *
     * @param entries sizes of banks
     * @param width values of an embedding
     * @param detections detections of a frame
     * @param seconds length of one measurement
     * @param approximateFrom least entries of a bank that is searched approximately too
     */
    record Settings(
            List<Integer> entries,
            int width,
            int detections,
            double seconds,
            int approximateFrom) {}

    /**
     * One measurement.
     *
     * @param entries size of the bank
     * @param approximate whether it was searched approximately
     * @param perSecond detections tracked in a second
     * @param kept part of the detections that kept their instance's number
     * @param buildSeconds how long the first frame took: it builds the index, if there is one
     */
    record Row(
            int entries, boolean approximate, double perSecond, double kept, double buildSeconds) {}

    /** All measurements, and where they were made. */
    record Result(Settings settings, List<Row> rows, Machine machine) {}

    TrackerBench(Settings settings, PrintWriter out) {
        this.settings = settings;
        this.out = out;
    }

    Result run() {
        Machine machine = Machine.here();
        List<Row> rows = new ArrayList<>();
        for (int entries : settings.entries()) {
            rows.add(measure(entries, false));
            if (entries >= settings.approximateFrom()) {
                rows.add(measure(entries, true));
            }
        }
        return new Result(settings, rows, machine);
    }

    private Row measure(int entries, boolean approximate) {
        TrackingSettings tracking =
                TrackingSettings.of(
                                new TrackingSettings.Input(settings.width(), InputForm.FLOATS),
                                0,
                                1)
                        .with(
                                "search",
                                approximate
                                        ? new TrackingSettings.Search(entries / 2, 64, 0.25)
                                        : TrackingSettings.Search.EXACT);
        BankSearch search = BankSearch.of(tracking);
        OnlineTracker tracker = new OnlineTracker(PLAIN);
        SplittableRandom random = new SplittableRandom(entries);
        MemoryBank bank =
                new MemoryBank(
                        new BankSettings(
                                settings.width(),
                                new BankSettings.Bounds(2 * entries, 1, NEVER, ReadOut.LAST, 1)),
                        "");
        double[] centres = random.doubles((long) entries * settings.width(), -1, 1).toArray();
        for (int i = 0; i < entries; i++) {
            bank.add(0, centres, i, 1, "");
        }
        List<Detection> detections =
                Collections.nCopies(settings.detections(), Detection.of(new byte[0], 1));
        int[] shown = new int[settings.detections()];
        double[] embeddings = new double[settings.detections() * settings.width()];
        long kept = 0;
        long tracked = 0;
        long frame = 1;
        draw(random, entries, centres, shown, embeddings);
        long start = nanos();
        tracker.track(bank, search, frame++, detections, embeddings);
        double buildSeconds = (nanos() - start) * 1e-9;
        long nanos = 0;
        while (nanos < settings.seconds() * 1e9 || frame < 5) {
            draw(random, entries, centres, shown, embeddings);
            long from = nanos();
            List<Track> tracks = tracker.track(bank, search, frame++, detections, embeddings);
            nanos += nanos() - from;
            for (int d = 0; d < shown.length; d++) {
                kept += tracks.get(d).id() == shown[d] ? 1 : 0;
            }
            tracked += shown.length;
        }
        Row row =
                new Row(
                        entries,
                        approximate,
                        tracked / (nanos * 1e-9),
                        kept / (double) tracked,
                        buildSeconds);
        out.printf(
                Locale.ROOT,
                "%,d entries, %s: %,.0f detections/s, %.1f %% kept, first frame %.2f s%n",
                entries,
                approximate ? "approximate" : "exact",
                row.perSecond(),
                100 * row.kept(),
                buildSeconds);
        out.flush();
        return row;
    }

    private static long nanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Different instances, each a little disturbed. */
    private void draw(
            SplittableRandom random, int entries, double[] centres, int[] shown, double[] into) {
        int step = Math.max(1, entries / shown.length);
        int first = random.nextInt(entries);
        for (int d = 0; d < shown.length; d++) {
            shown[d] = (first + d * step) % entries;
            for (int k = 0; k < settings.width(); k++) {
                into[d * settings.width() + k] =
                        centres[shown[d] * settings.width() + k] + random.nextDouble(-NOISE, NOISE);
            }
        }
    }
}
