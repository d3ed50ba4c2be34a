// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.survival;

import dev.kedge.operators.creative.CreativeScore;
import dev.kedge.operators.creative.CreativeScore.Action;
import dev.kedge.operators.creative.CreativeScore.Cause;
import dev.kedge.operators.creative.CreativeScore.Contribution;
import dev.kedge.operators.creative.CreativeScore.Horizon;
import dev.kedge.operators.creative.CreativeScore.Traffic;
import dev.kedge.operators.learner.Learner;
import dev.kedge.operators.learner.LearnerState;
import dev.kedge.operators.survival.DiscontinuationSettings.Features;
import dev.kedge.state.survival.Delivery;
import dev.kedge.state.survival.LedgerEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Scores one creative: its hazards from now on, and how much each group of inputs moved them. A
 * group's contribution is the probability at the policy's horizon minus the same with the group
 * hidden (numbers at their mean, bags empty); all variants go through the encoder as one batch.
 */
final class CreativeScorer {
    private static final double DAY = 86_400_000.0;

    private final DiscontinuationSettings settings;
    private final Intervals intervals;
    private final CreativeFeatures features;
    private final Learner<PersonPeriodBatch> learner;
    private final TwoTermHazard objective;
    private final List<Hiding> groups;
    private final PersonPeriodBatch batch;
    private final double window;
    private final float[] numbers;
    private final double[] hazards;

    private record Hiding(String label, Hider hider) {}

    private interface Hider {
        void hide(PersonPeriodBatch batch, int row);
    }

    CreativeScorer(
            DiscontinuationSettings settings,
            CreativeFeatures features,
            Learner<PersonPeriodBatch> learner,
            TwoTermHazard objective) {
        this.settings = settings;
        this.intervals = settings.cuts();
        this.features = features;
        this.learner = learner;
        this.objective = objective;
        this.groups = groups(settings.features(), features);
        this.batch = new PersonPeriodBatch(ROWS, features.width());
        this.window = intervals.startDays(intervals.columns() - 1);
        this.numbers = new float[features.width()];
        this.hazards = new double[batch.capacity() * intervals.columns()];
    }

    /** Most rows of a scoring batch: the creative itself and one for each of eight groups. */
    static final int ROWS = 9;

    private static List<Hiding> groups(Features settings, CreativeFeatures features) {
        List<Hiding> groups = new ArrayList<>();
        if (settings.text()) {
            groups.add(new Hiding("text", PersonPeriodBatch::hideTokens));
        }
        if (settings.categories()) {
            groups.add(new Hiding("categories", PersonPeriodBatch::hideCategories));
        }
        if (settings.embedding() > 0) {
            groups.add(new Hiding("embedding", PersonPeriodBatch::hideEmbedding));
        }
        for (CreativeFeatures.Group group : CreativeFeatures.Group.values()) {
            if (settings.delivery() || group == CreativeFeatures.Group.TIMING) {
                groups.add(numbers(group.label(), group.from(), group.count()));
            }
        }
        int facts = features.pastFrom() - features.factsFrom();
        if (facts > 0) {
            groups.add(numbers("facts", features.factsFrom(), facts));
        }
        int past = features.width() - features.pastFrom();
        if (past > 0) {
            groups.add(numbers("advertiser's past", features.pastFrom(), past));
        }
        return List.copyOf(groups);
    }

    private static Hiding numbers(String label, int from, int count) {
        return new Hiding(
                label,
                (batch, row) -> {
                    for (int i = from; i < from + count; i++) {
                        batch.number(row, i, 0);
                    }
                });
    }

    /** The risk alone: minus the expected days within a window as long as the finite cuts. */
    double risk(LearnerState state, RunningMoments moments, LedgerEntry entry, long at) {
        encode(state, moments, entry, at, 0);
        return -outlook(0, at - entry.launchedAt()).expectedDays(window);
    }

    CreativeScore score(
            String model,
            LearnerState state,
            RunningMoments moments,
            LedgerEntry entry,
            long at,
            Cause cause) {
        encode(state, moments, entry, at, groups.size());
        long age = at - entry.launchedAt();
        Outlook outlook = outlook(0, age);
        double[] survival = outlook.survival();
        double expectedDays = outlook.expectedDays(window);
        double horizon = settings.policy().horizon();
        double probability = outlook.within(horizon);
        List<Contribution> contributions = contributions(age, horizon, probability);
        boolean past = outlook.interval() >= intervals.boundary();
        Delivery known = entry.current();
        Recommendation recommendation =
                cause == Cause.DISCONTINUATION
                        ? new Recommendation(Action.STOPPED, "discontinued")
                        : Recommendation.of(
                                settings.policy(),
                                horizon,
                                probability,
                                past,
                                age / DAY,
                                known.impressions(),
                                contributions);
        return new CreativeScore(
                model,
                entry.creative(),
                entry.spell(),
                entry.content().advertiser(),
                entry.content().text(),
                at,
                entry.launchedAt(),
                cause,
                outlook.interval(),
                cuts(outlook),
                hazard(outlook),
                survival,
                horizons(outlook),
                outlook.cutOut(),
                outlook.wearOut(settings.horizons().get(settings.horizons().size() - 1)),
                expectedDays,
                -expectedDays,
                recommendation.action(),
                recommendation.reason(),
                contributions,
                totals(known),
                latest(known),
                state.step(),
                Math.max(known.lastAt(), entry.launchedAt()));
    }

    private void encode(
            LearnerState state, RunningMoments moments, LedgerEntry entry, long at, int variants) {
        features.numbers(entry, entry.current(), at, numbers);
        batch.clear();
        for (int row = 0; row <= variants; row++) {
            addRow(moments, entry.content());
            if (row > 0) {
                groups.get(row - 1).hider().hide(batch, row);
            }
        }
        float[] embeddings = learner.embed(state, batch);
        objective.hazards(state.parameters(), embeddings, batch.rows(), hazards);
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

    private List<Contribution> contributions(long age, double horizon, double probability) {
        List<Contribution> contributions = new ArrayList<>(groups.size());
        for (int i = 0; i < groups.size(); i++) {
            double without = outlook(i + 1, age).within(horizon);
            contributions.add(new Contribution(groups.get(i).label(), probability - without));
        }
        contributions.sort(
                Comparator.comparingDouble((Contribution c) -> -Math.abs(c.change()))
                        .thenComparing(Contribution::group));
        return List.copyOf(contributions);
    }

    private List<Horizon> horizons(Outlook outlook) {
        List<Horizon> horizons = new ArrayList<>(settings.horizons().size());
        for (double days : settings.horizons()) {
            horizons.add(new Horizon(days, outlook.within(days)));
        }
        return List.copyOf(horizons);
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
