// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.operators.classifier.hpcr.ReplaySettings;
import dev.kedge.operators.encoder.EncoderName;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Heard;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import dev.kedge.state.part.MemoryPartStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A model on the bench: what goes in and what comes out, without Flink. */
final class Bench extends Heard<ClassifierScore, ClassifierMetrics> implements AutoCloseable {
    static final int INPUTS = 6;
    static final long START = 1_700_000_000_000L;

    private final LiveModels.Shared<ClassifierEvent, ClassifierScore, ClassifierMetrics> shared;
    private final MemoryPartStore store = new MemoryPartStore();
    private final SplittableRandom random = new SplittableRandom(5);
    private LiveModel<ClassifierEvent, ClassifierScore, ClassifierMetrics> model;
    private long offset;

    Bench(ClassifierSettings settings) {
        shared = new ClassifierModels(settings).open();
        model = shared.load("m", store);
    }

    /** Features, the encoder that is none, waits of ten seconds. */
    static ClassifierSettings settings() {
        return ClassifierSettings.DEFAULT
                .with("encoder.kind", EncoderName.IDENTITY)
                .with("input.features", INPUTS)
                .with("classes", new ReplaySettings.Classes(3, List.of()))
                .with("learning.batch", 4)
                .with("learning.views", 1)
                .with("learning.patience", Duration.ofSeconds(5))
                .with("replay.capacity", 12)
                .with("replay.batch", 4)
                .with("answers", 2)
                .with("join", new ClassifierSettings.Join(Duration.ofSeconds(10), 3, 2, 8))
                .with("ahead", Duration.ofMinutes(1))
                .with(
                        "evaluation",
                        new ClassifierSettings.Evaluation(20, 5, 10, Duration.ofSeconds(1)))
                .with("seed", 3);
    }

    static ClassifierSettings waitingFor(int samples, int labels, int ids) {
        return settings()
                .with("join.samples", samples)
                .with("join.labels", labels)
                .with("join.ids", ids);
    }

    /** A point near the centre of class a, b or c. */
    byte[] input(String label) {
        float[] values = new float[INPUTS];
        int c = label.charAt(0) - 'a';
        for (int k = 0; k < INPUTS; k++) {
            values[k] = (k % 3 == c ? 1 : 0) + (float) random.nextDouble(0.3);
        }
        return InputForm.encode(values);
    }

    void sample(String id, long millis, String truth) {
        send(new Sample("m", id, START + millis, input(truth), Optional.empty()));
    }

    void labelled(String id, long millis, String label) {
        send(new Sample("m", id, START + millis, input(label), Optional.of(label)));
    }

    void label(String id, long millis, String label) {
        send(new Label("m", id, START + millis, label));
    }

    void send(ClassifierEvent event) {
        send(event, event.at());
    }

    void send(ClassifierEvent event, long produced) {
        byte[] original = ("record " + offset).getBytes(StandardCharsets.UTF_8);
        model.process(
                new Incoming<>(event, new Origin("in", 0, offset++, produced), original), this);
    }

    void command(Command.Verb verb, String name, double value, long before) {
        model.obey(new Command(verb, "m", name, value, before, 0));
    }

    /** Teaches three classes. */
    void teach() {
        for (int i = 0; i < 30; i++) {
            labelled("t" + i, i, List.of("a", "b", "c").get(i % 3));
        }
    }

    /** Writes the model and brings it to life again from what was written. */
    void restore() {
        model.flush(store);
        model = shared.load("m", store);
    }

    MemoryPartStore flushed() {
        model.flush(store);
        return store;
    }

    long bytes() {
        return model.bytes();
    }

    ClassifierScore last() {
        return scores.get(scores.size() - 1);
    }

    /** What the next record of metrics tells, a second later. */
    ClassifierMetrics metricsAt(long millis) {
        label("none", millis, "a");
        label("none", millis + 2000, "a");
        return metrics.get(metrics.size() - 1);
    }

    @Override
    public void close() throws Exception {
        shared.close();
    }
}
