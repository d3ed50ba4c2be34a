// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static dev.kedge.state.text.Text.format;

import dev.kedge.operators.ads.calibration.Calibrator;
import dev.kedge.operators.ads.calibration.Calibrator.Method;
import dev.kedge.operators.ads.calibration.Reliability;
import dev.kedge.operators.ads.creative.CreativeScore.Horizon;
import dev.kedge.operators.ads.creative.ModelMetrics.Bin;
import dev.kedge.operators.ads.creative.ModelMetrics.HorizonCalibration;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Makes a 30 % a 30 %, for each horizon on its own, prequentially: what was said of a creative is
 * kept until its horizon is over, whatever happened before, then judged, and only then learned
 * from. That an outcome counts when its horizon is over, and not when the creative stops, keeps
 * those that stop early from being counted before those that do not. A creative lost from sight
 * within the horizon tells nothing and is left out.
 *
 * <p>Of each creative one forecast a horizon's length is kept, the first that is made in it: the
 * windows do not overlap. Bounded: at most so many forecasts wait for a horizon, further ones are
 * not kept. Part of a model's state.
 */
final class CalibratedHorizons {
    private static final int VERSION = 1;
    private static final String PART = "calibration";
    private static final double DAY = 86_400_000.0;

    private final DiscontinuationSettings.Calibration settings;
    private final List<OfHorizon> horizons = new ArrayList<>();
    private final Part part = Part.onceTouched(PART);

    private static final byte SURVIVED = 0;
    private static final byte HAPPENED = 1;
    private static final byte UNKNOWN = 2;

    private static final class Forecast {
        private final String creative;
        private final int spell;
        private final long at;
        private final double raw;
        private final double predicted;
        private byte outcome = SURVIVED;

        private Forecast(String creative, int spell, long at, double raw, double predicted) {
            this.creative = creative;
            this.spell = spell;
            this.at = at;
            this.raw = raw;
            this.predicted = predicted;
        }
    }

    private static final class OfHorizon {
        private final double days;
        private final Calibrator calibrator;
        private final Reliability predicted;
        private final Reliability raw;
        private final Deque<Forecast> waiting = new ArrayDeque<>();

        private OfHorizon(double days, DiscontinuationSettings.Calibration settings) {
            this.days = days;
            this.calibrator = settings.method().create(settings.memory(), settings.prior());
            this.predicted = new Reliability(settings.memory());
            this.raw = new Reliability(settings.memory());
        }

        private long millis() {
            return Math.round(days * DAY);
        }
    }

    CalibratedHorizons(DiscontinuationSettings.Calibration settings, List<Double> days) {
        this.settings = settings;
        days.forEach(length -> horizons.add(new OfHorizon(length, settings)));
    }

    static CalibratedHorizons restored(
            DiscontinuationSettings.Calibration settings, List<Double> days, PartStore store) {
        CalibratedHorizons restored = new CalibratedHorizons(settings, days);
        restored.part.restore(store, restored::read);
        return restored;
    }

    /** Calibrates the probabilities of all horizons; a longer one's is never below a shorter's. */
    List<Horizon> calibrate(double[] raw) {
        List<Horizon> calibrated = new ArrayList<>(raw.length);
        double floor = 0;
        for (int i = 0; i < raw.length; i++) {
            OfHorizon horizon = horizons.get(i);
            floor = Math.max(floor, horizon.calibrator.calibrate(raw[i]));
            calibrated.add(new Horizon(horizon.days, floor, raw[i]));
        }
        return List.copyOf(calibrated);
    }

    /** Calibrates a probability of one horizon. */
    double calibrate(int horizon, double raw) {
        return horizons.get(horizon).calibrator.calibrate(raw);
    }

    /** How many probabilities of a horizon have a known outcome; -1 where none is judged. */
    long judged(int horizon) {
        return settings.method() == Method.NONE ? -1 : horizons.get(horizon).predicted.judged();
    }

    /** Keeps what was said of a running creative, where a window of its life begins with it. */
    void note(LedgerEntry entry, long at, List<Horizon> predicted) {
        if (settings.method() == Method.NONE || at < entry.scoredAt()) {
            return;
        }
        for (int i = 0; i < predicted.size(); i++) {
            OfHorizon horizon = horizons.get(i);
            long window = Math.floorDiv(at - entry.launchedAt(), horizon.millis());
            boolean first =
                    entry.scoredAt() == LedgerEntry.NEVER
                            || window
                                    > Math.floorDiv(
                                            entry.scoredAt() - entry.launchedAt(),
                                            horizon.millis());
            Horizon one = predicted.get(i);
            // A forecast that is not a number would be learned one day, and ruin the calibration.
            boolean sane = Double.isFinite(one.raw()) && Double.isFinite(one.probability());
            if (first && sane && horizon.waiting.size() < settings.pending()) {
                horizon.waiting.add(
                        new Forecast(
                                entry.creative(), entry.spell(), at, one.raw(), one.probability()));
                part.touch();
            }
        }
        entry.scoredAt(at);
    }

    /** A creative was discontinued, or lost from sight: what was said of it has an outcome. */
    void ended(LedgerEntry entry, long at, boolean lost) {
        for (OfHorizon horizon : horizons) {
            for (Forecast forecast : horizon.waiting) {
                if (forecast.spell == entry.spell()
                        && at <= forecast.at + horizon.millis()
                        && forecast.creative.equals(entry.creative())) {
                    forecast.outcome = lost ? UNKNOWN : HAPPENED;
                    part.touch();
                }
            }
        }
    }

    /** Judges and learns the forecasts whose horizon was over at {@code clock}. */
    void mature(long clock) {
        for (OfHorizon horizon : horizons) {
            while (!horizon.waiting.isEmpty()
                    && horizon.waiting.peek().at + horizon.millis() < clock) {
                Forecast forecast = horizon.waiting.remove();
                part.touch();
                if (forecast.outcome != UNKNOWN) {
                    boolean happened = forecast.outcome == HAPPENED;
                    horizon.predicted.judge(forecast.predicted, happened);
                    horizon.raw.judge(forecast.raw, happened);
                    horizon.calibrator.learn(forecast.raw, happened);
                }
            }
        }
    }

    List<HorizonCalibration> figures() {
        if (settings.method() == Method.NONE) {
            return List.of();
        }
        return horizons.stream()
                .map(
                        h ->
                                new HorizonCalibration(
                                        h.days,
                                        h.predicted.judged(),
                                        h.predicted.error(),
                                        h.raw.error(),
                                        h.predicted.bins().stream()
                                                .map(
                                                        b ->
                                                                new Bin(
                                                                        b.predicted(),
                                                                        b.observed(),
                                                                        b.weight()))
                                                .toList()))
                .toList();
    }

    /** Forgets what was said of a creative. */
    void forget(String creative) {
        for (OfHorizon horizon : horizons) {
            part.touchIf(horizon.waiting.removeIf(forecast -> forecast.creative.equals(creative)));
        }
    }

    long bytes() {
        long bytes = 0;
        for (OfHorizon horizon : horizons) {
            bytes += 1500 + 120L * horizon.waiting.size();
        }
        return bytes;
    }

    void flush(PartStore store) {
        part.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter((int) Math.min(bytes(), 1 << 20));
        out.putUtf8(settings.method().name());
        out.putInt(horizons.size());
        for (OfHorizon horizon : horizons) {
            out.putDouble(horizon.days);
            horizon.calibrator.write(out);
            horizon.predicted.write(out);
            horizon.raw.write(out);
            out.putInt(horizon.waiting.size());
            horizon.waiting.forEach(forecast -> write(forecast, out));
        }
        return Envelope.seal(Family.CALIBRATION, VERSION, out);
    }

    private static void write(Forecast forecast, BinaryWriter out) {
        out.putUtf8(forecast.creative);
        out.putInt(forecast.spell);
        out.putLong(forecast.at);
        out.putDouble(forecast.raw);
        out.putDouble(forecast.predicted);
        out.putInt(forecast.outcome);
    }

    /** Horizons that the job no longer has are dropped; another method starts anew. */
    private void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.CALIBRATION, VERSION);
        Method method = in.valid(from -> Method.valueOf(from.getUtf8()));
        if (method != settings.method()) {
            return;
        }
        int count = in.getInt();
        for (int i = 0; i < count; i++) {
            double days = in.getDouble();
            OfHorizon into =
                    horizons.stream()
                            .filter(h -> h.days == days)
                            .findFirst()
                            .orElseGet(() -> new OfHorizon(days, settings));
            into.calibrator.read(in);
            into.predicted.read(in);
            into.raw.read(in);
            for (int left = in.getCount(); left > 0; left--) {
                into.waiting.add(forecast(in));
            }
        }
        in.requireEnd();
    }

    private static boolean isNoChance(double value) {
        return value < 0 || value > 1;
    }

    private static Forecast forecast(BinaryReader in) {
        Forecast forecast =
                new Forecast(
                        in.getUtf8(), in.getInt(), in.getLong(), in.getDouble(), in.getDouble());
        forecast.outcome = (byte) in.getInt();
        if (isNoChance(forecast.raw) || isNoChance(forecast.predicted)) {
            throw new DamagedSnapshotException(
                    format("chances of %s and %s", forecast.raw, forecast.predicted));
        }
        return forecast;
    }
}
