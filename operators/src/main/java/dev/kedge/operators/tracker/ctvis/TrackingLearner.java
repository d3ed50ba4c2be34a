// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.operators.encoder.DenseBatch;
import dev.kedge.operators.encoder.Encoder;
import dev.kedge.operators.encoder.EncoderFactory;
import dev.kedge.operators.encoder.InputNormalisation;
import dev.kedge.operators.encoder.InputScaling;
import dev.kedge.operators.learner.Learner;
import dev.kedge.operators.learner.LearnerState;
import dev.kedge.operators.learner.Optimiser;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.operators.stream.StepWatch;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.random.RestorableRandom;
import dev.kedge.state.settings.Schema;
import java.util.List;

/**
 * Encoder, objective {@code ctvis} and tracker put together. It holds scratch space only; the
 * models are {@link TrackingModel}s, so one learner serves all keys of a task. Not thread-safe.
 */
public final class TrackingLearner implements AutoCloseable {
    private final TrackingSettings settings;
    private final MatrixProduct product = new MatrixProduct();
    private final Encoder<DenseBatch> encoder;
    private final CtvisObjective objective;
    private final Learner<ClipBatch> learner;
    private final ClipBatch batch;
    private final ClipBuilder clips;
    private final OnlineTracker tracker;
    private final MatchScores cosines = new MatchScores(Match.COSINE);
    private final BankSettings bank;
    private double[] given = {};

    /**
     * Puts a learner together.
     *
     * @param encoder makes the encoder
     * @param optimiser makes the steps
     * @param pseudoClips makes clips of single frames, where the settings ask for them
     */
    public TrackingLearner(
            TrackingSettings settings,
            EncoderFactory encoder,
            Optimiser optimiser,
            PseudoClips pseudoClips) {
        this.settings = Schema.checked(settings);
        int rows = ClipBatch.rounded(settings.bounds().detections() * settings.learning().frames());
        Layout.Builder layout = Layout.builder();
        this.encoder = encoder.make(layout, rows, product);
        int width = this.encoder.width();
        ContrastiveClip.Settings loss = settings.learning().loss();
        objective = new CtvisObjective(layout, width, settings.head(), loss);
        List<Learner.Weighted<ClipBatch>> objectives =
                List.of(new Learner.Weighted<>(objective, 1));
        learner = new Learner<>(layout.build(), this.encoder, objectives, optimiser, rows);
        TrackingSettings.Input input = settings.input();
        batch = new ClipBatch(rows, input.width(), input.form());
        bank = new BankSettings(objective.width(), settings.bank());
        clips = new ClipBuilder(settings.learning(), pseudoClips);
        tracker = new OnlineTracker(settings.tracker());
    }

    /** Brings a model to life: from what the store holds, or new if it holds nothing. */
    public TrackingModel load(String key, PartStore store) {
        return load(key, store, settings.input().normalisation());
    }

    /**
     * The same for a model whose images are normalised otherwise than the settings say.
     *
     * @param normalisation that by which it has learned; a model never changes it
     */
    public TrackingModel load(String key, PartStore store, InputNormalisation normalisation) {
        RestorableRandom random = RestorableRandom.seeded(settings.seed(), key);
        LearnerState state = learner.restore(store, random);
        TrackingSettings.Input input = settings.input();
        InputScaling scaling = normalisation.of(input.form()).scaling(input.width());
        BothAppearances appearances = BothAppearances.restored(store);
        StreamTable streams = StreamTable.restored(settings, bank, store);
        return new TrackingModel(this, scaling, state, appearances, streams);
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
    public TrackingSettings settings() {
        return settings;
    }

    CtvisObjective objective() {
        return objective;
    }

    Learner<ClipBatch> learner() {
        return learner;
    }

    /** Scratch rows, for whoever needs them next, normalised as that model's are. */
    ClipBatch batch(InputScaling scaling) {
        batch.scale(scaling);
        return batch;
    }

    /**
     * The inputs of detections as they came.
     *
     * @return a row for each, valid until the next call
     */
    double[] given(List<Detection> detections) {
        TrackingSettings.Input input = settings.input();
        int width = input.width();
        if (given.length < detections.size() * width) {
            given = new double[2 * detections.size() * width];
        }
        for (int d = 0; d < detections.size(); d++) {
            input.form().decode(detections.get(d).input(), given, d * width);
        }
        return given;
    }

    ClipBuilder clips() {
        return clips;
    }

    OnlineTracker tracker() {
        return tracker;
    }

    /** Scores pairs by cosine, for who looks something up. */
    MatchScores cosines() {
        return cosines;
    }

    /** Frees what lies outside of the heap, the encoder's share included. */
    @Override
    public void close() {
        encoder.close();
        product.close();
    }
}
