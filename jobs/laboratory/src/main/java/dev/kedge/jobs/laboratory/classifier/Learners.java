// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings.LearnerSettings;
import dev.kedge.operators.classifier.hpcr.Method;
import dev.kedge.operators.classifier.hpcr.ReplayLearner;
import dev.kedge.operators.classifier.hpcr.ReplaySettings;
import dev.kedge.operators.encoder.EncoderFactory;
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
        return new ReplaySettings(
                method,
                samples.input().scaled(settings.inputs()),
                new ReplaySettings.Steps(
                        settings.batch(),
                        settings.replay(),
                        ReplaySettings.views(method, settings.views())),
                new ReplaySettings.Classes(
                        labels.size(), settings.declareClasses() ? labels : List.of()),
                settings.values(),
                new ReplaySettings.Memory(
                        key.bound(), key.memory(), key.retrieval(), settings.retrieval()),
                settings.readOut().of(method),
                key.seed());
    }

    private EncoderFactory encoder(RunKey key) {
        try {
            return key.encoder()
                    .factory(
                            "grid.encoders",
                            samples.input().width(),
                            samples.image(),
                            settings.sizes());
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
