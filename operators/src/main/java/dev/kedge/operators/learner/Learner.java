// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

import dev.kedge.operators.encoder.Batch;
import dev.kedge.operators.encoder.Encoder;
import dev.kedge.operators.encoder.NamedRows;
import dev.kedge.operators.encoder.Tables;
import dev.kedge.operators.stream.StepWatch;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The one learner: an encoder, one or several weighted objectives over its embeddings, one backward
 * pass, one optimiser step. It holds scratch space only; the models are {@link LearnerState}s, so a
 * single learner serves all keys of a task. Not thread-safe.
 *
 * @param <B> type of the batches
 */
public final class Learner<B extends Batch> {
    private final Layout layout;
    private final Encoder<? super B> encoder;
    private final List<Weighted<B>> objectives;
    private final Optimiser optimiser;
    private final float[] embeddings;
    private final float[] embeddingGradient;
    private final float[] gradient;
    private final Tables tables;
    private final NamedRows named;
    private final Ranges moved = new Ranges();
    private final List<Slice> statistics;
    private final float[] before;
    private final UntouchedRanges untouched = new UntouchedRanges();
    private final double[] losses;
    private final List<String> partNames = new ArrayList<>();
    private final int[] partFrom;
    private final double[] parts;
    private StepWatch watch = new StepWatch() {};
    private Optimiser tuned;
    private double tunedRate = Double.NaN;

    /**
     * An objective with its factor.
     *
     * @param objective the objective
     * @param weight its factor in the sum
     * @param <B> type of the batches
     */
    public record Weighted<B extends Batch>(Objective<? super B> objective, double weight) {}

    /**
     * Puts a learner together.
     *
     * @param layout everything that the encoder and the objectives declared
     * @param maxRows most rows of a batch
     */
    public Learner(
            Layout layout,
            Encoder<? super B> encoder,
            List<Weighted<B>> objectives,
            Optimiser optimiser,
            int maxRows) {
        this.layout = layout;
        this.encoder = encoder;
        this.objectives = List.copyOf(objectives);
        this.optimiser = optimiser;
        this.tuned = optimiser;
        embeddings = new float[maxRows * encoder.width()];
        embeddingGradient = new float[maxRows * encoder.width()];
        gradient = new float[layout.size()];
        tables = Tables.of(layout, optimiser.startsAtRest() ? encoder.tables() : List.of());
        named = new NamedRows(tables);
        statistics = List.copyOf(encoder.statistics());
        losses = new double[objectives.size()];
        partFrom = new int[losses.length];
        for (int i = 0; i < losses.length; i++) {
            partFrom[i] = partNames.size();
            partNames.addAll(this.objectives.get(i).objective().parts());
        }
        parts = new double[partNames.size()];
        before = new float[statistics.stream().mapToInt(Slice::size).sum()];
    }

    /** Names of the parts of the loss that whoever watches is told. */
    public List<String> parts() {
        return List.copyOf(partNames);
    }

    /** Tells somebody of all steps from now on. */
    public void watch(StepWatch other) {
        watch = other;
    }

    /** Makes a new model with its own generator. */
    public LearnerState create(RestorableRandom random) {
        LearnerState state = new LearnerState(layout, tables, optimiser, random);
        encoder.initialise(state.parameters(), random);
        for (Weighted<B> weighted : objectives) {
            weighted.objective().initialise(state.parameters(), random);
        }
        return state;
    }

    /**
     * Reads a model back. Parts of the layout that the snapshot does not have keep the initial
     * values of a new model.
     *
     * @param random generator of a new model, used for what the snapshot does not have
     */
    public LearnerState restore(PartStore store, RestorableRandom random) {
        byte[] seed = random.state();
        Supplier<float[]> fresh = () -> create(RestorableRandom.restored(seed)).parameters();
        LearnerState stored = new LearnerState(layout, tables, optimiser, random);
        if (stored.restore(store, fresh)) {
            return stored;
        }
        LearnerState initial = create(random);
        initial.restore(store, fresh);
        return initial;
    }

    /**
     * Encodes a batch. What the model knows stays as it is; the rows of tables that the batch names
     * make up the steps that they rested through.
     *
     * @return n x d, valid until the next call
     */
    public float[] embed(LearnerState state, B batch) {
        wake(state, batch);
        return embed(state.parameters(), batch);
    }

    /** Names the rows of a batch, and brings them to the model's last step. */
    private void wake(LearnerState state, B batch) {
        if (tables.isEmpty()) {
            return;
        }
        named.clear();
        encoder.name(batch, named);
        Optimiser resting = resting(state);
        for (int i = 0; i < named.count(); i++) {
            state.rows().wake(named.row(i), state.step(), resting);
        }
    }

    private Optimiser resting(LearnerState state) {
        double rate = state.restingRate();
        return rate == optimiser.rate() ? optimiser : optimiser(rate);
    }

    /** Brings all parameters of a model to its last step, for whoever looks at them as a whole. */
    public void settle(LearnerState state) {
        state.rows().wakeAll(state.step(), resting(state));
    }

    /**
     * Encodes a batch as {@link #learn} does, running statistics included, but makes no step. What
     * cannot be encoded in finite numbers is refused, as a step is.
     *
     * @return whether the {@link #embeddings()} are those of the batch, and not refused
     */
    public boolean observe(LearnerState state, B batch) {
        wake(state, batch);
        encoder.forwardToLearn(state.parameters(), batch, embeddings);
        float max = Finite.largest(embeddings, 0, batch.rows() * encoder.width());
        if (!Float.isFinite(max) || !followed(state)) {
            state.refuse();
            return false;
        }
        state.touch();
        return true;
    }

    /**
     * Encodes a batch with other parameters than a model's own, such as those of a teacher.
     *
     * @param parameters as long as the layout; those of a model {@link #settle settled}
     * @return n x d, valid until the next call
     */
    public float[] embed(float[] parameters, B batch) {
        encoder.forward(parameters, batch, embeddings);
        return embeddings;
    }

    /**
     * Embeddings of the last batch; those before the step, if it was learned from.
     *
     * @return n x d, valid until the next call
     */
    public float[] embeddings() {
        return embeddings;
    }

    /**
     * Computes where one plain gradient step on a batch would lead. The model stays as it is.
     *
     * @param rate length of the step, times the gradient
     * @param target receives the parameters after the step
     */
    public void lookAhead(LearnerState state, B batch, double rate, float[] target) {
        settle(state);
        differentiate(state, batch);
        float[] parameters = state.parameters();
        float r = (float) rate;
        for (int i = 0; i < target.length; i++) {
            target[i] = parameters[i] - r * gradient[i];
        }
    }

    /** Width of the embeddings. */
    public int width() {
        return encoder.width();
    }

    /**
     * Learns from a batch: one forward pass, one backward pass, one step. A step whose loss or
     * gradient is not finite or absurdly large is refused: parameters, statistics and slots stay as
     * they are, bit for bit, and {@link LearnerState#refused()} grows.
     *
     * @return the weighted loss before the step; not a number if it was refused
     */
    public double learn(LearnerState state, B batch) {
        return learn(state, batch, optimiser);
    }

    /**
     * {@link #learn(LearnerState, Batch) Learns} from a batch with an optimiser that differs from
     * the learner's own in its rate alone.
     *
     * @return the weighted loss before the step; not a number if it was refused
     */
    public double learn(LearnerState state, B batch, Optimiser with) {
        watch.begins();
        if (with.rate() != state.restingRate()) {
            settle(state);
            state.restAt(with.rate());
        }
        double loss = differentiate(state, batch);
        boolean sane =
                Double.isFinite(loss) && Finite.largest(gradient, moved) <= with.maxGradient();
        if (!sane || !followed(state)) {
            state.refuse();
            return Double.NaN;
        }
        if (with.movesWithoutGradient()) {
            stepAround(state, batch, with);
        } else {
            with.step(state.parameters(), gradient, state.slots(), moved, state.nextStep());
        }
        for (int i = 0; i < named.count(); i++) {
            state.rows().learned(named.row(i), state.step());
        }
        tellMade();
        return loss;
    }

    private void tellMade() {
        for (int i = 0; i < losses.length; i++) {
            objectives.get(i).objective().tellParts(losses[i], parts, partFrom[i]);
        }
        watch.made(parts);
    }

    /**
     * Lets the running statistics follow the last forward pass; back to where they were, if they
     * would not be finite.
     */
    private boolean followed(LearnerState state) {
        float[] parameters = state.parameters();
        int at = 0;
        for (Slice slice : statistics) {
            System.arraycopy(parameters, slice.offset(), before, at, slice.size());
            at += slice.size();
        }
        encoder.follow(parameters);
        boolean finite = true;
        for (Slice slice : statistics) {
            finite &= Float.isFinite(Finite.largest(parameters, slice.offset(), slice.end()));
        }
        at = 0;
        for (Slice slice : statistics) {
            if (!finite) {
                System.arraycopy(before, at, parameters, slice.offset(), slice.size());
            }
            at += slice.size();
        }
        return finite;
    }

    private void stepAround(LearnerState state, B batch, Optimiser with) {
        untouched.clear();
        for (Slice statistic : statistics) {
            untouched.add(statistic.offset(), statistic.end());
        }
        for (Weighted<B> weighted : objectives) {
            weighted.objective().untouched(batch, untouched);
        }
        untouched.save(state.parameters(), state.slots());
        with.step(state.parameters(), gradient, state.slots(), moved, state.nextStep());
        untouched.restore(state.parameters(), state.slots());
    }

    /**
     * Computes loss and gradient without a step.
     *
     * @return the weighted loss
     */
    public double differentiate(LearnerState state, B batch) {
        int used = batch.rows() * encoder.width();
        wake(state, batch);
        moved.fill(gradient, 0);
        findMoved();
        Arrays.fill(embeddingGradient, 0, used, 0);
        float[] parameters = state.parameters();
        encoder.forwardToLearn(parameters, batch, embeddings);
        double loss = 0;
        for (int i = 0; i < losses.length; i++) {
            double weight = objectives.get(i).weight();
            Objective<? super B> objective = objectives.get(i).objective();
            losses[i] =
                    objective.learn(
                            parameters, embeddings, batch, weight, embeddingGradient, gradient);
            loss += weight * losses[i];
        }
        encoder.backward(parameters, batch, embeddingGradient, gradient);
        return loss;
    }

    /** All that a step can move: what is no table, and the rows that the batch names. */
    private void findMoved() {
        moved.clear();
        named.sort();
        int from = 0;
        int next = 0;
        for (int table = 0; table < tables.slices().size(); table++) {
            Slice slice = tables.slices().get(table);
            moved.add(from, slice.offset());
            int end = tables.first(table) + slice.rows();
            for (; next < named.count() && named.row(next) < end; next++) {
                int at = tables.offset(named.row(next));
                moved.add(at, at + slice.columns());
            }
            from = slice.end();
        }
        moved.add(from, layout.size());
    }

    /** Gradient of the last batch, over the whole flat vector. */
    public float[] gradient() {
        return gradient;
    }

    /** The same at another rate, kept until another is asked for; not a number for its own. */
    public Optimiser optimiser(double rate) {
        if (Double.isNaN(rate)) {
            return optimiser;
        }
        if (rate != tunedRate) {
            tuned = optimiser.withRate(rate);
            tunedRate = rate;
        }
        return tuned;
    }

    /** Names and shapes of all parameters. */
    public Layout layout() {
        return layout;
    }
}
