// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.jobs.laboratory.Figure;
import dev.kedge.jobs.laboratory.Sweep;
import dev.kedge.jobs.laboratory.ads.replay.IntervalJudge;
import dev.kedge.jobs.laboratory.ads.replay.Rival;
import dev.kedge.jobs.laboratory.ads.replay.StreamVerdicts;
import dev.kedge.jobs.laboratory.ads.replay.TermJudge;
import dev.kedge.jobs.laboratory.data.CreativeLife;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.creative.CreativeDiscontinued;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.ads.hazards.HazardCurve;
import dev.kedge.operators.ads.hazards.Intervals;
import dev.kedge.operators.ads.metrics.KaplanMeier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A simulated market in one pass, prequentially, beside an oracle that ranks by the true hazards
 * and beside Kaplan and Meier's estimate. Each seed is another market and another model. First
 * spells are judged.
 */
final class MarketStudy implements Lives {
    private static final double DAY = 86_400_000.0;

    private final SurvivalExperimentSettings settings;
    private final double boundary;
    private final int window;
    private final double[] horizons;

    MarketStudy(SurvivalExperimentSettings settings) {
        this.settings = settings;
        DiscontinuationSettings job = settings.discontinuation();
        Intervals intervals = job.cuts();
        this.boundary = job.intervals().boundary();
        this.window = (int) Math.round(intervals.startDays(intervals.columns() - 1));
        this.horizons = job.horizons().stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public List<Figure<Result>> figures() {
        return Result.TERMS;
    }

    @Override
    public List<Sweep.Part<Result>> parts() {
        // Beside the variants, the oracle and Kaplan-Meier.
        int results = settings.variants().size() + 2;
        return settings.seeds().stream()
                .map(seed -> new Sweep.Part<Result>("seed " + seed, results, out -> run(seed, out)))
                .toList();
    }

    private void run(long seed, Consumer<Result> out) {
        Played market = play(seed);
        List<Rival> rivals = new ArrayList<>();
        for (SurvivalExperimentSettings.Variant variant : settings.variants()) {
            DiscontinuationSettings varied = variant.of(settings.discontinuation());
            Rival rival = stream(variant.name(), market, varied.with("seed", seed));
            rivals.add(rival);
            judge(market, rival, rivals.get(0), seed, out);
        }
        judge(market, oracle(market), rivals.get(0), seed, out);
        judge(market, kaplanMeier(market), rivals.get(0), seed, out);
    }

    /**
     * A market that is over.
     *
     * @param events everything that happened, in order of arrival
     * @param lives first spells, in order of launch, censored at the end of the market
     * @param truth knows the hazards
     */
    record Played(List<CreativeEvent> events, List<CreativeLife> lives, MarketSimulator truth) {}

    /** Plays the market of a seed to its end. */
    Played play(long seed) {
        MarketConfig config =
                MarketConfig.DEFAULT
                        .withSeed(seed)
                        .withSize(1, settings.market().launchesPerDay(), settings.market().days())
                        .withFaults(0, 0, 0);
        MarketSimulator market = new MarketSimulator(config);
        CreativeEventJson codec = new CreativeEventJson();
        List<CreativeEvent> events = new ArrayList<>();
        while (market.hasNext()) {
            SimulatedRecord next = market.next();
            try {
                events.add(codec.decode(next.value()));
            } catch (UndecodableException e) {
                throw new IllegalStateException(e);
            }
        }
        long end = config.size().start().toEpochMilli() + Math.round(config.size().days() * DAY);
        return new Played(events, firstSpells(events, end), market);
    }

    private static List<CreativeLife> firstSpells(List<CreativeEvent> events, long end) {
        Map<String, CreativeLife> lives = new LinkedHashMap<>();
        for (CreativeEvent event : events) {
            if (event instanceof CreativeLaunched launched) {
                lives.put(launched.creative(), new CreativeLife(launched, end, false));
            } else if (event instanceof CreativeDiscontinued stop) {
                lives.computeIfPresent(
                        stop.creative(),
                        (name, life) ->
                                life.stopped()
                                        ? life
                                        : new CreativeLife(life.launched(), stop.at(), true));
            }
        }
        return List.copyOf(lives.values());
    }

    private Rival stream(String name, Played market, DiscontinuationSettings job) {
        // What is judged as wear-out begins at the experiment's boundary, whatever the variant's.
        StreamVerdicts verdicts = new StreamVerdicts(job.cuts().at(Math.round(boundary * DAY)));
        PlainStream.play(job, market.events(), verdicts::score);
        return verdicts.rival(name, market.lives());
    }

    /** Ranks as the model does, but by the true hazards. */
    private Rival oracle(Played market) {
        int count = market.lives().size();
        double[] cutOut = new double[count];
        double[] launch = new double[count];
        double[] later = new double[count];
        double[][] survival = new double[count][];
        int first = (int) Math.round(boundary);
        for (int i = 0; i < count; i++) {
            double[] hazards =
                    market.truth()
                            .hazards(market.lives().get(i).launched().creative(), first + window);
            double[] alive = new double[hazards.length];
            HazardCurve.survival(hazards, alive);
            cutOut[i] = HazardCurve.cutOut(hazards, first);
            launch[i] = -HazardCurve.restrictedMean(alive, 0, window);
            survival[i] =
                    Arrays.stream(horizons)
                            .map(days -> alive[(int) Math.round(days) - 1])
                            .toArray();
            HazardCurve.conditionalSurvival(hazards, first, alive);
            later[i] = -HazardCurve.restrictedMean(alive, first, first + window);
        }
        return new Rival("oracle: the true hazards", cutOut, launch, later, Optional.of(survival));
    }

    /** By all creatives of the market, which no stream could know: its Brier score flatters it. */
    private Rival kaplanMeier(Played market) {
        KaplanMeier curve =
                KaplanMeier.survival(TermJudge.outcomes(market.lives(), Double.POSITIVE_INFINITY));
        double[][] survival = new double[market.lives().size()][];
        Arrays.fill(survival, Arrays.stream(horizons).map(curve::atOrLast).toArray());
        return Rival.constant(
                "Kaplan-Meier, no features", new double[survival.length], Optional.of(survival));
    }

    private void judge(Played market, Rival rival, Rival first, long seed, Consumer<Result> out) {
        int from = settings.market().warmUp();
        List<CreativeLife> judged = market.lives().subList(from, market.lives().size());
        TermJudge.Figures figures =
                new TermJudge(boundary, horizons)
                        .judge(judged, rival.from(from), first.from(from).atBoundary());
        IntervalJudge.Figures intervals =
                new IntervalJudge(settings.discontinuation().calibration().interval())
                        .judge(judged, rival.from(from).intervals());
        String name = format("after the first %,d launches", from);
        out.accept(Result.of(name, rival.name(), seed, figures, intervals));
    }
}
