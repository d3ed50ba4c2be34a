// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.laboratory.Figure;
import dev.kedge.jobs.laboratory.Sweep;
import dev.kedge.jobs.laboratory.ads.replay.AdvertiserPast;
import dev.kedge.jobs.laboratory.ads.replay.HistoryFile;
import dev.kedge.jobs.laboratory.ads.replay.IntervalJudge;
import dev.kedge.jobs.laboratory.ads.replay.Rival;
import dev.kedge.jobs.laboratory.ads.replay.StreamVerdicts;
import dev.kedge.jobs.laboratory.ads.replay.TermJudge;
import dev.kedge.jobs.laboratory.data.CreativeHistory;
import dev.kedge.jobs.laboratory.data.CreativeLife;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.creative.CreativeEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Real ads in one pass, prequentially, beside batch learners that are fitted again every month on
 * all the past. Everybody is judged on the same creatives: those after the warm-up, and the last of
 * them by themselves.
 */
final class AdsStudy implements Lives {
    private final SurvivalExperimentSettings settings;
    private final List<CreativeLife> lives;
    private final List<CreativeEvent> events;
    private final int warmUp;
    private final int split;
    private final double[] horizons;
    private final double boundary;
    private List<Rival> seedless = List.of();

    private AdsStudy(SurvivalExperimentSettings settings, List<CreativeLife> lives) {
        this.settings = settings;
        this.lives = lives;
        this.events = new CreativeHistory(lives, List.of()).events();
        this.warmUp = settings.ads().warmUp();
        this.split = (int) Math.round((1 - settings.ads().last()) * lives.size());
        DiscontinuationSettings job = settings.discontinuation();
        this.horizons = job.horizons().stream().mapToDouble(Double::doubleValue).toArray();
        this.boundary = job.intervals().boundary();
    }

    /**
     * Reads the ads.
     *
     * @throws ConfigurationException if they cannot be read, or are too few
     */
    static AdsStudy of(SurvivalExperimentSettings settings) {
        return of(
                settings,
                HistoryFile.read(Path.of(settings.data()), settings.ads().columns()).lives());
    }

    /** The same from lives in order of their launch. */
    static AdsStudy of(SurvivalExperimentSettings settings, List<CreativeLife> all) {
        List<CreativeLife> lives = first(all, settings.ads().first());
        if (settings.ads().warmUp() >= (1 - settings.ads().last()) * lives.size()) {
            throw ConfigurationException.of(
                    "ads.warm-up: %d is not allowed; it must be below the %d creatives"
                            + " before the last part",
                    settings.ads().warmUp(),
                    Math.round((1 - settings.ads().last()) * lives.size()));
        }
        return new AdsStudy(settings, lives);
    }

    /** The first creatives, as they were known when the next one was launched. */
    static List<CreativeLife> first(List<CreativeLife> all, double share) {
        int count = (int) Math.round(share * all.size());
        if (count >= all.size()) {
            return all;
        }
        long moment = all.get(count).launched().at();
        return all.subList(0, count).stream().map(life -> life.seenUntil(moment)).toList();
    }

    @Override
    public List<Figure<Result>> figures() {
        return Result.TERMS;
    }

    @Override
    public List<Sweep.Part<Result>> parts() {
        // Beside variants and nets, three that no seed changes; each is judged on two parts.
        int results = 2 * (settings.variants().size() + settings.nets().size() + 3);
        return settings.seeds().stream()
                .map(seed -> new Sweep.Part<Result>("seed " + seed, results, out -> run(seed, out)))
                .toList();
    }

    private void run(long seed, Consumer<Result> out) {
        List<Rival> rivals = new ArrayList<>();
        for (SurvivalExperimentSettings.Variant variant : settings.variants()) {
            DiscontinuationSettings varied = variant.of(settings.discontinuation());
            Rival stream = stream(variant.name(), varied.with("seed", seed));
            rivals.add(stream);
            judge(stream, rivals.get(0), seed, out);
        }
        for (SurvivalExperimentSettings.Variant net : settings.nets()) {
            judge(net(net, seed), rivals.get(0), seed, out);
        }
        seedless().forEach(rival -> judge(rival, rivals.get(0), seed, out));
    }

    /** One pass over the stream. */
    Rival stream(String name, DiscontinuationSettings job) {
        StreamVerdicts verdicts = new StreamVerdicts(job.cuts().boundary());
        PlainStream.play(job, events, verdicts::score);
        return verdicts.rival(name, lives);
    }

    private Rival net(SurvivalExperimentSettings.Variant variant, long seed) {
        try (RefittedNet net =
                RefittedNet.of(
                        settings.discontinuation(),
                        variant.of(settings.batch()),
                        lives,
                        events,
                        seed)) {
            return refits().rival(variant.name(), net);
        }
    }

    private Refits refits() {
        return new Refits(lives, warmUp, settings.ads().refit().toMillis(), boundary);
    }

    /** Those that no seed changes, ranked once; seeds may be run at the same time. */
    private synchronized List<Rival> seedless() {
        if (seedless.isEmpty()) {
            seedless = rankedSeedless();
        }
        return seedless;
    }

    private List<Rival> rankedSeedless() {
        double[] past =
                AdvertiserPast.of(lives).stream().mapToDouble(p -> -p.meanLogDays()).toArray();
        return List.of(
                refits().rival(
                                "Cox refitted in batch",
                                new RefittedCox(lives, horizons, settings.batch().ridge())),
                Rival.constant("advertiser's past mean", past, Optional.empty()),
                refits().rival("Kaplan-Meier, no features", new RefittedKaplanMeier(horizons)));
    }

    private void judge(Rival rival, Rival first, long seed, Consumer<Result> out) {
        judge("after the first %,d launches", warmUp, rival, first, seed, out);
        String last = "the last " + Math.round(100 * settings.ads().last()) + " %%";
        judge(last, split, rival, first, seed, out);
    }

    private void judge(
            String part, int from, Rival rival, Rival first, long seed, Consumer<Result> out) {
        List<CreativeLife> judged = lives.subList(from, lives.size());
        TermJudge.Figures figures =
                new TermJudge(boundary, horizons)
                        .judge(judged, rival.from(from), first.from(from).atBoundary());
        IntervalJudge.Figures intervals =
                new IntervalJudge(settings.discontinuation().calibration().interval())
                        .judge(judged, rival.from(from).intervals());
        String name = String.format(Locale.ROOT, part, from);
        out.accept(Result.of(name, rival.name(), seed, figures, intervals));
    }
}
