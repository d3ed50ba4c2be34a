// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import static dev.kedge.state.text.Text.format;

import dev.kedge.operators.learner.LearnerState;
import dev.kedge.operators.metrics.RankMe;
import dev.kedge.operators.stream.MemoryFill;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.replay.ReplayMemory;
import dev.kedge.state.replay.ReplaySample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/**
 * One live continual classifier. Scores a sample the moment it comes and learns from its label
 * once, in batches; the unfilled batch is part of its state. What it answers depends only on its
 * samples in their order: restored at any moment, it goes on with the same bytes.
 */
public final class ReplayModel {
    private final ReplayLearner shared;
    private final ReplaySettings settings;
    private final Remembered remembered;
    private final LearnerState state;
    private final ReplayMemory memory;
    private final ClassTable classes;
    private final PendingSamples pending;
    private final ClassMeans means;
    private ReplayTuning tuning = ReplayTuning.NONE;

    ReplayModel(ReplayLearner shared, Remembered remembered) {
        this.shared = shared;
        this.settings = shared.settings();
        this.remembered = remembered;
        this.state = remembered.state();
        this.memory = remembered.memory();
        this.classes = remembered.classes();
        this.pending = remembered.pending();
        this.means = new ClassMeans(shared);
    }

    /** Everything that a model remembers; the teacher is empty if there is none. */
    record Remembered(
            LearnerState state,
            ReplayMemory memory,
            ClassTable classes,
            PendingSamples pending,
            AveragedTeacher teacher,
            InputMoments moments) {

        /** Draws from [0, 1), by the model's own generator. */
        DoubleSupplier uniform() {
            return state.random()::nextDouble;
        }
    }

    /**
     * Scores an input; the model stays as it is.
     *
     * @param top how many classes to name at most
     * @throws IllegalArgumentException if the input has another size than the settings say
     */
    public Prediction score(byte[] input, int top) {
        double[] scores = scores(List.of(input));
        double maxScore = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int c = 0; c < classes.size(); c++) {
            maxScore = Math.max(maxScore, scores[c]);
        }
        List<Prediction.Ranked> ranked = new ArrayList<>();
        for (int c = 0; c < classes.size(); c++) {
            if (scores[c] > Double.NEGATIVE_INFINITY) {
                double share = Math.exp(scores[c] - maxScore);
                sum += share;
                ranked.add(new Prediction.Ranked(classes.label(c), share));
            }
        }
        double total = sum;
        List<Prediction.Ranked> best =
                ranked.stream()
                        .sorted(
                                Comparator.comparingDouble(Prediction.Ranked::probability)
                                        .reversed())
                        .limit(top)
                        .map(r -> new Prediction.Ranked(r.label(), r.probability() / total))
                        .toList();
        return new Prediction(best, novelty(best, maxScore), state.step());
    }

    private double novelty(List<Prediction.Ranked> best, double maxScore) {
        if (best.isEmpty()) {
            return 1;
        }
        boolean cosines =
                settings.readOut() == ReplaySettings.ReadOut.NEAREST_MEAN
                        || settings.method().comparesByCosine();
        return cosines ? 1 - maxScore * settings.loss().scale() : 1 - best.get(0).probability();
    }

    /**
     * The likeliest class of each input; the empty string as long as the model has learned none.
     * For evaluation: the model stays as it is.
     */
    public List<String> classify(List<byte[]> inputs) {
        List<String> answers = new ArrayList<>(inputs.size());
        for (int from = 0; from < inputs.size(); from += ReplayLearner.SCORED) {
            int to = Math.min(inputs.size(), from + ReplayLearner.SCORED);
            double[] scores = scores(inputs.subList(from, to));
            for (int i = 0; i < to - from; i++) {
                answers.add(likeliest(scores, i * classes.size()));
            }
        }
        return answers;
    }

    /**
     * Embeddings of inputs, as they are encoded now. For evaluation: the model stays as it is.
     *
     * @return inputs x {@link #width()}
     */
    public float[] embeddings(List<byte[]> inputs) {
        int width = width();
        float[] all = new float[inputs.size() * width];
        for (int from = 0; from < inputs.size(); from += ReplayLearner.SCORED) {
            int to = Math.min(inputs.size(), from + ReplayLearner.SCORED);
            ReplayBatch batch = shared.rows().inputs(remembered, inputs.subList(from, to));
            float[] embeddings = shared.learner().embed(state, batch);
            System.arraycopy(embeddings, 0, all, from * width, (to - from) * width);
        }
        return all;
    }

    /** Width of the embeddings. */
    public int width() {
        return shared.learner().width();
    }

    private String likeliest(double[] scores, int at) {
        String label = "";
        double best = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes.size(); c++) {
            if (scores[at + c] > best) {
                best = scores[at + c];
                label = classes.label(c);
            }
        }
        return label;
    }

    /** Logits by the read-out, rows x classes; minus infinity for classes that are no answer. */
    private double[] scores(List<byte[]> inputs) {
        boolean byMeans = settings.readOut() == ReplaySettings.ReadOut.NEAREST_MEAN;
        if (byMeans) {
            means.refresh(remembered);
        }
        shared.rows().inputs(remembered, inputs);
        return byMeans ? scoresByMeans(inputs.size()) : scoresByClassifier(inputs.size());
    }

    private double[] scoresByClassifier(int rows) {
        float[] embeddings = shared.learner().embed(state, shared.batch());
        double[] logits =
                shared.objective().logits(state.parameters(), embeddings, rows, classes.size());
        double[] scores = Arrays.copyOf(logits, rows * classes.size());
        for (int i = 0; i < scores.length; i++) {
            if (!classes.seen(i % classes.size())) {
                scores[i] = Double.NEGATIVE_INFINITY;
            }
        }
        return scores;
    }

    private double[] scoresByMeans(int rows) {
        int width = shared.learner().width();
        double[] units = shared.directions(remembered, rows);
        double[] scores = new double[rows * classes.size()];
        for (int i = 0; i < scores.length; i++) {
            int c = i % classes.size();
            scores[i] =
                    means.defined(c)
                            ? means.cosine(units, i / classes.size() * width, c)
                                    / settings.loss().scale()
                            : Double.NEGATIVE_INFINITY;
        }
        return scores;
    }

    /** Whether a sample of a label can be learned: its class is known, or there is room for it. */
    public boolean accepts(String label) {
        return classes.index(label) >= 0 || classes.size() < settings.classes().most();
    }

    /** Learns otherwise than configured from now on; to be said again of a restored model. */
    public void tune(ReplayTuning other) {
        tuning = other;
    }

    /** Takes a labelled sample that has no event time; see {@link #learn(byte[], String, long)}. */
    public OptionalDouble learn(byte[] input, String label) {
        return learn(input, label, ReplaySample.NO_TIME);
    }

    /**
     * Takes a labelled sample, and learns if it fills the batch.
     *
     * @param at its event time, epoch milliseconds
     * @return the loss before the step, if there was one that was not refused
     * @throws IllegalArgumentException if there is no room for its class, the input has another
     *     size than the settings say, or there is a {@link #refusal}
     */
    public OptionalDouble learn(byte[] input, String label, long at) {
        return take(input, label, at) ? step() : OptionalDouble.empty();
    }

    /**
     * Takes a labelled sample into the unfilled batch.
     *
     * @param at its event time, epoch milliseconds
     * @return whether the batch is full now, so that {@link #learnPending} is to be called before
     *     the next sample
     * @throws IllegalArgumentException as {@link #learn(byte[], String, long)} does
     */
    public boolean take(byte[] input, String label, long at) {
        int expected = settings.input().form().length(settings.input().width());
        if (input.length != expected) {
            throw new IllegalArgumentException(
                    format("input: %d bytes, there must be %d", input.length, expected));
        }
        if (!accepts(label)) {
            throw new IllegalArgumentException(
                    format(
                            "label: '%s' would be class %d; classes.most is %d",
                            label, classes.size() + 1, settings.classes().most()));
        }
        refusal(input)
                .ifPresent(
                        reason -> {
                            throw new IllegalArgumentException(reason);
                        });
        pending.add(input, index(label), at);
        return pending.samples().size() >= settings.steps().batch();
    }

    /** Why an input can be neither scored nor learned; empty if it can. */
    public Optional<String> refusal(byte[] input) {
        return settings.input().form().refusal(input);
    }

    /** Scores a sample, then {@link #learn learns} from it. */
    public Prediction scoreThenLearn(byte[] input, String label, int top) {
        Prediction prediction = score(input, top);
        learn(input, label);
        return prediction;
    }

    /** Learns from the unfilled batch, if there is any. */
    public OptionalDouble learnPending() {
        return pending.samples().isEmpty() ? OptionalDouble.empty() : step();
    }

    /** Event time of the first sample of the unfilled batch; the largest number if it is empty. */
    public long oldestPending() {
        return pending.oldest();
    }

    /** Drops the unfilled batch, as the authors of PCR and HPCR do at the end of a task. */
    public void dropPending() {
        pending.clear();
    }

    /** Says that a task begins. The first one has begun; streams without tasks never call it. */
    public void nextTask() {
        pending.nextTask();
    }

    /** Removes a class: its parameters, samples and answers. Its label may come again. */
    public void forget(String label) {
        int c = classes.index(label);
        if (c >= 0) {
            shared.objective().forget(state.parameters(), c);
            remembered.teacher().forget(shared.objective(), c);
            memory.forget(c);
            pending.forget(c);
            classes.forget(c);
            means.invalidate();
            state.touch();
        }
    }

    /** Removes what it keeps of samples of before a moment; what it learned from them stays. */
    public void forgetBefore(long at) {
        memory.forgetBefore(at);
        pending.forgetBefore(at);
        means.invalidate();
    }

    /**
     * How many directions the embeddings of stored samples use, as they are encoded now.
     *
     * @param max how many samples to look at, evenly from all slots
     * @return {@link RankMe}; not a number if nothing is stored
     */
    public double embeddingRank(int max) {
        int size = memory.slots().size();
        int count = Math.min(max, size);
        int width = shared.learner().width();
        float[] embeddings = new float[count * width];
        for (int from = 0; from < count; from += ReplayLearner.SCORED) {
            int rows = Math.min(ReplayLearner.SCORED, count - from);
            ReplayBatch batch = shared.rows().empty(remembered);
            for (int i = from; i < from + rows; i++) {
                batch.add(memory.slots().get((int) ((long) i * size / count)).input());
            }
            float[] some = shared.learner().embed(state, batch);
            System.arraycopy(some, 0, embeddings, from * width, rows * width);
        }
        return RankMe.of(embeddings, count, width);
    }

    /** How many samples were learned of each class that is not forgotten, by its label. */
    public SortedMap<String, Long> learnedByLabel() {
        SortedMap<String, Long> learned = new TreeMap<>();
        for (int c = 0; c < classes.size(); c++) {
            if (!classes.forgotten(c)) {
                learned.put(classes.label(c), classes.learned(c));
            }
        }
        return learned;
    }

    /** Gives parameters to the classes known beforehand; for a new model. */
    void declareClasses() {
        settings.classes().declared().forEach(this::index);
    }

    private int index(String label) {
        int known = classes.index(label);
        if (known >= 0) {
            return known;
        }
        int c = classes.add(label, pending.batches());
        shared.objective().appear(state.parameters(), c, state.random());
        remembered.teacher().appear(shared.objective(), state.parameters(), c);
        means.invalidate();
        state.touch();
        return c;
    }

    private OptionalDouble step() {
        double loss = shared.step().make(remembered, tuning);
        means.invalidate();
        return Double.isNaN(loss) ? OptionalDouble.empty() : OptionalDouble.of(loss);
    }

    Remembered remembered() {
        return remembered;
    }

    /** What is stored. */
    public ReplayMemory memory() {
        return memory;
    }

    /** How full the memory is; one that is bounded in bytes alone has no capacity in samples. */
    public MemoryFill fill() {
        int samples = settings.memory().bound().samples();
        return new MemoryFill(memory.slots().size(), samples == Integer.MAX_VALUE ? 0 : samples);
    }

    /** How many samples are stored of each class that has any, by its label. */
    public SortedMap<String, Integer> storedByLabel() {
        SortedMap<String, Integer> stored = new TreeMap<>();
        for (int c = 0; c < classes.size(); c++) {
            if (memory.slots().count(c) > 0) {
                stored.put(classes.label(c), memory.slots().count(c));
            }
        }
        return stored;
    }

    /** Steps refused; see {@link LearnerState#refused()}. */
    public long refused() {
        return state.refused();
    }

    /** Steps made. */
    public long steps() {
        return state.step();
    }

    /** Heap bytes, roughly. */
    public long bytes() {
        return 1024
                + state.bytes()
                + memory.slots().bytes()
                + remembered.teacher().bytes()
                + remembered.moments().bytes();
    }

    /** Writes what changed since the last call. */
    public void flush(PartStore store) {
        state.flush(store);
        memory.flush(store);
        remembered.moments().flush(store);
        classes.flush(store);
        pending.flush(store);
        remembered.teacher().flush(store);
    }
}
