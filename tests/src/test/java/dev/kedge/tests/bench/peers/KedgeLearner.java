// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.peers;

import dev.kedge.jobs.classifier.ClassifierFile;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.operators.classifier.ClassifierEvent;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierModels;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.tests.bench.peers.Vectors.Vector;

/** Kedge's classifier in a plain loop. */
final class KedgeLearner implements Learner, Outlet<ClassifierScore, ClassifierMetrics> {
    private static final byte[] NO_BYTES = {};

    private final LiveModels.Shared<ClassifierEvent, ClassifierScore, ClassifierMetrics> shared;
    private final LiveModel<ClassifierEvent, ClassifierScore, ClassifierMetrics> model;
    private boolean right;

    KedgeLearner(String method) {
        ClassifierFile file =
                StrictYaml.parse(
                        yaml(method), ClassifierFile.DEFAULT, ClassifierFile.class, "peers");
        shared = new ClassifierModels(file.classifier()).open();
        model = shared.load(Vectors.MODEL, new MemoryPartStore());
    }

    /** What a job file says of the learner. */
    static String yaml(String method) {
        return "classifier: {method: "
                + method
                + ", input: {features: 20}, classes: {most: 10}, encoder: {kind: mlp, mlp: {layers: [64, 32]}}, replay: {capacity: 500}}\n";
    }

    @Override
    public boolean take(Vector vector) {
        Origin origin = new Origin("peers", 0, vector.number(), System.currentTimeMillis());
        right = false;
        model.process(new Incoming<>(vector.sample(), origin, NO_BYTES), this);
        return right;
    }

    @Override
    public void score(ClassifierScore score) {
        right |= score.correct().orElse(false);
    }

    @Override
    public void metrics(ClassifierMetrics metrics) {}

    @Override
    public void reject(DeadLetter letter) {
        throw new IllegalStateException(letter.reason() + ": " + letter.message());
    }

    @Override
    public void close() {
        shared.close();
    }
}
