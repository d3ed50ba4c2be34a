// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.survival;

import dev.kedge.operators.creative.CreativeEvent;
import dev.kedge.operators.creative.CreativeScore;
import dev.kedge.operators.creative.ModelMetrics;
import dev.kedge.operators.encoder.MultimodalEncoder;
import dev.kedge.operators.learner.Adagrad;
import dev.kedge.operators.learner.Adam;
import dev.kedge.operators.learner.Learner;
import dev.kedge.operators.learner.LearnerState;
import dev.kedge.operators.learner.Optimiser;
import dev.kedge.operators.learner.Sgd;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.random.RestorableRandom;
import dev.kedge.state.survival.AdvertiserLedger;
import dev.kedge.state.survival.SurvivalLedger;
import java.util.List;

/**
 * What all discontinuation models of one task share: the learner's scratch space, the analysers,
 * the settings.
 */
final class DiscontinuationShared
        implements LiveModels.Shared<CreativeEvent, CreativeScore, ModelMetrics> {
    static final String PENDING = "pending";
    static final String EVALUATION = "evaluation";

    private final DiscontinuationSettings settings;
    private final Intervals intervals;
    private final CreativeFeatures features;
    private final MatrixProduct product = new MatrixProduct();
    private final Learner<PersonPeriodBatch> learner;
    private final CreativeScorer scorer;
    private final PersonPeriodBatch batch;
    private Optimiser tuned;
    private double tunedRate = Double.NaN;

    DiscontinuationShared(DiscontinuationSettings settings) {
        this.settings = settings;
        this.intervals = settings.cuts();
        this.features =
                new CreativeFeatures(settings.features(), settings.statistics().every().toMillis());
        int rows = Math.max(settings.learning().batch(), CreativeScorer.ROWS);
        Layout.Builder layout = Layout.builder();
        MultimodalEncoder encoder =
                new MultimodalEncoder(layout, encoder(settings, features.width()), rows, product);
        TwoTermHazard objective =
                new TwoTermHazard(
                        layout, encoder.width(), intervals, settings.learning(), rows, product);
        this.learner =
                new Learner<>(
                        layout.build(),
                        encoder,
                        List.of(new Learner.Weighted<>(objective, 1)),
                        optimiser(settings.learning()),
                        rows);
        this.scorer = new CreativeScorer(settings, features, learner, objective);
        this.batch = new PersonPeriodBatch(rows, features.width());
        this.tuned = learner.optimiser();
    }

    private static MultimodalEncoder.Settings encoder(DiscontinuationSettings s, int numbers) {
        return new MultimodalEncoder.Settings(
                s.features().textBuckets(),
                s.network().textWidth(),
                s.features().categoryBuckets(),
                s.network().categoryWidth(),
                numbers,
                s.features().embedding(),
                s.network().layers());
    }

    private static Optimiser optimiser(DiscontinuationSettings.Learning learning) {
        return switch (learning.optimiser()) {
            case SGD -> new Sgd(learning.rate());
            case ADAM -> new Adam(learning.rate());
            case ADAGRAD -> new Adagrad(learning.rate(), 1e-6);
        };
    }

    DiscontinuationSettings settings() {
        return settings;
    }

    Intervals intervals() {
        return intervals;
    }

    CreativeFeatures features() {
        return features;
    }

    CreativeScorer scorer() {
        return scorer;
    }

    /**
     * Learns from person-periods, in as many steps as they need batches; returns the loss before
     * the last.
     */
    double learn(
            LearnerState state,
            RunningMoments moments,
            Tuning tuning,
            List<PendingPeriods.PersonPeriod> rows) {
        int most = batch.capacity();
        int from = 0;
        while (rows.size() - from > most) {
            step(state, moments, tuning, rows.subList(from, from + most));
            from += most;
        }
        return step(state, moments, tuning, rows.subList(from, rows.size()));
    }

    private double step(
            LearnerState state,
            RunningMoments moments,
            Tuning tuning,
            List<PendingPeriods.PersonPeriod> rows) {
        batch.clear();
        batch.terms(tuning.shortTerm(), tuning.longTerm());
        for (PendingPeriods.PersonPeriod period : rows) {
            int row =
                    batch.add(
                            period.content().tokens(),
                            period.content().categories(),
                            period.content().embedding());
            for (int i = 0; i < period.numbers().length; i++) {
                batch.number(row, i, moments.standardise(i, period.numbers()[i]));
            }
            batch.outcome(row, period.column(), period.discontinued(), period.weight());
        }
        return learner.learn(state, batch, at(tuning.rate()));
    }

    private Optimiser at(double rate) {
        if (Double.isNaN(rate)) {
            return learner.optimiser();
        }
        if (rate != tunedRate) {
            tuned = learner.optimiser().withRate(rate);
            tunedRate = rate;
        }
        return tuned;
    }

    @Override
    public LiveModel<CreativeEvent, CreativeScore, ModelMetrics> load(String key, PartStore store) {
        RestorableRandom random = RestorableRandom.seeded(settings.seed(), key);
        int window = settings.evaluation().window();
        return new DiscontinuationModel(
                key,
                this,
                new DiscontinuationModel.Memory(
                        ContractTerms.contract(settings).restored(store),
                        learner.restore(store, random),
                        SurvivalLedger.restored(settings.ledger().capacity(), store),
                        AdvertiserLedger.restored(settings.features().advertisers(), store),
                        store.get(PENDING)
                                .map(PendingPeriods::fromBytes)
                                .orElseGet(PendingPeriods::new),
                        store.get(EVALUATION)
                                .map(bytes -> PrequentialConcordance.fromBytes(bytes, window))
                                .orElseGet(() -> new PrequentialConcordance(window)),
                        ModelProgress.restored(
                                store, features.width(), settings.weight().settings())));
    }

    @Override
    public void close() {
        features.close();
        product.close();
    }
}
