// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.classifier;

import dev.kedge.jobs.classifier.ClassifierFile;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.operators.classifier.ClassifierSettings;

/** Classifiers that learn much in little time. */
public final class SmallClassifier {
    private SmallClassifier() {}

    /** A job file that reads samples and labels from one topic, so that all has one order. */
    static ClassifierFile file(String input) {
        return StrictYaml.parse(
                """
                job: classifier
                name: small-classifier
                topics: {samples: samples, labels: samples}
                classifier:
                  input: {%s}
                  encoder: {kind: mlp, mlp: {layers: [12]}}
                  classes: {most: 8}
                  learning: {batch: 5, views: 1, patience: 2 s, optimiser: {rate: 0.05, momentum: 0.5}}
                  distillation: {patience: 3}
                  replay: {capacity: 20, batch: 5}
                  join: {within: 1 s, samples: 15, labels: 4, ids: 40}
                  evaluation: {window: 20, class-window: 5, rank-of: 10, every: 500 ms}
                """
                        .formatted(input),
                ClassifierFile.DEFAULT,
                ClassifierFile.class,
                "small");
    }

    /** The learner of {@link #file}. */
    public static ClassifierSettings settings(String input) {
        return file(input).classifier();
    }
}
