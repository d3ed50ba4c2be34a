// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.creative.CreativeScore.Cause;
import dev.kedge.operators.ads.creative.CreativeScore.Contribution;
import dev.kedge.operators.ads.creative.CreativeScore.Horizon;
import dev.kedge.operators.ads.creative.CreativeScore.Traffic;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.state.ads.CreativeDescription;
import java.util.List;
import java.util.Optional;

/** Scores and metrics for tests. */
public record Samples(
        String model, String creative, String text, long at, double risk, Action action) {
    public static final long LAUNCH = 1_780_000_000_000L;

    public static CreativeScore score(String creative, long at, double risk) {
        return score(creative, at, risk, Action.WATCH);
    }

    public static CreativeScore score(String creative, long at, double risk, Action action) {
        return new Samples("search", creative, "Text of " + creative, at, risk, action).score();
    }

    /** A score of a creative that costs money of a currency. */
    public static CreativeScore priced(String creative, String currency, Action action) {
        CreativeScore score = score(creative, 1, -5, action);
        return new CreativeScore(
                score.subject(),
                new CreativeDescription("Acme", "Text of " + creative, currency),
                score.at(),
                score.launchedAt(),
                score.cause(),
                score.outlook(),
                score.forecast(),
                score.advice(),
                score.totals(),
                score.latest(),
                score.version(),
                score.remainingDays());
    }

    /** One with a survival curve past the days 3, 7 and 11. */
    public static CreativeScore curved(String creative, double... survival) {
        CreativeScore score = score(creative, 1, -5);
        CreativeScore.Outlook outlook = score.outlook();
        return new CreativeScore(
                score.subject(),
                score.description(),
                score.at(),
                score.launchedAt(),
                score.cause(),
                new CreativeScore.Outlook(
                        outlook.interval(),
                        outlook.cuts(),
                        outlook.hazard(),
                        survival,
                        outlook.lower(),
                        outlook.upper()),
                score.forecast(),
                score.advice(),
                score.totals(),
                score.latest(),
                score.version(),
                score.remainingDays());
    }

    /** One that is expected to lose so much until the next check. */
    public static CreativeScore wasting(String creative, double risk, double waste, Action action) {
        CreativeScore score = score(creative, 1, risk, action);
        return new CreativeScore(
                score.subject(),
                score.description(),
                score.at(),
                score.launchedAt(),
                score.cause(),
                score.outlook(),
                score.forecast(),
                new CreativeScore.Advice(action, "Because.", 2 * waste, waste, List.of()),
                score.totals(),
                score.latest(),
                score.version(),
                score.remainingDays());
    }

    public CreativeScore score() {
        return score(action == Action.STOPPED ? Cause.DISCONTINUATION : Cause.STATISTICS);
    }

    public CreativeScore score(Cause cause) {
        return new CreativeScore(
                new CreativeScore.Subject(model, creative, 0),
                new CreativeDescription("Acme", text, ""),
                LAUNCH + at,
                LAUNCH,
                cause,
                new CreativeScore.Outlook(
                        1,
                        new double[] {1, 3, 7},
                        new double[] {0.2, 0.1, Double.NaN},
                        new double[] {0.8, 0.72, 0.7},
                        new double[] {0.75, 0.6, 0.5},
                        new double[] {0.85, 0.8, 0.8}),
                new CreativeScore.Forecast(
                        List.of(new Horizon(1, 0.2, 0.25), new Horizon(7, 0.3, 0.35)),
                        List.of(),
                        0.2,
                        0.1,
                        4,
                        risk),
                new CreativeScore.Advice(
                        action,
                        "Because.",
                        1.5,
                        0.45,
                        List.of(new Contribution("text", 0.1), new Contribution("timing", -0.05))),
                new Traffic(1000, 10, 1, 12.5),
                new Traffic(100, 2, 0, 1.5),
                new CreativeScore.Version(42, LAUNCH + at, 2000),
                Optional.of(new CreativeScore.RemainingDays(0.9, 0.5, 6.25)));
    }

    public static CreativeDuplicates same(
            String creative, long at, String group, CreativeDuplicates.Twin... twins) {
        return new CreativeDuplicates(
                "search",
                creative,
                LAUNCH + at,
                CreativeDuplicates.Cause.LAUNCH,
                group,
                List.of(twins),
                42);
    }

    public static ModelMetrics metrics(String model, long at, double concordance) {
        return new ModelMetrics(
                model,
                at,
                42,
                new ModelMetrics.Learned(100, 7, 9, 0.4),
                new ModelMetrics.Ranking(concordance, 0.6, Double.NaN, 8, 0.5),
                1,
                2,
                12.5,
                4,
                List.of(
                        new ModelMetrics.HorizonCalibration(
                                7, 20, 0.05, 0.1, List.of(new ModelMetrics.Bin(0.3, 0.25, 20)))),
                new ModelMetrics.Decisions(5, 3, 2, 7.5, 2, 1, 2, 10, 5.5, 4, 0.7, 6.5),
                List.of(new ModelMetrics.ExpertShare("net", 0.25, 0.75, 0.125)),
                List.of(
                        new ModelMetrics.Coverage(
                                "launch", 0.9, 40, 0.875, 0.125, 0, 0.25, 0.75, 1)));
    }
}
