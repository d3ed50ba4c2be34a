// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.experiment;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.experiment.ExperimentSettings.LearnerSettings;
import dev.kedge.jobs.experiment.ExperimentSettings.ReadOutName;
import dev.kedge.operators.encoder.EncoderFactory;
import dev.kedge.operators.hpcr.Augmentation;
import dev.kedge.operators.hpcr.EncoderSizes;
import dev.kedge.operators.hpcr.Method;
import dev.kedge.operators.hpcr.ReplayLearner;
import dev.kedge.operators.hpcr.ReplaySettings;
import java.util.List;

/** Makes the learners of an experiment. */
final class Learners {
    private final LearnerSettings settings;
    private final Samples samples;

    Learners(LearnerSettings settings, Samples samples) {
        this.settings = settings;
        this.samples = samples;
    }

    /**
     * Makes the learner of a run.
     *
     * @throws ConfigurationException if its parts do not belong together
     */
    ReplayLearner make(RunKey key) {
        return new ReplayLearner(
                settings(key), encoder(key), settings.optimiser().make(), augmentation());
    }

    /** Refuses what {@link #make} would refuse, without the cost of a learner. */
    void check(RunKey key) {
        settings(key);
        encoder(key);
        augmentation();
    }

    private ReplaySettings settings(RunKey key) {
        try {
            return unchecked(key);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(key.method() + ": " + e.getMessage());
        }
    }

    private ReplaySettings unchecked(RunKey key) {
        Method method = key.method();
        List<String> labels = samples.labels();
        int size = key.bound().samples();
        ReplaySettings standard =
                ReplaySettings.of(
                        method,
                        samples.input().scaled(settings.inputs()),
                        labels.size(),
                        size,
                        key.seed());
        int views = settings.views() == 0 ? standard.steps().views() : settings.views();
        ReplaySettings changed =
                standard.withSteps(
                                new ReplaySettings.Steps(
                                        settings.batch(), settings.replay(), views))
                        .withLoss(
                                settings.loss(),
                                method.schedule(settings.schedule()),
                                settings.temperatureExponent())
                        .withDistillation(settings.distillation())
                        .withBaselines(settings.baselines())
                        .withClasses(
                                new ReplaySettings.Classes(
                                        labels.size(),
                                        settings.declareClasses() ? labels : List.of()))
                        .withMemory(memory(key));
        return settings.readOut() == ReadOutName.NEAREST_MEAN
                ? changed.withReadOut(ReplaySettings.ReadOut.NEAREST_MEAN)
                : changed;
    }

    private ReplaySettings.Memory memory(RunKey key) {
        return new ReplaySettings.Memory(
                key.bound(),
                key.memory(),
                key.retrieval(),
                settings.retrieval().candidates(),
                settings.retrieval().lookAhead());
    }

    private EncoderFactory encoder(RunKey key) {
        try {
            return key.encoder()
                    .factory(
                            "grid.encoders",
                            samples.input().width(),
                            samples.image(),
                            new EncoderSizes(settings.mlp(), settings.convnet()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    private Augmentation augmentation() {
        try {
            return settings.augmentation().of("learner.augmentation", samples.image());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }
}
