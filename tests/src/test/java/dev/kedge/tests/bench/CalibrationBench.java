// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.operators.ads.DiscontinuationModels;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.calibration.Calibrator.Method;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Cause;
import dev.kedge.operators.ads.creative.CreativeScore.Horizon;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.metrics.ConfidenceInterval;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.state.part.MemoryPartStore;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How well probabilities fit in simulated markets whose true hazards are known. The calibration
 * errors are prequential, against what happened; the band of each survival curve given at launch is
 * held against the true curve.
 */
final class CalibrationBench {
    private static final int LAUNCHES_A_DAY = 20;
    private static final long DAY = 86_400_000L;

    private final int seeds;
    private final long firstSeed;
    private final PrintWriter out;

    /**
     * One market.
     *
     * @param days the horizons
     * @param raw calibration error of each horizon, by the hazards' own probabilities
     * @param said the same of the calibrated ones
     * @param against distance of the calibrated probabilities at launch from the true ones
     * @param rawAgainst the same of the hazards' own
     * @param coverage share of the points of true curves within their bands
     * @param width mean width of the bands
     */
    record Market(
            double[] days,
            double[] raw,
            double[] said,
            double[] against,
            double[] rawAgainst,
            double coverage,
            double width) {}

    /** The markets of seeds from {@code firstSeed} on. */
    CalibrationBench(int seeds, long firstSeed, PrintWriter out) {
        this.seeds = seeds;
        this.firstSeed = firstSeed;
        this.out = out;
    }

    /** Measures and prints; the markets of the isotonic method. */
    List<Market> run(int days) throws UndecodableException {
        List<Market> last = List.of();
        for (Method method : List.of(Method.PLATT, Method.ISOTONIC)) {
            List<Market> markets = new ArrayList<>();
            for (int i = 0; i < seeds; i++) {
                markets.add(new Play(method, firstSeed + i, days).market());
            }
            print(method, markets);
            last = markets;
        }
        return last;
    }

    private void print(Method method, List<Market> markets) {
        String name = method.name().toLowerCase(Locale.ROOT);
        double[] days = markets.get(0).days();
        for (int h = 0; h < days.length; h++) {
            int at = h;
            out.printf(
                    Locale.ROOT,
                    "%s, %2.0f days: error %s, before %s; distance from the truth at launch %s, before %s%n",
                    name,
                    days[h],
                    interval(markets.stream().mapToDouble(m -> m.said()[at]).toArray()),
                    interval(markets.stream().mapToDouble(m -> m.raw()[at]).toArray()),
                    interval(markets.stream().mapToDouble(m -> m.against()[at]).toArray()),
                    interval(markets.stream().mapToDouble(m -> m.rawAgainst()[at]).toArray()));
        }
        out.printf(
                Locale.ROOT,
                "%s: the band of 95 %% holds the true curve at %s of its points; its width is %s%n",
                name,
                interval(markets.stream().mapToDouble(Market::coverage).toArray()),
                interval(markets.stream().mapToDouble(Market::width).toArray()));
        out.flush();
    }

    private static String interval(double[] values) {
        ConfidenceInterval interval = ConfidenceInterval.of(values, 0.95);
        return String.format(Locale.ROOT, "%.3f ± %.3f", interval.mean(), interval.halfWidth());
    }

    private static final class Play implements Outlet<CreativeScore, ModelMetrics> {
        private final MarketSimulator market;
        private final DiscontinuationSettings settings;
        private final long half;
        private final double[] against;
        private final double[] rawAgainst;
        private ModelMetrics last;
        private long points;
        private long covered;
        private long launches;
        private double width;

        private Play(Method method, long seed, int days) {
            MarketConfig config =
                    MarketConfig.DEFAULT
                            .withSeed(seed)
                            .withSize(1, LAUNCHES_A_DAY, days)
                            .withFaults(0, 0, 0);
            market = new MarketSimulator(config);
            half = config.size().start().toEpochMilli() + days / 2 * DAY;
            settings =
                    DiscontinuationSettings.DEFAULT
                            .with("seed", seed)
                            .with("calibration.method", method);
            int horizons = settings.horizons().size();
            against = new double[horizons];
            rawAgainst = new double[horizons];
        }

        private Market market() throws UndecodableException {
            try (LiveModels.Shared<CreativeEvent, CreativeScore, ModelMetrics> shared =
                    new DiscontinuationModels(settings).open()) {
                LiveModel<CreativeEvent, CreativeScore, ModelMetrics> model =
                        shared.load("market-00", new MemoryPartStore());
                CreativeEventJson json = new CreativeEventJson();
                Origin origin = new Origin("in", 0, 0, -1);
                while (market.hasNext()) {
                    CreativeEvent event = json.decode(market.next().value());
                    model.process(new Incoming<>(event, origin, new byte[0]), this);
                }
            }
            double[] days = settings.horizons().stream().mapToDouble(d -> d).toArray();
            double[] ofRaw = new double[days.length];
            double[] ofSaid = new double[days.length];
            for (int h = 0; h < days.length; h++) {
                ofRaw[h] = last.calibration().get(h).rawError();
                ofSaid[h] = last.calibration().get(h).error();
                against[h] /= launches;
                rawAgainst[h] /= launches;
            }
            return new Market(
                    days,
                    ofRaw,
                    ofSaid,
                    against,
                    rawAgainst,
                    covered / (double) points,
                    width / points);
        }

        @Override
        public void score(CreativeScore score) {
            if (score.cause() == Cause.LAUNCH && score.at() >= half) {
                compare(score);
            }
        }

        private void compare(CreativeScore score) {
            double[] hazards = market.hazards(score.creative(), 90);
            launches++;
            for (int h = 0; h < against.length; h++) {
                Horizon horizon = score.forecast().horizons().get(h);
                double truth = 1 - survival(hazards, horizon.days());
                against[h] += Math.abs(horizon.probability() - truth);
                rawAgainst[h] += Math.abs(horizon.raw() - truth);
            }
            for (int i = 0;
                    i + 1 < score.outlook().cuts().length && score.outlook().cuts()[i + 1] <= 90;
                    i++) {
                double truth = survival(hazards, score.outlook().cuts()[i + 1]);
                points++;
                covered +=
                        truth >= score.outlook().lower()[i] && truth <= score.outlook().upper()[i]
                                ? 1
                                : 0;
                width += score.outlook().upper()[i] - score.outlook().lower()[i];
            }
        }

        private static double survival(double[] hazards, double days) {
            double survival = 1;
            for (int day = 0; day < days; day++) {
                survival *= 1 - hazards[day];
            }
            return survival;
        }

        @Override
        public void metrics(ModelMetrics metrics) {
            last = metrics;
        }

        @Override
        public void sideOutput(Object answer) {}

        @Override
        public void reject(DeadLetter letter) {
            throw new IllegalStateException(letter.message());
        }
    }
}
