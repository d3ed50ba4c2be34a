// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.state.replay.ReplaySample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One step of a model: it draws from memory, distils where it is time to, learns all views, and
 * offers what came to the memory. Scratch space of one task.
 */
final class ReplayStep {
    private static final float[] NOTHING = {};

    private final ReplayLearner shared;
    private final ReplaySettings settings;
    private final SlotChooser chooser;
    private final int[][] drawn;
    private final int[] counts = new int[2];

    ReplayStep(ReplayLearner shared) {
        this.shared = shared;
        this.settings = shared.settings();
        this.chooser = settings.memory().retrieval().chooser(shared);
        this.drawn = new int[2][settings.steps().replay()];
    }

    /**
     * Learns the unfilled batch of a model.
     *
     * @return the loss before the step; not a number if the step was refused
     */
    double make(ReplayModel.Remembered model, ReplayTuning tuning) {
        List<PendingSamples.Sample> incoming = model.pending().samples();
        shared.rows().empty(model);
        model.moments().learn(incoming);
        for (int d = 0; d < counts.length; d++) {
            boolean draws = d < settings.method().draws();
            int wanted = settings.steps().replay();
            counts[d] = draws ? chooser.choose(model, incoming, wanted, drawn[d]) : 0;
        }
        boolean distils = counts[0] > 0 && distils(model);
        ReplayBatch batch = shared.rows().prepared(model);
        if (distils) {
            teach(model, batch);
        }
        batch.step(settings.schedule().factor(model.pending().batchesOfTask()), distils);
        batch.weigh(tuning.alpha(), tuning.beta());
        fill(model, batch);
        double loss = learnOrEmbed(model, batch, tuning);
        if (Double.isNaN(loss)) {
            RefusedStep refused = new RefusedStep(settings.input().form(), model.memory());
            refused.drop(model.pending(), drawn(model));
            model.moments().takeBack();
            return loss;
        }
        store(model, batch);
        model.pending().endBatch();
        model.state().touch();
        return loss;
    }

    private List<ReplaySample> drawn(ReplayModel.Remembered model) {
        List<ReplaySample> samples = new ArrayList<>();
        for (int d = 0; d < counts.length; d++) {
            for (int i = 0; i < counts[d]; i++) {
                samples.add(model.memory().slots().get(drawn[d][i]));
            }
        }
        return samples;
    }

    private boolean distils(ReplayModel.Remembered model) {
        return switch (settings.method().trigger(settings.distillation())) {
            case OFF -> false;
            case ALWAYS -> true;
            case SECOND_TASK -> model.pending().tasks() > 1;
            case BOUNDARY_FREE -> remembersAnOldClass(model);
        };
    }

    private boolean remembersAnOldClass(ReplayModel.Remembered model) {
        long latest = model.pending().batches() - settings.distillation().patience();
        List<PendingSamples.Sample> incoming = model.pending().samples();
        for (int c = 0; c < model.classes().size(); c++) {
            int label = c;
            if (model.memory().slots().count(c) > 0
                    && model.classes().appeared(c) <= latest
                    && incoming.stream().noneMatch(sample -> sample.label() == label)) {
                return true;
            }
        }
        return false;
    }

    private void teach(ReplayModel.Remembered model, ReplayBatch batch) {
        int count = counts[0];
        for (int i = 0; i < count; i++) {
            ReplaySample sample = model.memory().slots().get(drawn[0][i]);
            if (model.teacher().exists()) {
                batch.add(sample.input());
            } else {
                batch.teacher().add(sample.logits(), sample.features());
            }
        }
        if (!model.teacher().exists()) {
            return;
        }
        float[] teacher = model.teacher().parameters();
        float[] embeddings = shared.learner().embed(teacher, batch);
        int known = model.classes().size();
        double[] logits = shared.objective().logits(teacher, embeddings, count, known);
        int width = shared.learner().width();
        for (int i = 0; i < count; i++) {
            batch.teacher().add(logits, i * known, known, embeddings, i * width);
        }
        batch.clearRows();
    }

    private void fill(ReplayModel.Remembered model, ReplayBatch batch) {
        addDrawn(model, batch, 0);
        batch.endFirstDraw();
        addDrawn(model, batch, 1);
        batch.endSecondDraw();
        for (int view = 0; view < settings.steps().views(); view++) {
            batch.into(group(view, 0));
            for (PendingSamples.Sample sample : model.pending().samples()) {
                batch.add(view(model, sample.input(), view), sample.label());
            }
        }
    }

    private void addDrawn(ReplayModel.Remembered model, ReplayBatch batch, int draw) {
        for (int view = 0; view < settings.steps().views(); view++) {
            batch.into(group(view, draw + 1));
            for (int i = 0; i < counts[draw]; i++) {
                ReplaySample sample = model.memory().slots().get(drawn[draw][i]);
                batch.add(view(model, sample.input(), view), sample.label());
            }
        }
    }

    /** The authors encode incoming and drawn rows apart, in this order; with SCR, the two views. */
    private int group(int view, int otherwise) {
        return settings.method().encodesViewsApart() ? view : otherwise;
    }

    private byte[] view(ReplayModel.Remembered model, byte[] input, int view) {
        return view == 0 ? input : shared.augmentation().view(input, model.state().random());
    }

    private double learnOrEmbed(
            ReplayModel.Remembered model, ReplayBatch batch, ReplayTuning tuning) {
        if (batch.replayed() > 0 || shared.objective().learnsWithoutReplay()) {
            double loss =
                    shared.learner()
                            .learn(model.state(), batch, shared.learner().optimiser(tuning.rate()));
            if (!Double.isNaN(loss) && model.teacher().exists()) {
                float keep = (float) settings.distillation().averaging();
                model.teacher().follow(model.state().parameters(), keep);
            }
            return loss;
        }
        if (!shared.learner().observe(model.state(), batch)) {
            return Double.NaN;
        }
        float[] embeddings = shared.learner().embeddings();
        int classes = model.classes().size();
        shared.objective().logits(model.state().parameters(), embeddings, batch.rows(), classes);
        return 0;
    }

    private void store(ReplayModel.Remembered model, ReplayBatch batch) {
        List<PendingSamples.Sample> incoming = model.pending().samples();
        List<ReplaySample> samples = new ArrayList<>(incoming.size());
        for (int i = 0; i < incoming.size(); i++) {
            PendingSamples.Sample sample = incoming.get(i);
            int row = batch.replayed() + i;
            float[] logits =
                    settings.storesLogits() ? logits(row, model.classes().size()) : NOTHING;
            float[] features = settings.storesFeatures() ? features(row) : NOTHING;
            long arrival = model.memory().offered() + i;
            byte[] input = sample.input();
            int label = sample.label();
            samples.add(new ReplaySample(input, label, arrival, logits, features, sample.at()));
            model.classes().learn(sample.label());
        }
        if (settings.method().replays()) {
            model.memory().offer(samples, model.uniform());
        }
    }

    private float[] logits(int row, int classes) {
        double[] all = shared.objective().logits();
        float[] logits = new float[classes];
        for (int c = 0; c < classes; c++) {
            logits[c] = (float) all[row * classes + c];
        }
        return logits;
    }

    private float[] features(int row) {
        int width = shared.learner().width();
        return Arrays.copyOfRange(shared.learner().embeddings(), row * width, (row + 1) * width);
    }
}
