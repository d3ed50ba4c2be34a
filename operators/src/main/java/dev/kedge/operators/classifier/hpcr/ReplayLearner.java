// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.operators.encoder.DenseBatch;
import dev.kedge.operators.encoder.Encoder;
import dev.kedge.operators.encoder.EncoderFactory;
import dev.kedge.operators.image.Augmentation;
import dev.kedge.operators.learner.Learner;
import dev.kedge.operators.learner.LearnerState;
import dev.kedge.operators.learner.Optimiser;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.operators.stream.StepWatch;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.random.RestorableRandom;
import dev.kedge.state.replay.ReplayMemory;
import dev.kedge.state.settings.Schema;
import java.util.List;

/**
 * A continual classifier: encoder, objective and replay memory put together. It holds scratch space
 * only; the models are {@link ReplayModel}s, so one learner serves all keys of a task. Not
 * thread-safe.
 */
public final class ReplayLearner implements AutoCloseable {
    /** Rows that are scored together, at most. */
    static final int SCORED = 64;

    private final ReplaySettings settings;
    private final Augmentation augmentation;
    private final MatrixProduct product = new MatrixProduct();
    private final Encoder<DenseBatch> encoder;
    private final ReplayObjective objective;
    private final Learner<ReplayBatch> learner;
    private final ReplayBatch batch;
    private final ReplayRows rows;
    private final ReplayStep step;

    /**
     * Puts a learner together.
     *
     * @param encoder makes the encoder
     * @param optimiser makes the steps
     * @param augmentation makes the second view, if there is one
     */
    public ReplayLearner(
            ReplaySettings settings,
            EncoderFactory encoder,
            Optimiser optimiser,
            Augmentation augmentation) {
        this.settings = Schema.checked(settings);
        this.augmentation = augmentation;
        int rows = rows(settings);
        int max = settings.classes().most();
        Layout.Builder layout = Layout.builder();
        this.encoder = encoder.make(layout, rows, product);
        int width = this.encoder.width();
        objective = settings.method().objective(layout, settings, width, rows, product);
        List<Learner.Weighted<ReplayBatch>> objectives =
                List.of(new Learner.Weighted<>(objective, 1));
        learner = new Learner<>(layout.build(), this.encoder, objectives, optimiser, rows);
        ReplaySettings.Input input = settings.input();
        batch = new ReplayBatch(rows, input.width(), input.form(), max, width);
        this.rows = new ReplayRows(this);
        step = new ReplayStep(this);
    }

    private static int rows(ReplaySettings settings) {
        ReplaySettings.Steps steps = settings.steps();
        int replayed = settings.method().draws() * steps.replay();
        int learned = steps.views() * (steps.batch() + replayed);
        return Math.max(learned, Math.max(SCORED, settings.memory().choice().candidates()));
    }

    /** Brings a model to life: from what the store holds, or new if it holds nothing. */
    public ReplayModel load(String key, PartStore store) {
        RestorableRandom random = RestorableRandom.seeded(settings.seed(), key);
        LearnerState state = learner.restore(store, random);
        ReplayMemory memory =
                ReplayMemory.restored(
                        settings.memory().bound(), settings.memory().kind().admission(), store);
        ReplaySettings.Input input = settings.input();
        ReplayModel model =
                new ReplayModel(
                        this,
                        new ReplayModel.Remembered(
                                state,
                                memory,
                                ClassTable.restored(store),
                                PendingSamples.restored(store),
                                AveragedTeacher.restored(
                                        settings.averagesTeacher(), learner.layout(), state, store),
                                InputMoments.restored(input.scaling(), input.width(), store)));
        if (store.get(ClassTable.PART).isEmpty()) {
            model.declareClasses();
        }
        return model;
    }

    /** Tells somebody of all steps of all models from now on. */
    public void watch(StepWatch watch) {
        learner.watch(watch);
    }

    /** Names of the parts of the loss that whoever watches is told. */
    public List<String> lossParts() {
        return learner.parts();
    }

    /** The settings. */
    public ReplaySettings settings() {
        return settings;
    }

    Augmentation augmentation() {
        return augmentation;
    }

    ReplayObjective objective() {
        return objective;
    }

    Learner<ReplayBatch> learner() {
        return learner;
    }

    /** Scratch rows, for whoever needs them next. */
    ReplayBatch batch() {
        return batch;
    }

    /** Fills the scratch rows. */
    ReplayRows rows() {
        return rows;
    }

    ReplayStep step() {
        return step;
    }

    /** The scratch rows as a model embeds them, each of length 1. */
    double[] directions(ReplayModel.Remembered model, int count) {
        int width = learner.width();
        float[] embeddings = learner.embed(model.state(), batch);
        double[] wide = new double[count * width];
        Widening.widen(embeddings, 0, wide, wide.length);
        UnitRows units = new UnitRows(count, width, UnitRows.Guard.ADDED);
        units.normalise(wide, count);
        return units.units();
    }

    /** Frees what lies outside of the heap, the encoder's share included. */
    @Override
    public void close() {
        encoder.close();
        product.close();
    }
}
