// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings.LearnerSettings;
import dev.kedge.operators.classifier.hpcr.Method;
import dev.kedge.operators.classifier.hpcr.ReplayLearner;
import dev.kedge.operators.classifier.hpcr.ReplaySettings;
import dev.kedge.operators.encoder.EncoderFactory;
import dev.kedge.operators.encoder.EncoderSizes;
import dev.kedge.operators.image.Augmentation;
import dev.kedge.state.settings.Schema;
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
            return Schema.checked(unchecked(key));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(key.method() + ": " + e.getMessage());
        }
    }

    private ReplaySettings unchecked(RunKey key) {
        Method method = key.method();
        List<String> labels = samples.labels();
        ReplaySettings.Input input = samples.input().scaled(settings.inputs());
        int views = ReplaySettings.views(method, settings.views());
        ReplaySettings.Steps steps =
                new ReplaySettings.Steps(settings.batch(), settings.replay(), views);
        List<String> declared = settings.declareClasses() ? labels : List.of();
        ReplaySettings.Classes classes = new ReplaySettings.Classes(labels.size(), declared);
        ReplaySettings.Memory memory =
                new ReplaySettings.Memory(
                        key.bound(), key.memory(), key.retrieval(), settings.retrieval());
        ReplaySettings.Values values = settings.values();
        ReplaySettings.ReadOut readOut = settings.readOut().of(method);
        return new ReplaySettings(
                method, input, steps, classes, values, memory, readOut, key.seed());
    }

    private EncoderFactory encoder(RunKey key) {
        try {
            int width = samples.input().width();
            EncoderSizes sizes = settings.sizes();
            return key.encoder().factory("grid.encoders", width, samples.image(), sizes);
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
