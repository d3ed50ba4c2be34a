// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.operators.classifier.hpcr.ReplayLearner;
import dev.kedge.operators.classifier.hpcr.ReplayModel;
import dev.kedge.operators.classifier.hpcr.ReplaySettings;
import dev.kedge.operators.learner.Optimiser;
import dev.kedge.operators.math.device.Placement;
import dev.kedge.operators.stream.Contract;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.StepWatch;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.settings.Schema;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What all classifiers of one task share: the learner with its scratch space. */
final class ClassifierShared
        implements LiveModels.Shared<ClassifierEvent, ClassifierScore, ClassifierMetrics> {
    private final ClassifierSettings settings;
    private final Placement placement;
    private final ReplayLearner learner;

    ClassifierShared(ClassifierSettings settings, Placement placement) {
        this.settings = Schema.checked(settings);
        this.placement = placement;
        ReplaySettings replay = settings.replaySettings();
        Optimiser optimiser = settings.learning().optimiser().make();
        this.learner =
                new ReplayLearner(
                        replay, settings.encoderFactory(), optimiser, settings.secondView());
    }

    @Override
    public LiveModel<ClassifierEvent, ClassifierScore, ClassifierMetrics> load(
            String key, PartStore store) {
        Contract contract = new Contract(terms(settings), Set.of()).on(placement).restored(store);
        ReplayModel model = learner.load(key, store);
        ClassifierSettings.Evaluation evaluation = settings.evaluation();
        ClassifierModel.Remembered remembered =
                new ClassifierModel.Remembered(
                        contract,
                        model,
                        WaitingRoom.restored(WaitingSample.PREFIX, WaitingSample::fromBytes, store),
                        WaitingRoom.restored(EarlyLabel.PREFIX, EarlyLabel::fromBytes, store),
                        RecentIds.restored(settings.join().ids(), store),
                        PrequentialAccuracy.restored(
                                evaluation.window(), evaluation.classWindow(), store),
                        ClassifierProgress.restored(store));
        return new ClassifierModel(key, settings, remembered);
    }

    /** Settings that give what was learned its meaning, and that no shape shows. */
    private static SortedMap<String, String> terms(ClassifierSettings settings) {
        TreeMap<String, String> terms = new TreeMap<>();
        terms.put("input", settings.input().stored());
        terms.put("method", settings.method().toString());
        terms.put("encoder.kind", settings.encoder().kind().toString());
        terms.put("learning.optimiser.kind", settings.learning().optimiser().kind().toString());
        if (settings.method().isHolistic()) {
            // Logits were stored with samples at this scale: they are what is distilled.
            terms.put("loss.scale", Double.toString(settings.values().loss().scale()));
        }
        return terms;
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
