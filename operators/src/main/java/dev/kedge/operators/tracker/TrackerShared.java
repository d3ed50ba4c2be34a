// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.encoder.InputNormalisation;
import dev.kedge.operators.learner.Optimiser;
import dev.kedge.operators.math.device.Placement;
import dev.kedge.operators.stream.Contract;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.StepWatch;
import dev.kedge.operators.tracker.ctvis.OnlineTracker;
import dev.kedge.operators.tracker.ctvis.TrackingLearner;
import dev.kedge.operators.tracker.ctvis.TrackingModel;
import dev.kedge.operators.tracker.ctvis.TrackingSettings;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.settings.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What all trackers of one task share: the learner with its scratch space. */
final class TrackerShared implements LiveModels.Shared<StreamFrame, TrackerScore, TrackerMetrics> {
    private static final String NORMALISATION = "input.normalisation";

    /** That of models that say nothing of it: they began before it could be set. */
    private static final String BEFORE = InputNormalisation.NONE.toString();

    private final TrackerSettings settings;
    private final Placement placement;
    private final TrackingLearner learner;
    private final OnlineTracker rules;

    TrackerShared(TrackerSettings settings, Placement placement) {
        this.settings = Schema.checked(settings);
        this.placement = placement;
        this.rules = new OnlineTracker(settings.association());
        TrackingSettings tracking = settings.trackingSettings();
        Optimiser optimiser = settings.optimiser().make();
        this.learner =
                new TrackingLearner(
                        tracking, settings.encoderFactory(), optimiser, settings.clips());
    }

    @Override
    public LiveModel<StreamFrame, TrackerScore, TrackerMetrics> load(String key, PartStore store) {
        InputNormalisation normalisation = normalisation(store);
        Contract contract =
                new Contract(terms(normalisation), Set.of(), before())
                        .on(placement)
                        .restored(store);
        TrackingModel tracking = learner.load(key, store, normalisation);
        DropReasons reasons = new DropReasons(settings.association(), rules);
        FeedTable feeds = FeedTable.restored(settings, store);
        TrackerProgress progress = TrackerProgress.restored(store);
        TrackerModel.Remembered remembered =
                new TrackerModel.Remembered(contract, tracking, feeds, progress);
        return new TrackerModel(key, settings, reasons, remembered);
    }

    /** What the settings say; where they leave it open, what a model began with. */
    private InputNormalisation normalisation(PartStore store) {
        InputNormalisation set = settings.input().normalisation();
        InputNormalisation fresh = settings.input().normalised();
        if (set != InputNormalisation.AUTO || settings.input().shape().isEmpty()) {
            return fresh;
        }
        return Contract.stored(store)
                .map(terms -> InputNormalisation.stored(terms.getOrDefault(NORMALISATION, BEFORE)))
                .map(began -> began.of(InputForm.BYTES))
                .orElse(fresh);
    }

    /** Settings that give what was learned its meaning, and that no shape shows. */
    private SortedMap<String, String> terms(InputNormalisation normalisation) {
        TreeMap<String, String> terms = new TreeMap<>();
        terms.put("input", settings.input().stored());
        terms.put("encoder.kind", settings.encoder().kind().toString());
        terms.put("optimiser.kind", settings.optimiser().kind().toString());
        if (settings.input().shape().isPresent()) {
            terms.put(NORMALISATION, normalisation.toString());
        }
        return terms;
    }

    private Map<String, String> before() {
        return settings.input().shape().map(crop -> Map.of(NORMALISATION, BEFORE)).orElse(Map.of());
    }

    @Override
    public List<String> lossParts() {
        return learner.lossParts();
    }

    @Override
    public void watch(StepWatch watch) {
        learner.watch(watch);
    }

    @Override
    public void close() {
        learner.close();
    }
}
