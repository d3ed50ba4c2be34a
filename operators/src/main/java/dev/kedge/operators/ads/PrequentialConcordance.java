// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.creative.ModelMetrics.Ranking;
import dev.kedge.operators.ads.metrics.Concordance;
import dev.kedge.operators.ads.metrics.Outcomes;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Judges the scores of launch and of the boundary once their outcome is known: Harrell's
 * concordance over a sliding window of discontinued creatives, with the running ones as censored.
 * Bounded by the window; part of a model's state.
 */
final class PrequentialConcordance {
    private static final String PART = "evaluation";
    private static final int VERSION = 1;
    private static final int LOSSES = 64;
    private static final double DAY = 86_400_000.0;

    private final int window;
    private final double[] launchRisk;
    private final double[] cutOut;
    private final double[] boundaryRisk;
    private final double[] days;
    private final double[] discontinued;
    private long judged;
    private final double[] losses = new double[LOSSES];
    private long lossCount;
    private final Part part = Part.of(PART);

    PrequentialConcordance(int window) {
        this.window = window;
        launchRisk = new double[window];
        cutOut = new double[window];
        boundaryRisk = new double[window];
        days = new double[window];
        discontinued = new double[window];
    }

    /** Reads it back, or starts anew where the store has none. */
    static PrequentialConcordance restored(int window, PartStore store) {
        return store.get(PART)
                .map(bytes -> fromBytes(bytes, window))
                .orElseGet(() -> new PrequentialConcordance(window));
    }

    /** A creative was discontinued, or lost from sight. */
    void judge(LedgerEntry entry, long stoppedAt, boolean event) {
        OptionalDouble risk = entry.riskAtLaunch();
        if (risk.isEmpty()) {
            return;
        }
        int slot = (int) (judged++ % window);
        launchRisk[slot] = risk.getAsDouble();
        cutOut[slot] = entry.cutOutAtLaunch().getAsDouble();
        boundaryRisk[slot] = entry.riskAtBoundary().orElse(Double.NaN);
        days[slot] = (stoppedAt - entry.launchedAt()) / DAY;
        discontinued[slot] = event ? 1 : 0;
        part.touch();
    }

    /** A micro-batch had this loss before it was learned. */
    void loss(double loss) {
        losses[(int) (lossCount++ % LOSSES)] = loss;
        part.touch();
    }

    /** Mean of the newest losses; NaN without any. */
    double meanLoss() {
        int count = (int) Math.min(lossCount, LOSSES);
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += losses[i];
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    Ranking ranking(Iterable<LedgerEntry> running, long now, double boundaryDays) {
        int stopped = (int) Math.min(judged, window);
        Columns columns = new Columns(stopped + window);
        for (int i = 0; i < stopped; i++) {
            columns.add(launchRisk[i], cutOut[i], boundaryRisk[i], days[i], discontinued[i] > 0);
        }
        for (LedgerEntry entry : running) {
            if (columns.count == columns.time.length) {
                break;
            }
            double age = Math.max(0, now - entry.launchedAt()) / DAY;
            if (entry.riskAtLaunch().isPresent() && age > 0) {
                double atLaunch = entry.riskAtLaunch().getAsDouble();
                double cutOut = entry.cutOutAtLaunch().getAsDouble();
                double atBoundary = entry.riskAtBoundary().orElse(Double.NaN);
                columns.add(atLaunch, cutOut, atBoundary, age, false);
            }
        }
        int count = columns.count;
        double censored = count == 0 ? Double.NaN : 1 - (double) columns.events / count;
        double shortTerm = columns.shortTerm(boundaryDays);
        return new Ranking(shortTerm, columns.longTerm(), columns.all(), count, censored);
    }

    private static final class Columns {
        private final double[] launch;
        private final double[] early;
        private final double[] boundary;
        private final double[] time;
        private final boolean[] event;
        private int count;
        private int events;

        private Columns(int capacity) {
            launch = new double[capacity];
            early = new double[capacity];
            boundary = new double[capacity];
            time = new double[capacity];
            event = new boolean[capacity];
        }

        private void add(
                double atLaunch, double cutOut, double atBoundary, double days, boolean stopped) {
            launch[count] = atLaunch;
            early[count] = cutOut;
            boundary[count] = atBoundary;
            time[count] = days;
            event[count++] = stopped;
            events += stopped ? 1 : 0;
        }

        private double all() {
            return index(
                    Arrays.copyOf(time, count),
                    Arrays.copyOf(event, count),
                    Arrays.copyOf(launch, count));
        }

        private double shortTerm(double horizon) {
            double[] times = Arrays.copyOf(time, count);
            boolean[] events = Arrays.copyOf(event, count);
            for (int i = 0; i < count; i++) {
                events[i] &= times[i] < horizon;
                times[i] = Math.min(times[i], horizon);
            }
            return index(times, events, Arrays.copyOf(early, count));
        }

        private double longTerm() {
            int[] outlived =
                    IntStream.range(0, count).filter(i -> !Double.isNaN(boundary[i])).toArray();
            double[] times = new double[outlived.length];
            boolean[] events = new boolean[outlived.length];
            double[] risks = new double[outlived.length];
            for (int i = 0; i < outlived.length; i++) {
                times[i] = time[outlived[i]];
                events[i] = event[outlived[i]];
                risks[i] = boundary[outlived[i]];
            }
            return index(times, events, risks);
        }

        private static double index(double[] times, boolean[] events, double[] risks) {
            return times.length < 2
                    ? Double.NaN
                    : Concordance.harrell(new Outcomes(times, events), risks).index();
        }
    }

    /** Writes it if it changed since the last call. */
    void flush(PartStore store) {
        part.flush(store, this::toBytes);
    }

    byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(64 + 24 * window);
        out.putLong(judged);
        out.putDoubles(launchRisk);
        out.putDoubles(cutOut);
        out.putDoubles(boundaryRisk);
        out.putDoubles(days);
        out.putDoubles(discontinued);
        out.putLong(lossCount);
        out.putDoubles(losses);
        return Envelope.seal(Family.EVALUATION, VERSION, out);
    }

    /**
     * Reads back; a window of another length starts anew, for it is a measurement and no knowledge.
     */
    static PrequentialConcordance fromBytes(byte[] bytes, int window) {
        BinaryReader in = Envelope.open(bytes, Family.EVALUATION, VERSION);
        PrequentialConcordance stored = new PrequentialConcordance(window);
        long judged = in.getLong();
        double[] launch = in.getDoubles();
        double[] cutOut = in.getDoubles(launch.length);
        double[] boundary = in.getDoubles(launch.length);
        double[] days = in.getDoubles(launch.length);
        double[] discontinued = in.getDoubles(launch.length);
        if (launch.length == window) {
            stored.judged = judged;
            System.arraycopy(launch, 0, stored.launchRisk, 0, window);
            System.arraycopy(cutOut, 0, stored.cutOut, 0, window);
            System.arraycopy(boundary, 0, stored.boundaryRisk, 0, window);
            System.arraycopy(days, 0, stored.days, 0, window);
            System.arraycopy(discontinued, 0, stored.discontinued, 0, window);
        }
        stored.lossCount = in.getLong();
        System.arraycopy(in.getDoubles(LOSSES), 0, stored.losses, 0, LOSSES);
        in.requireEnd();
        stored.part.restored();
        stored.part.touchIf(launch.length != window);
        return stored;
    }
}
