// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.ads.experts.Experts;
import dev.kedge.operators.ads.experts.Panel;
import dev.kedge.operators.ads.hazards.HazardObjective;
import dev.kedge.operators.ads.hazards.HeadPrecision;
import dev.kedge.operators.ads.hazards.Intervals;
import dev.kedge.operators.ads.hazards.PersonPeriodBatch;
import dev.kedge.operators.ads.intervals.IntervalSettings;
import dev.kedge.operators.ads.intervals.PredictiveIntervals;
import dev.kedge.operators.ads.recall.CreativeMemory;
import dev.kedge.operators.ads.recall.RecallSettings;
import dev.kedge.operators.encoder.MultimodalEncoder;
import dev.kedge.operators.learner.Adagrad;
import dev.kedge.operators.learner.Adam;
import dev.kedge.operators.learner.Learner;
import dev.kedge.operators.learner.LearnerState;
import dev.kedge.operators.learner.Optimiser;
import dev.kedge.operators.learner.Sgd;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.operators.math.device.Placement;
import dev.kedge.operators.stream.Contract;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.StepWatch;
import dev.kedge.operators.tracker.ctvis.ContrastiveClip;
import dev.kedge.operators.tracker.ctvis.ContrastiveClip.Negatives;
import dev.kedge.operators.tracker.ctvis.CtvisObjective;
import dev.kedge.state.ads.AdvertiserLedger;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.ads.SurvivalLedger;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.random.RestorableRandom;
import dev.kedge.state.settings.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What all discontinuation models of one task share: the learner's scratch space, the analysers,
 * the settings.
 */
final class DiscontinuationShared
        implements LiveModels.Shared<CreativeEvent, CreativeScore, ModelMetrics> {
    /** The authors' values, with the averages of the other creatives as negatives. */
    private static final ContrastiveClip.Settings CLIP =
            Schema.with(ContrastiveClip.Settings.REFERENCE, "negatives", Negatives.BANK);

    private final DiscontinuationSettings settings;
    private final Placement placement;
    private final Intervals intervals;
    private final CreativeFeatures features;
    private final MatrixProduct product = new MatrixProduct();
    private final HazardObjective hazard;
    private final Optional<CtvisObjective> likeness;
    private final Learner<PersonPeriodBatch> learner;
    private final CreativeScorer scorer;
    private final Panel panel;
    private final PersonPeriodBatch batch;
    private final int maxPeriods;
    private final double[] hazards;
    private final double[] byCause;

    DiscontinuationShared(DiscontinuationSettings settings, Placement placement) {
        this.settings = Schema.checked(settings);
        this.placement = placement;
        this.intervals = settings.cuts();
        RecallSettings recall = settings.creativeMemory();
        String identity = recall.enabled() ? recall.identity() : "";
        long every = settings.statistics().every().toMillis();
        this.features = new CreativeFeatures(settings.features(), every, identity);
        this.maxPeriods = Math.max(settings.learning().batch(), CreativeScorer.ROWS);
        int rows = maxPeriods + settings.rehearsal().rowsIfEnabled() + views(recall);
        Layout.Builder layout = Layout.builder();
        MultimodalEncoder encoder =
                new MultimodalEncoder(layout, encoder(settings, features.width()), rows, product);
        this.hazard = hazard(layout, encoder.width(), rows);
        this.hazards = new double[rows * intervals.columns()];
        this.byCause = new double[hazards.length * hazard.causes()];
        List<Learner.Weighted<PersonPeriodBatch>> objectives = new ArrayList<>();
        objectives.add(new Learner.Weighted<>(hazard, 1));
        this.likeness = likeness(layout, encoder.width(), recall);
        likeness.ifPresent(one -> objectives.add(new Learner.Weighted<>(one, recall.weight())));
        this.learner =
                new Learner<>(
                        layout.build(), encoder, objectives, optimiser(settings.learning()), rows);
        this.panel = new Panel(intervals);
        this.scorer = new CreativeScorer(settings, features, learner, hazard, panel);
        this.batch = new PersonPeriodBatch(rows, features.width());
    }

    private HazardObjective hazard(Layout.Builder layout, int width, int rows) {
        DiscontinuationSettings.Learning learning = settings.learning();
        int causes = settings.causes().count();
        return switch (learning.heads()) {
            case TWO_TERM ->
                    new TwoTermHazard(layout, width, intervals, learning, causes, rows, product);
            case SINGLE ->
                    new SingleHazard(layout, width, intervals, learning, causes, rows, product);
        };
    }

    /** Rows that the creative memory needs beside the person-periods. */
    private static int views(RecallSettings recall) {
        int creatives = recall.clip().creatives() + recall.clip().rehearsed();
        int shown = creatives * recall.views().count();
        return recall.enabled() ? Math.max(shown, recall.bank().refresh()) : 0;
    }

    private static Optional<CtvisObjective> likeness(
            Layout.Builder layout, int inputs, RecallSettings recall) {
        return recall.enabled()
                ? Optional.of(new CtvisObjective(layout, inputs, recall.width(), CLIP))
                : Optional.empty();
    }

    /** Sizes of the encoder that settings ask for. */
    static MultimodalEncoder.Settings encoder(DiscontinuationSettings s, int numbers) {
        return new MultimodalEncoder.Settings(
                s.features().textBuckets(),
                s.network().textWidth(),
                s.features().categoryBuckets(),
                s.network().categoryWidth(),
                numbers,
                s.features().embedding(),
                s.network().fusion(),
                s.network().layers());
    }

    private static Optimiser optimiser(DiscontinuationSettings.Learning learning) {
        Optimiser unscheduled =
                switch (learning.optimiser()) {
                    case SGD -> new Sgd(learning.rate());
                    case ADAM -> new Adam(learning.rate());
                    case ADAGRAD -> new Adagrad(learning.rate(), 1e-6);
                };
        return learning.schedule().of(unscheduled);
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

    Panel panel() {
        return panel;
    }

    /** What a model learns with, beside its parameters. */
    record Pupil(
            LearnerState state,
            RunningMoments moments,
            TermTuning tuning,
            HeadPrecision precision,
            Optional<Rehearsal> rehearsal) {}

    /**
     * Learns from person-periods, in as many steps as they need batches, and in the last of them
     * from a clip; returns the loss of the new person-periods before the last step, which is not a
     * number if that was refused.
     */
    double learn(
            Pupil pupil,
            List<PendingPeriods.PersonPeriod> rows,
            Optional<CreativeMemory.Lesson> lesson) {
        int max = maxPeriods;
        int from = 0;
        while (rows.size() - from > max) {
            step(pupil, rows.subList(from, from + max), Optional.empty());
            from += max;
        }
        return step(pupil, rows.subList(from, rows.size()), lesson);
    }

    private double step(
            Pupil pupil,
            List<PendingPeriods.PersonPeriod> rows,
            Optional<CreativeMemory.Lesson> lesson) {
        LearnerState state = pupil.state();
        batch.clear();
        batch.terms(pupil.tuning().shortTerm(), pupil.tuning().longTerm());
        rows.forEach(row -> addPeriod(row, pupil.moments()));
        if (!rows.isEmpty()) {
            pupil.rehearsal()
                    .ifPresent(
                            old ->
                                    old.draw(state.random())
                                            .forEach(row -> addPeriod(row, pupil.moments())));
        }
        lesson.ifPresent(clip -> show(clip, pupil.moments()));
        double all = learner.learn(state, batch, learner.optimiser(pupil.tuning().rate()));
        if (Double.isNaN(all)) {
            // Refused: what would have ruined the model must not be shown to it again either.
            return Double.NaN;
        }
        double loss = hazard.loss(batch, rows.size());
        observe(pupil, rows.size());
        pupil.rehearsal().ifPresent(old -> old.offer(rows, state.random()));
        return loss;
    }

    /** Grows surer by the new person-periods. */
    private void observe(Pupil pupil, int rows) {
        if (rows > 0) {
            float[] embeddings = learner.embeddings();
            hazard.hazards(pupil.state().parameters(), embeddings, rows, hazards, byCause);
            pupil.precision().learn(batch, rows, hazard, hazards);
        }
    }

    private void addPeriod(PendingPeriods.PersonPeriod period, RunningMoments moments) {
        LedgerEntry.Content content = period.content();
        int row = batch.add(content.tokens(), content.categories(), content.embedding());
        for (int i = 0; i < period.numbers().length; i++) {
            batch.number(row, i, moments.standardise(i, period.numbers()[i]));
        }
        batch.outcome(row, period.column(), period.cause(), period.weight());
    }

    private void show(CreativeMemory.Lesson lesson, RunningMoments moments) {
        batch.clip().begin(lesson.creatives());
        for (int frame = 0; frame < lesson.frames().size(); frame++) {
            batch.clip().plan().addFrame(lesson.creatives());
            for (int i = 0; i < lesson.creatives(); i++) {
                addView(lesson.frames().get(frame).get(i), moments);
                batch.clip().plan().show(i, i);
                if (lesson.average().get(frame)[i]) {
                    batch.clip().plan().useAverage(i);
                }
            }
        }
    }

    /**
     * Makes the embeddings by which creatives are recognised: of what they show, whatever they
     * earned and whenever they ran. All other numbers stand at their means.
     *
     * @return a row for each content, valid until the next call
     */
    double[] embed(LearnerState state, RunningMoments moments, List<LedgerEntry.Content> contents) {
        batch.clear();
        contents.forEach(content -> addView(content, moments));
        float[] features = learner.embed(state, batch);
        return likeness.orElseThrow().project(state.parameters(), features, batch.rows());
    }

    private void addView(LedgerEntry.Content content, RunningMoments moments) {
        int row = batch.add(content.tokens(), content.categories(), content.embedding());
        for (int i = 0; i < features.width(); i++) {
            boolean fact = i >= features.factsFrom() && i < features.pastFrom();
            float value = fact ? content.facts()[i - features.factsFrom()] : 0;
            batch.number(row, i, fact ? moments.standardise(i, value) : 0);
        }
    }

    /** Banks and rehearsals are read whole; what creatives are is not. */
    @Override
    public boolean readsOnDemand() {
        return likeness.isEmpty() && !settings.rehearsal().enabled();
    }

    @Override
    public LiveModel<CreativeEvent, CreativeScore, ModelMetrics> load(String key, PartStore store) {
        RestorableRandom random = RestorableRandom.seeded(settings.seed(), key);
        Contract contract = ContractTerms.contract(settings).on(placement).restored(store);
        return new DiscontinuationModel(
                key,
                this,
                new DiscontinuationModel.Memory(
                        contract,
                        learner.restore(store, random),
                        ledger(contract, store),
                        AdvertiserLedger.restored(settings.features().advertisers(), store),
                        PendingPeriods.restored(store),
                        PrequentialConcordance.restored(settings.evaluation().window(), store),
                        ModelProgress.restored(store, features.width(), settings.weight()),
                        likeness.map(
                                on -> CreativeMemory.restored(settings.creativeMemory(), store)),
                        CalibratedHorizons.restored(
                                settings.calibration(), settings.horizons(), store),
                        Advisor.restored(settings.policy(), store),
                        HeadPrecision.restored(hazard.inputWidth(), intervals.columns(), store),
                        settings.rehearsal().enabled()
                                ? Optional.of(
                                        Rehearsal.restored(
                                                settings.rehearsal(), intervals.boundary(), store))
                                : Optional.empty(),
                        experts(store),
                        stops(store)));
    }

    /** A model that learned without them begins with nothing known. */
    private Optional<PredictiveIntervals> stops(PartStore store) {
        IntervalSettings said = settings.calibration().interval();
        return said.enabled()
                ? Optional.of(PredictiveIntervals.restored(said, intervals, store))
                : Optional.empty();
    }

    /** A model that learned without them goes on without them. */
    private Optional<Experts> experts(PartStore store) {
        boolean fresh = Contract.stored(store).isEmpty();
        if (!settings.experts().enabled() || !(fresh || Experts.known(store))) {
            return Optional.empty();
        }
        Experts.Sizes sizes =
                new Experts.Sizes(
                        intervals.columns(),
                        intervals.boundary(),
                        settings.learning().baseHazard(),
                        settings.features().advertisers(),
                        intervals.startDays(intervals.columns() / 2));
        return Optional.of(Experts.restored(settings.experts(), sizes, store));
    }

    private SurvivalLedger ledger(Contract contract, PartStore store) {
        int capacity = settings.ledger().capacity();
        return SurvivalLedger.restored(capacity, store, ContractTerms.ordersLedger(contract));
    }

    @Override
    public List<String> lossParts() {
        return learner.parts();
    }

    @Override
    public void watch(StepWatch watch) {
        learner.watch(watch);
    }

    @Override
    public void close() {
        features.close();
        product.close();
    }
}
