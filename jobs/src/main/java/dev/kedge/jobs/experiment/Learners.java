// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.experiment;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.experiment.ExperimentSettings.LearnerSettings;
import dev.kedge.jobs.experiment.ExperimentSettings.OptimiserName;
import dev.kedge.jobs.experiment.ExperimentSettings.OptimiserSettings;
import dev.kedge.jobs.experiment.ExperimentSettings.ReadOutName;
import dev.kedge.operators.encoder.ConvNet;
import dev.kedge.operators.encoder.EncoderFactory;
import dev.kedge.operators.encoder.IdentityEncoder;
import dev.kedge.operators.encoder.MlpEncoder;
import dev.kedge.operators.encoder.ResNet18;
import dev.kedge.operators.hpcr.Augmentation;
import dev.kedge.operators.hpcr.Method;
import dev.kedge.operators.hpcr.ReplayLearner;
import dev.kedge.operators.hpcr.ReplaySettings;
import dev.kedge.operators.hpcr.TemperatureSchedule;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.image.RandomView;
import dev.kedge.operators.learner.Adam;
import dev.kedge.operators.learner.MomentumSgd;
import dev.kedge.operators.learner.Optimiser;
import dev.kedge.operators.learner.Sgd;
import dev.kedge.state.replay.MemoryBound;

/** Makes the learners of an experiment. */
final class Learners {
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

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
        return new ReplayLearner(settings(key), encoder(key), optimiser(), augmentation());
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
        int classes = samples.labels().size();
        int size = Math.max(1, key.size());
        ReplaySettings standard =
                ReplaySettings.of(method, samples.input(), classes, size, key.seed());
        int views = settings.views() == 0 ? standard.steps().views() : settings.views();
        ReplaySettings changed =
                standard.withSteps(
                                new ReplaySettings.Steps(
                                        settings.batch(), settings.replay(), views))
                        .withLoss(settings.loss(), schedule(method), settings.temperatureExponent())
                        .withDistillation(settings.distillation())
                        .withBaselines(settings.baselines())
                        .withMemory(memory(key, size));
        return settings.readOut() == ReadOutName.NEAREST_MEAN
                ? changed.withReadOut(ReplaySettings.ReadOut.NEAREST_MEAN)
                : changed;
    }

    private TemperatureSchedule schedule(Method method) {
        return method == Method.HPCR ? settings.schedule() : TemperatureSchedule.CONSTANT;
    }

    private static ReplaySettings.Memory memory(RunKey key, int size) {
        ReplaySettings.Memory standard = ReplaySettings.Memory.ofSamples(size);
        return new ReplaySettings.Memory(
                MemoryBound.ofSamples(size),
                key.memory(),
                key.retrieval(),
                standard.candidates(),
                standard.lookAhead());
    }

    private EncoderFactory encoder(RunKey key) {
        int width = samples.input().width();
        return switch (key.encoder()) {
            case IDENTITY -> (layout, rows, product) -> new IdentityEncoder(width);
            case MLP ->
                    (layout, rows, product) ->
                            new MlpEncoder(layout, width, settings.mlp().layers(), rows, product);
            case CONVNET -> convnet();
            case REDUCED_RESNET18 -> resNet18("reduced-resnet18", ResNet18.REDUCED);
            case RESNET18 -> resNet18("resnet18", ResNet18.FULL);
        };
    }

    private EncoderFactory convnet() {
        ImageShape shape = image("grid.encoders", "convnet");
        ConvNet.Settings sides =
                new ConvNet.Settings(
                        shape.channels(),
                        shape.height(),
                        shape.width(),
                        settings.convnet().convolutions(),
                        settings.convnet().features());
        return (layout, rows, product) -> new ConvNet(layout, sides, rows, product);
    }

    private EncoderFactory resNet18(String name, int stem) {
        ImageShape shape = image("grid.encoders", name);
        int least = ResNet18.LEAST_SIDE;
        if (Math.min(shape.height(), shape.width()) < least) {
            throw new ConfigurationException(
                    "grid.encoders: %s is not allowed; images are %d x %d, their sides must be at least %d"
                            .formatted(name, shape.height(), shape.width(), least));
        }
        return (layout, rows, product) ->
                new ResNet18(layout, stem, shape.channels(), shape.height(), shape.width(), rows);
    }

    private Augmentation augmentation() {
        return switch (settings.augmentation()) {
            case NONE -> Augmentation.NONE;
            case CROP -> views(RandomView.Settings.CROP);
            case REFERENCE -> views(RandomView.Settings.REFERENCE);
        };
    }

    private Augmentation views(RandomView.Settings views) {
        ImageShape shape = image("learner.augmentation", RunKey.word(settings.augmentation()));
        return new RandomView(shape, views)::view;
    }

    private ImageShape image(String field, String value) {
        return samples.image()
                .orElseThrow(
                        () ->
                                new ConfigurationException(
                                        "%s: %s is not allowed; the data must be images"
                                                .formatted(field, value)));
    }

    private Optimiser optimiser() {
        OptimiserSettings o = settings.optimiser();
        if (o.kind() == OptimiserName.ADAM) {
            return new Adam(o.rate(), BETA_1, BETA_2, EPSILON, o.decay());
        }
        return o.momentum() == 0 && o.decay() == 0
                ? new Sgd(o.rate())
                : new MomentumSgd(o.rate(), o.momentum(), o.decay());
    }
}
