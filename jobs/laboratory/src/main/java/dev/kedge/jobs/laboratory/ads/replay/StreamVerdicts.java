// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.replay;

import dev.kedge.jobs.feed.OutputFeed;
import dev.kedge.jobs.laboratory.data.CreativeLife;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Cause;
import dev.kedge.operators.ads.creative.CreativeScore.Horizon;
import dev.kedge.operators.ads.creative.CreativeScore.RemainingDays;
import dev.kedge.operators.ads.creative.ModelMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a job said of each creative at its launch and at the boundary between cut-out and wear-out.
 * Written by the feed's thread, read by any.
 */
public final class StreamVerdicts implements OutputFeed.Listener<CreativeScore, ModelMetrics> {
    private final int boundary;
    private final Map<CreativeKey, Verdict> atLaunch = new HashMap<>();
    private final Map<CreativeKey, Double> atBoundary = new HashMap<>();
    private final Set<CreativeKey> stopped = new HashSet<>();
    private long scores;
    private long deadLetters;

    /**
     * What was said at launch.
     *
     * @param risk what creatives are ranked by
     * @param cutOut probability to be cut out before the boundary
     * @param survival probability to outlive each of the job's horizons
     * @param interval between which days it was said to stop, if that was said
     */
    public record Verdict(
            double risk, double cutOut, double[] survival, Optional<RemainingDays> interval) {}

    /**
     * Listens.
     *
     * @param boundary first interval of what is judged as wear-out, above 0
     */
    public StreamVerdicts(int boundary) {
        this.boundary = boundary;
    }

    @Override
    public synchronized void score(CreativeScore score) {
        CreativeKey key = new CreativeKey(score.model(), score.creative());
        scores++;
        if (score.cause() == Cause.LAUNCH) {
            double cutOut = 1 - score.outlook().survival()[boundary - 1];
            atLaunch.put(
                    key,
                    new Verdict(
                            score.forecast().risk(),
                            cutOut,
                            survival(score),
                            score.remainingDays()));
        } else if (score.cause() == Cause.DISCONTINUATION) {
            stopped.add(key);
        } else if (score.outlook().interval() == boundary) {
            atBoundary.putIfAbsent(key, score.forecast().risk());
        }
    }

    private static double[] survival(CreativeScore score) {
        return score.forecast().horizons().stream()
                .mapToDouble(Horizon::probability)
                .map(p -> 1 - p)
                .toArray();
    }

    @Override
    public void metrics(ModelMetrics metrics) {
        // The replay judges by the truth of the file, which also tells what became of the censored.
    }

    @Override
    public synchronized void deadLetter(String reason) {
        deadLetters++;
    }

    /** Events that were answered: each launch and each stop by a score or by a dead letter. */
    synchronized long answered() {
        return atLaunch.size() + stopped.size() + deadLetters;
    }

    /** All scores, those between launch and stop too. */
    synchronized long scores() {
        return scores;
    }

    /** Refused records. */
    synchronized long deadLetters() {
        return deadLetters;
    }

    /** What was said at launch. */
    public synchronized Optional<Verdict> atLaunch(CreativeKey key) {
        return Optional.ofNullable(atLaunch.get(key));
    }

    /** The risk when the boundary was reached. */
    public synchronized Optional<Double> atBoundary(CreativeKey key) {
        return Optional.ofNullable(atBoundary.get(key));
    }

    /**
     * What was said of creatives, as a ranking.
     *
     * @param name of the ranking
     * @param lives creatives of which something was said at launch
     */
    public Rival rival(String name, List<CreativeLife> lives) {
        double[] launch = new double[lives.size()];
        double[] cutOut = new double[launch.length];
        double[] later = new double[launch.length];
        double[][] survival = new double[launch.length][];
        List<Optional<RemainingDays>> intervals = new ArrayList<>();
        for (int i = 0; i < launch.length; i++) {
            CreativeKey key = CreativeKey.of(lives.get(i));
            Verdict verdict = atLaunch(key).orElseThrow();
            launch[i] = verdict.risk();
            cutOut[i] = verdict.cutOut();
            survival[i] = verdict.survival();
            intervals.add(verdict.interval());
            later[i] = atBoundary(key).orElse(Double.NaN);
        }
        return new Rival(name, cutOut, launch, later, Optional.of(survival), intervals);
    }
}
