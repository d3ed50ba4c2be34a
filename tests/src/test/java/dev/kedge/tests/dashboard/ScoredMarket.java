// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.dashboard;

import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.creative.CreativeScore.Cause;
import dev.kedge.operators.ads.creative.CreativeScore.Contribution;
import dev.kedge.operators.ads.creative.CreativeScore.Horizon;
import dev.kedge.operators.ads.creative.CreativeScore.Traffic;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.state.ads.CreativeDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Scores as a market with some forty creatives would bring them; the same for the same seed. */
final class ScoredMarket {
    static final String HOSTILE = "<script>document.title='taken'</script> <b>Sale</b>";
    static final String MIXED = "تخفيضات الصيف 🏖️ حتى 50%";

    private static final long START = Instant.parse("2026-09-01T06:00:00Z").toEpochMilli();
    private static final double[] CUTS = {0, 1, 2, 3, 4, 5, 6, 7, 9, 11, 14, 18, 23, 30, 40, 60};
    private static final List<String> TEXTS =
            List.of(
                    "Running shoes that forgive the last kilometre",
                    "Two nights in Porto, breakfast included, from 149",
                    HOSTILE,
                    "Fibre at home: one gigabit, no contract",
                    MIXED,
                    "The raincoat for people who cycle anyway",
                    "Switch your car insurance in four minutes and keep your bonus",
                    "Coffee roasted on Tuesday, at your door on Thursday",
                    "A mattress you may send back for a hundred nights",
                    "読書灯 — 目にやさしい光で夜の一冊を");
    private static final List<String> ADVERTISERS =
            List.of("Fleetfoot", "Lusitania Travel", "Northline", "Velo & Rain", "Hearth Goods");
    private static final String[] GROUPS = {
        "click-through", "delivery", "timing", "text", "categories", "embedding", "facts"
    };

    private final ScoreBoard board;
    private final Random random;
    private final int creatives;
    private final List<String> currencies;

    ScoredMarket(ScoreBoard board, int creatives, long seed) {
        this(board, creatives, seed, List.of(""));
    }

    /** One whose creatives cost money of these currencies, in turn. */
    ScoredMarket(ScoreBoard board, int creatives, long seed, List<String> currencies) {
        this.currencies = currencies;
        this.board = board;
        this.creatives = creatives;
        this.random = new Random(seed);
    }

    /** Brings a fortnight of periods of every creative, and the models' metrics. */
    void run() {
        IntStream.range(0, 28).forEach(this::period);
    }

    /** Brings one more period of twelve hours. */
    void period(int period) {
        long at = START + Duration.ofHours(12L * (period + 1)).toMillis();
        IntStream.range(0, creatives).forEach(i -> board.accept(score(i, period, at + i)));
        board.accept(metrics("search-ads", period, at, 0.05));
        board.accept(metrics("video-ads", period, at, 0));
    }

    private CreativeScore score(int i, int period, long at) {
        double danger =
                Math.min(0.9, 0.02 + 0.9 * Math.pow((i * 37 % creatives) / (double) creatives, 2));
        double days = (period + 1) / 2.0 + i % 4;
        double[] cuts = Arrays.stream(CUTS).filter(c -> c > days - 1).toArray();
        double[] hazard = hazard(danger, cuts);
        double[] survival = survival(hazard);
        List<Horizon> horizons =
                List.of(
                        horizon(1, hazard[0]),
                        horizon(3, 1 - survival[Math.min(2, survival.length - 1)]),
                        horizon(7, 1 - survival[Math.min(5, survival.length - 1)]));
        Action action = i % 13 == 12 && period == 27 ? Action.STOPPED : action(horizons, i);
        return new CreativeScore(
                new CreativeScore.Subject(
                        i % 3 == 2 ? "video-ads" : "search-ads",
                        "cr-%04d".formatted(1000 + i),
                        i % 9 == 8 ? 1 : 0),
                new CreativeDescription(
                        ADVERTISERS.get(i % ADVERTISERS.size()),
                        TEXTS.get(i % TEXTS.size()),
                        currencies.get(i % currencies.size())),
                at,
                at - Math.round(days * Duration.ofDays(1).toMillis()),
                action == Action.STOPPED ? Cause.DISCONTINUATION : Cause.STATISTICS,
                new CreativeScore.Outlook(
                        CUTS.length - cuts.length,
                        cuts,
                        hazard,
                        survival,
                        band(survival, 1.3),
                        band(survival, 0.7)),
                new CreativeScore.Forecast(
                        horizons,
                        List.of(),
                        days > 7 ? 0 : 1 - survival[Math.min(3, survival.length - 1)],
                        (1 - survival[survival.length - 1]) * 0.5,
                        20 * survival[Math.min(4, survival.length - 1)],
                        -16 * survival[Math.min(4, survival.length - 1)]),
                new CreativeScore.Advice(
                        action,
                        reason(action, horizons),
                        40,
                        40 * horizons.get(1).probability(),
                        contributions(danger)),
                traffic((period + 1) * 5200L, 0.021 - danger * 0.012, 0.9 + danger),
                traffic(4000 + random.nextInt(2500), clickRate(danger, period), 0.9 + danger),
                new CreativeScore.Version(
                        18_400 + period * 311L, at - Duration.ofHours(1).toMillis(), 5000),
                Optional.empty());
    }

    private double clickRate(double danger, int period) {
        double wear = 1 - danger * period / 40.0;
        return (0.026 - danger * 0.012) * wear * (0.9 + 0.2 * random.nextDouble());
    }

    private static double[] hazard(double danger, double[] cuts) {
        return IntStream.range(0, cuts.length)
                .mapToDouble(i -> danger * (0.16 + 0.3 * Math.exp(-i / 2.0)) + 0.004 * i)
                .toArray();
    }

    private static double[] survival(double[] hazard) {
        double[] survival = new double[hazard.length];
        double left = 1;
        for (int i = 0; i < hazard.length; i++) {
            left *= 1 - hazard[i];
            survival[i] = left;
        }
        return survival;
    }

    private static Horizon horizon(double days, double probability) {
        return new Horizon(days, probability, Math.min(1, probability * 1.2));
    }

    private static double[] band(double[] survival, double power) {
        return Arrays.stream(survival).map(s -> Math.pow(s, power)).toArray();
    }

    private static Action action(List<Horizon> horizons, int i) {
        double week = horizons.get(2).probability();
        if (week > 0.7) {
            return Action.STOP;
        }
        if (week > 0.45) {
            return i % 2 == 0 ? Action.REFRESH : Action.WATCH;
        }
        return week > 0.25 ? Action.WATCH : Action.KEEP;
    }

    private static String reason(Action action, List<Horizon> horizons) {
        long week = Math.round(horizons.get(2).probability() * 100);
        return switch (action) {
            case STOP ->
                    "Stop: %d%% to be discontinued within 7 days; falling click-through is the main cause."
                            .formatted(week);
            case REFRESH ->
                    "Refresh: it wears out, %d%% within 7 days; change the text.".formatted(week);
            case WATCH -> "Watch: %d%% within 7 days, and rising.".formatted(week);
            case KEEP -> "Keep: only %d%% within 7 days.".formatted(week);
            case STOPPED, LOST -> "Stopped by the advertiser.";
            case UNKNOWN -> "Unknown: too little was seen of it.";
        };
    }

    private List<Contribution> contributions(double danger) {
        List<Contribution> contributions = new ArrayList<>();
        for (int i = 0; i < GROUPS.length; i++) {
            double change = (danger - 0.25) * 0.5 / (i + 1) * (i % 3 == 2 ? -0.8 : 1);
            contributions.add(new Contribution(GROUPS[i], change));
        }
        contributions.sort(Comparator.comparingDouble(c -> -Math.abs(c.change())));
        return contributions;
    }

    private static Traffic traffic(long impressions, double rate, double cost) {
        long clicks = Math.round(impressions * rate);
        return new Traffic(impressions, clicks, clicks / 30, clicks * cost);
    }

    /** The net takes over what simple methods knew first. */
    private static List<ModelMetrics.ExpertShare> shares(double learned) {
        return List.of(
                new ModelMetrics.ExpertShare(
                        "all creatives", 0.4 - 0.3 * learned, 0.3 - 0.2 * learned, 0.21),
                new ModelMetrics.ExpertShare(
                        "advertiser's life table", 0.4 - 0.1 * learned, 0.3, 0.19),
                new ModelMetrics.ExpertShare(
                        "net", 0.2 + 0.4 * learned, 0.4 + 0.2 * learned, 0.25 - 0.07 * learned),
                new ModelMetrics.ExpertShare("together", 0.9, 0.95, 0.17));
    }

    private ModelMetrics metrics(String model, int period, long at, double better) {
        double learned = 1 - Math.exp(-period / 9.0);
        double noise = random.nextDouble() * 0.02;
        double shortTerm = 0.53 + (0.23 + better) * learned + noise;
        double longTerm = period < 6 ? Double.NaN : 0.5 + (0.17 + better) * learned + noise;
        return new ModelMetrics(
                model,
                at,
                18_400 + period * 311L,
                new ModelMetrics.Learned(
                        52_000 + period * 900L,
                        400 + period * 9L,
                        creatives,
                        0.62 - 0.33 * learned - noise),
                new ModelMetrics.Ranking(
                        shortTerm, longTerm, shortTerm - 0.02, 120 + period * 10L, 0.34),
                3,
                1,
                9 + 6 * learned,
                0,
                List.of(calibration(period)),
                new ModelMetrics.Decisions(
                        period,
                        period / 2,
                        period - period / 2,
                        35.5 * period,
                        period / 3,
                        period / 4,
                        period - period / 3 - period / 4,
                        20 * period,
                        31.5 * period,
                        period,
                        0.7,
                        40 * period),
                shares(learned),
                List.of(
                        new ModelMetrics.Coverage(
                                "launch", 0.9, 30L * period, 0.89, 0.06, 0.05, 0.3, 0.86, 0.93)));
    }

    private static ModelMetrics.HorizonCalibration calibration(int period) {
        List<ModelMetrics.Bin> bins =
                IntStream.range(0, 9)
                        .mapToObj(i -> i / 10.0 + 0.05)
                        .map(p -> new ModelMetrics.Bin(p, 0.9 * p + 0.03, 40 - 30 * p))
                        .toList();
        return new ModelMetrics.HorizonCalibration(7, 40L * period, 0.03, 0.07, bins);
    }
}
