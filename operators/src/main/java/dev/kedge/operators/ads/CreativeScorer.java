// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.ScoreDetail.Extent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.creative.CreativeScore.Advice;
import dev.kedge.operators.ads.creative.CreativeScore.Cause;
import dev.kedge.operators.ads.creative.CreativeScore.CauseShare;
import dev.kedge.operators.ads.creative.CreativeScore.Contribution;
import dev.kedge.operators.ads.creative.CreativeScore.Forecast;
import dev.kedge.operators.ads.creative.CreativeScore.Horizon;
import dev.kedge.operators.ads.creative.CreativeScore.RemainingDays;
import dev.kedge.operators.ads.creative.CreativeScore.Traffic;
import dev.kedge.operators.ads.creative.CreativeScore.Version;
import dev.kedge.operators.ads.experts.Experts;
import dev.kedge.operators.ads.experts.Panel;
import dev.kedge.operators.ads.hazards.HazardObjective;
import dev.kedge.operators.ads.hazards.HeadPrecision;
import dev.kedge.operators.ads.hazards.Intervals;
import dev.kedge.operators.ads.hazards.PersonPeriodBatch;
import dev.kedge.operators.ads.intervals.PredictiveIntervals;
import dev.kedge.operators.ads.policy.Policy.Decision;
import dev.kedge.operators.ads.policy.Policy.Situation;
import dev.kedge.operators.ads.policy.WhatIf;
import dev.kedge.operators.learner.Learner;
import dev.kedge.operators.learner.LearnerState;
import dev.kedge.operators.metrics.RankMe;
import dev.kedge.state.ads.CreativeDescription;
import dev.kedge.state.ads.Delivery;
import dev.kedge.state.ads.LedgerEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Scores one creative: its hazards from now on, and how much each group of inputs moved them. A
 * group's contribution is the probability at the policy's horizon minus the same with the group
 * hidden (numbers at their mean, bags empty); all variants go through the encoder as one batch.
 */
final class CreativeScorer {
    private static final double DAY = 86_400_000.0;
    private static final int RANKED = 64;
    private static final double NORMAL_95 = 1.959964;
    private static final double[] NOTHING = {};

    private final DiscontinuationSettings settings;
    private final ScoreDetail detail;
    private final Intervals intervals;
    private final CreativeFeatures features;
    private final Learner<PersonPeriodBatch> learner;
    private final HazardObjective objective;
    private final Panel panel;
    private final List<HiddenInputs> groups;
    private final PersonPeriodBatch batch;
    private final double window;
    private final float[] numbers;
    private final double[] hazards;
    private final double[] byCause;
    private final double[] variances;
    private final double[] within;
    private final List<String> causes;
    private final int horizon;
    private final Reason reason;

    /**
     * What a score needs of one model.
     *
     * @param name the model
     * @param learner parameters
     * @param moments running statistics of the numbers
     * @param calibration of the horizons
     * @param precision of the head
     * @param advisor advice and its budget
     * @param experts simple methods beside the net, if the model has them
     * @param stops predictive intervals, if they are said
     */
    record Subject(
            String name,
            LearnerState learner,
            RunningMoments moments,
            CalibratedHorizons calibration,
            HeadPrecision precision,
            Advisor advisor,
            Optional<Experts> experts,
            Optional<PredictiveIntervals> stops) {}

    /**
     * How a creative ended.
     *
     * @param reason the reason that the stream gave; may be empty
     * @param lost whether that tells nothing of the creative
     */
    record Ending(String reason, boolean lost) {}

    CreativeScorer(
            DiscontinuationSettings settings,
            CreativeFeatures features,
            Learner<PersonPeriodBatch> learner,
            HazardObjective objective,
            Panel panel) {
        this.settings = settings;
        this.detail = settings.scores();
        this.intervals = settings.cuts();
        this.features = features;
        this.learner = learner;
        this.objective = objective;
        this.panel = panel;
        this.groups = HiddenInputs.of(settings.features(), features);
        this.batch = new PersonPeriodBatch(ROWS, features.width());
        this.window = intervals.startDays(intervals.columns() - 1);
        this.numbers = new float[features.width()];
        this.hazards = new double[batch.capacity() * intervals.columns()];
        this.byCause = new double[hazards.length * objective.causes()];
        this.variances = new double[intervals.columns()];
        this.within = new double[settings.horizons().size()];
        this.causes = settings.causes().all();
        double heeded = settings.policy().among(settings.horizons());
        this.horizon = settings.horizons().indexOf(heeded);
        this.reason = new Reason(settings.policy(), heeded);
    }

    /** Most rows of a scoring batch: the creative itself and one for each of eight groups. */
    static final int ROWS = 9;

    /** The risk alone: minus the expected days within a window as long as the finite cuts. */
    double risk(Subject model, LedgerEntry entry, long at) {
        encode(model, entry, at, 0);
        return -outlook(0, at - entry.launchedAt()).expectedDays(window);
    }

    /** Directions that the embeddings of running creatives use (RankMe), of the first of them. */
    double rank(Subject model, Iterable<LedgerEntry> running, long at) {
        float[] rows = new float[RANKED * learner.width()];
        int count = 0;
        for (LedgerEntry entry : running) {
            if (count == RANKED) {
                break;
            }
            float[] one = embed(model, entry, at, 0);
            System.arraycopy(one, 0, rows, count++ * learner.width(), learner.width());
        }
        return RankMe.of(rows, count, learner.width());
    }

    /** Scores a running creative, and notes what is advised. */
    CreativeScore score(Subject model, LedgerEntry entry, long at, Cause cause) {
        return score(model, entry, at, cause, Optional.empty());
    }

    /** Scores a creative for the last time in its spell. */
    CreativeScore last(Subject model, LedgerEntry entry, long at, Ending ending) {
        return score(model, entry, at, Cause.DISCONTINUATION, Optional.of(ending));
    }

    private CreativeScore score(
            Subject model, LedgerEntry entry, long at, Cause cause, Optional<Ending> ending) {
        encode(model, entry, at, detail.contributions() == Extent.ALWAYS);
        Outlook outlook = outlook(0, at - entry.launchedAt());
        for (int i = 0; i < within.length; i++) {
            within[i] = outlook.within(settings.horizons().get(i));
        }
        List<Horizon> horizons = model.calibration().calibrate(within);
        List<CauseShare> shares = causes(outlook, horizons.get(horizon).probability());
        Delivery known = entry.current();
        Situation now =
                situation(outlook, horizons, shares, known, model.calibration().judged(horizon));
        String before = cause.order() == 0 ? "" : entry.advice().last();
        Optional<Decision> decision =
                ending.isPresent()
                        ? Optional.empty()
                        : Optional.of(model.advisor().advise(entry, at, now));
        boolean news = decision.map(one -> !one.action().name().equals(before)).orElse(true);
        CreativeScore.Outlook curves = curves(model.precision(), outlook, news);
        Forecast ahead = forecast(outlook, horizons, shares);
        Optional<RemainingDays> remaining =
                ending.isPresent()
                        ? Optional.empty()
                        : model.stops().flatMap(all -> all.foretell(entry, at, hazards));
        List<Contribution> contributions =
                detail.contributions().among(news) ? contributions(model, entry, at) : List.of();
        Advice advice =
                ending.isPresent()
                        ? ended(ending.get(), now, contributions)
                        : advised(entry, at, now, decision.orElseThrow(), shares, contributions);
        CreativeScore.Subject subject =
                new CreativeScore.Subject(model.name(), entry.creative(), entry.spell());
        CreativeDescription shown = entry.content().description();
        long start = entry.launchedAt();
        long newest = Math.max(known.lastAt(), start);
        Version version = new Version(model.learner().step(), newest, now.outcomes());
        Traffic totals = totals(known);
        Traffic latest = latest(known);
        return new CreativeScore(
                subject, shown, at, start, cause, curves, ahead, advice, totals, latest, version,
                remaining);
    }

    private CreativeScore.Outlook curves(HeadPrecision precision, Outlook outlook, boolean news) {
        if (!detail.curves().among(news)) {
            return new CreativeScore.Outlook(
                    outlook.interval(), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING);
        }
        double[] low = NOTHING;
        double[] high = NOTHING;
        if (detail.band().among(news)) {
            for (int k = 0; k < variances.length; k++) {
                variances[k] = precision.variance(k, objective.inputs(k), 0);
            }
            low = outlook.band(variances, -NORMAL_95);
            high = outlook.band(variances, NORMAL_95);
        }
        double[] survival = outlook.survival();
        return new CreativeScore.Outlook(
                outlook.interval(), cuts(outlook), hazard(outlook), survival, low, high);
    }

    private Forecast forecast(Outlook outlook, List<Horizon> horizons, List<CauseShare> shares) {
        double last = settings.horizons().get(settings.horizons().size() - 1);
        double wearOut = outlook.wearOut(last);
        double days = outlook.expectedDays(window);
        return new Forecast(horizons, shares, outlook.cutOut(), wearOut, days, -days);
    }

    private static Advice ended(Ending ending, Situation now, List<Contribution> contributions) {
        String why = ending.reason().isEmpty() ? "" : ": " + ending.reason();
        return ending.lost()
                ? new Advice(
                        Action.LOST, "lost from sight" + why, now.spendADay(), 0, contributions)
                : new Advice(
                        Action.STOPPED, "discontinued" + why, now.spendADay(), 0, contributions);
    }

    private Advice advised(
            LedgerEntry entry,
            long at,
            Situation now,
            Decision decision,
            List<CauseShare> shares,
            List<Contribution> contributions) {
        double days = (at - entry.launchedAt()) / DAY;
        String why = reason.of(now, days, decision, shares, contributions);
        return new Advice(
                decision.action(), why, now.spendADay(), decision.keepCost(), contributions);
    }

    private Situation situation(
            Outlook outlook,
            List<Horizon> horizons,
            List<CauseShare> shares,
            Delivery known,
            long outcomes) {
        double periods = DAY / settings.statistics().every().toMillis();
        double probability =
                horizons.get(horizon).probability() * WhatIf.heeded(settings.policy(), shares);
        boolean old = outlook.interval() >= intervals.boundary();
        double spend = known.lastPeriod() < 0 ? 0 : known.spend(known.lastPeriod()) * periods;
        return new Situation(probability, old, known.impressions(), spend, outcomes);
    }

    /** Shares a probability out among the causes as the hazards do. */
    private List<CauseShare> causes(Outlook outlook, double probability) {
        if (causes.isEmpty()) {
            return List.of();
        }
        double[] shares = new double[causes.size()];
        double sum = 0;
        for (int c = 0; c < shares.length; c++) {
            shares[c] = outlook.within(settings.horizons().get(horizon), byCause, c, shares.length);
            sum += shares[c];
        }
        List<CauseShare> named = new ArrayList<>(shares.length);
        for (int c = 0; c < shares.length; c++) {
            named.add(new CauseShare(causes.get(c), sum == 0 ? 0 : probability * shares[c] / sum));
        }
        return List.copyOf(named);
    }

    private void encode(Subject model, LedgerEntry entry, long at, boolean variants) {
        encode(model, entry, at, variants ? groups.size() : 0);
    }

    private void encode(Subject model, LedgerEntry entry, long at, int variants) {
        float[] embeddings = embed(model, entry, at, variants);
        float[] parameters = model.learner().parameters();
        objective.hazards(parameters, embeddings, batch.rows(), hazards, byCause);
        if (model.experts().isPresent()) {
            mix(model.experts().get(), entry, at);
        }
    }

    private float[] embed(Subject model, LedgerEntry entry, long at, int variants) {
        features.numbers(entry, entry.current(), at, numbers);
        batch.clear();
        for (int row = 0; row <= variants; row++) {
            addRow(model.moments(), entry.content());
            if (row > 0) {
                groups.get(row - 1).hider().hide(batch, row);
            }
        }
        return learner.embed(model.learner(), batch);
    }

    private void mix(Experts experts, LedgerEntry entry, long at) {
        long age = Math.max(0, at - entry.launchedAt());
        long later = age + Math.round(settings.horizons().get(horizon) * DAY);
        int now = intervals.at(age);
        mix(experts, entry, 0, true, now == 0, 0, intervals.columns());
        // Of what is partly hidden only the horizon that is heeded is wanted.
        int from = intervals.column(now);
        int to = 1 + intervals.column(intervals.at(later));
        for (int row = 1; row < batch.rows(); row++) {
            mix(experts, entry, row, !groups.get(row - 1).past(), now == 0, from, to);
        }
    }

    private void mix(
            Experts experts,
            LedgerEntry entry,
            int row,
            boolean past,
            boolean atLaunch,
            int from,
            int to) {
        Panel.Row seen =
                new Panel.Row(
                        entry.content(), batch, row, numbers.length, past, atLaunch, from, to);
        panel.mix(experts, seen, hazards, byCause);
    }

    private void addRow(RunningMoments moments, LedgerEntry.Content content) {
        int row = batch.add(content.tokens(), content.categories(), content.embedding());
        for (int i = 0; i < numbers.length; i++) {
            batch.number(row, i, moments.standardise(i, numbers[i]));
        }
    }

    private Outlook outlook(int row, long age) {
        return new Outlook(intervals, hazards, row * intervals.columns(), age);
    }

    private List<Contribution> contributions(Subject model, LedgerEntry entry, long at) {
        if (detail.contributions() != Extent.ALWAYS) {
            // The rest of the score is worked out by now: the rows are free.
            encode(model, entry, at, true);
        }
        CalibratedHorizons calibration = model.calibration();
        long age = at - entry.launchedAt();
        List<Contribution> contributions = new ArrayList<>(groups.size());
        double days = settings.horizons().get(horizon);
        double with = calibration.calibrate(horizon, within[horizon]);
        for (int i = 0; i < groups.size(); i++) {
            double without = calibration.calibrate(horizon, outlook(i + 1, age).within(days));
            contributions.add(new Contribution(groups.get(i).label(), with - without));
        }
        contributions.sort(
                Comparator.comparingDouble((Contribution c) -> -Math.abs(c.change()))
                        .thenComparing(Contribution::group));
        return List.copyOf(contributions);
    }

    private double[] cuts(Outlook outlook) {
        double[] cuts = new double[outlook.ahead()];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = intervals.startDays(outlook.interval() + i);
        }
        return cuts;
    }

    private static double[] hazard(Outlook outlook) {
        double[] hazard = new double[outlook.ahead()];
        for (int i = 0; i < hazard.length; i++) {
            hazard[i] = outlook.hazard(outlook.interval() + i);
        }
        return hazard;
    }

    private static Traffic totals(Delivery known) {
        return new Traffic(known.impressions(), known.clicks(), known.conversions(), known.spend());
    }

    private static Traffic latest(Delivery known) {
        int last = known.lastPeriod();
        return new Traffic(
                known.impressions(last),
                known.clicks(last),
                known.conversions(last),
                known.spend(last));
    }
}
