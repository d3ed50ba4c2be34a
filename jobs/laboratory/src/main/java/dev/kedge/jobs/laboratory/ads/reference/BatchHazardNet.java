// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.reference;

import dev.kedge.operators.ads.LaunchInputs.Input;
import dev.kedge.operators.ads.hazards.Intervals;
import dev.kedge.operators.ads.hazards.TwoTermLoss;
import dev.kedge.operators.encoder.MultimodalEncoder;
import dev.kedge.operators.learner.Adam;
import dev.kedge.operators.learner.Learner;
import dev.kedge.operators.learner.LearnerState;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.random.RestorableRandom;
import dev.kedge.state.settings.Range;
import dev.kedge.state.settings.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The net of the live model, fitted the way that batch learners are: from scratch, over whole lives
 * (Gensheimer and Narasimhan 2019) and many epochs in a new order each, stopped when the newest
 * lives, which are held out, get no better. The baseline of learning in a single pass. Not
 * thread-safe.
 */
public final class BatchHazardNet implements AutoCloseable {
    private final Intervals intervals;
    private final Fit fit;
    private final MatrixProduct product = new MatrixProduct();
    private final TwoTermLives objective;
    private final Learner<LifeBatch> learner;
    private final LifeBatch batch;

    /**
     * What is known of one creative.
     *
     * @param input its inputs at launch
     * @param age age at the discontinuation, or at which it was last seen, milliseconds
     * @param discontinued whether it was discontinued then
     */
    public record Life(Input input, long age, boolean discontinued) {}

    /**
     * How to fit, and what.
     *
     * @param fit how to fit
     * @param shortTerm factor of the cut-out term
     * @param longTerm factor of the wear-out term
     * @param baseHazard hazard of every interval before anything was learned
     */
    public record Settings(Fit fit, double shortTerm, double longTerm, double baseHazard) {}

    /**
     * How to fit.
     *
     * @param rate learning rate of Adam
     * @param decay its decoupled weight decay
     * @param rows lives of a batch
     * @param epochs most epochs
     * @param patience epochs without a better held-out loss after which to stop
     * @param heldOut share of the lives, the newest, that tell when to stop
     * @param again whether to fit once more afterwards, from scratch on all lives, for as many
     *     epochs as were best
     */
    public record Fit(
            @Range(above = 0) double rate,
            @Range(min = 0) double decay,
            @Range(min = 1) int rows,
            @Range(min = 1) int epochs,
            @Range(min = 1) int patience,
            @Range(above = 0, below = 1) double heldOut,
            boolean again) {}

    /** Makes room; one net after another can be fitted. */
    public BatchHazardNet(
            MultimodalEncoder.Settings encoder, Intervals intervals, Settings settings) {
        this.intervals = intervals;
        this.fit = Schema.checked(settings.fit());
        Layout.Builder layout = Layout.builder();
        MultimodalEncoder body = new MultimodalEncoder(layout, encoder, fit.rows(), product);
        objective =
                new TwoTermLives(
                        layout,
                        body.width(),
                        intervals.columns(),
                        new TwoTermLoss(
                                intervals.boundary(), settings.shortTerm(), settings.longTerm()),
                        settings.baseHazard(),
                        fit.rows(),
                        product);
        learner =
                new Learner<>(
                        layout.build(),
                        body,
                        List.of(new Learner.Weighted<>(objective, 1)),
                        new Adam(fit.rate(), 0.9, 0.999, 1e-8, fit.decay()),
                        fit.rows());
        batch = new LifeBatch(fit.rows(), encoder.numbers(), intervals);
    }

    /**
     * A net that was fitted.
     *
     * @param parameters the parameters
     * @param scale how numbers are standardised
     * @param epochs epochs after which the held-out loss was best
     * @param heldOutLoss that loss, a creative
     */
    public record Fitted(float[] parameters, Scale scale, int epochs, double heldOutLoss) {}

    /**
     * Fits a net.
     *
     * @param lives at least two, in order of their launch
     * @param seed seed of the initial values and of the order
     */
    public Fitted fit(List<Life> lives, long seed) {
        int kept = Math.min(lives.size() - 1, (int) Math.ceil(lives.size() * (1 - fit.heldOut())));
        if (kept < 1) {
            throw new IllegalArgumentException("a net is fitted on at least two lives");
        }
        List<Life> training = lives.subList(0, kept);
        Fitted best = stopEarly(training, lives.subList(kept, lives.size()), seed);
        if (!fit.again()) {
            return best;
        }
        Scale scale = Scale.of(lives);
        RestorableRandom random = RestorableRandom.seeded(seed, "batch");
        LearnerState state = learner.create(random);
        for (int epoch = 0; epoch < best.epochs(); epoch++) {
            epoch(state, lives, scale, random);
        }
        return new Fitted(settled(state), scale, best.epochs(), best.heldOutLoss());
    }

    private Fitted stopEarly(List<Life> training, List<Life> heldOut, long seed) {
        Scale scale = Scale.of(training);
        RestorableRandom random = RestorableRandom.seeded(seed, "batch");
        LearnerState state = learner.create(random);
        Fitted best = new Fitted(settled(state), scale, 0, loss(state, heldOut, scale));
        for (int epoch = 1;
                epoch <= fit.epochs() && epoch - best.epochs() <= fit.patience();
                epoch++) {
            epoch(state, training, scale, random);
            double loss = loss(state, heldOut, scale);
            if (loss < best.heldOutLoss()) {
                best = new Fitted(settled(state), scale, epoch, loss);
            }
        }
        return best;
    }

    private float[] settled(LearnerState state) {
        learner.settle(state);
        return state.parameters().clone();
    }

    private void epoch(LearnerState state, List<Life> lives, Scale scale, RestorableRandom random) {
        List<Life> order = new ArrayList<>(lives);
        for (int i = order.size() - 1; i > 0; i--) {
            Collections.swap(order, i, random.nextInt(i + 1));
        }
        for (int from = 0; from < order.size(); from += fit.rows()) {
            fill(order.subList(from, Math.min(from + fit.rows(), order.size())), scale);
            learner.learn(state, batch);
        }
    }

    private double loss(LearnerState state, List<Life> lives, Scale scale) {
        double sum = 0;
        for (int from = 0; from < lives.size(); from += fit.rows()) {
            fill(lives.subList(from, Math.min(from + fit.rows(), lives.size())), scale);
            float[] embeddings = learner.embed(state, batch);
            sum += batch.rows() * objective.evaluate(state.parameters(), embeddings, batch);
        }
        return sum / lives.size();
    }

    private void fill(List<Life> lives, Scale scale) {
        batch.clear();
        for (Life life : lives) {
            batch.life(add(life.input(), scale), life.age(), life.discontinued());
        }
    }

    private int add(Input input, Scale scale) {
        int row = batch.add(input.tokens(), input.categories(), input.embedding());
        for (int i = 0; i < input.numbers().length; i++) {
            batch.number(row, i, scale.standardise(i, input.numbers()[i]));
        }
        return row;
    }

    /** Hazards of all columns of one creative. */
    public double[] hazards(Fitted fitted, Input input) {
        batch.clear();
        add(input, fitted.scale());
        float[] embeddings = learner.embed(fitted.parameters(), batch);
        return objective.hazards(fitted.parameters(), embeddings);
    }

    /** The intervals. */
    public Intervals intervals() {
        return intervals;
    }

    @Override
    public void close() {
        product.close();
    }

    /**
     * Means and deviations of the numbers of the lives that are fitted.
     *
     * @param mean one a number
     * @param deviation one a number; 0 where all are the same
     */
    public record Scale(double[] mean, double[] deviation) {
        private static final float LIMIT = 5;
        private static final double FLOOR = 1e-3;

        static Scale of(List<Life> lives) {
            int width = lives.get(0).input().numbers().length;
            double[] mean = new double[width];
            double[] squares = new double[width];
            double count = 0;
            for (Life life : lives) {
                count++;
                for (int i = 0; i < width; i++) {
                    double delta = life.input().numbers()[i] - mean[i];
                    mean[i] += delta / count;
                    squares[i] += delta * (life.input().numbers()[i] - mean[i]);
                }
            }
            for (int i = 0; i < width; i++) {
                squares[i] = Math.sqrt(squares[i] / Math.max(1, count - 1));
            }
            return new Scale(mean, squares);
        }

        /** In deviations from the mean, clipped to 5 as in the live model. */
        float standardise(int column, float value) {
            if (deviation[column] < FLOOR) {
                return 0;
            }
            float z = (float) ((value - mean[column]) / deviation[column]);
            return Math.max(-LIMIT, Math.min(LIMIT, z));
        }
    }
}
