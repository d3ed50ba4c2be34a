// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.operators.classifier.ClassifierProgress.Counter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.operators.stream.Turn;

/** One record while a classifier works on it; its refusals are counted. */
final class ClassifierTurn extends Turn<ClassifierEvent, ClassifierScore, ClassifierMetrics> {
    private final ClassifierProgress progress;

    ClassifierTurn(
            Incoming<ClassifierEvent> incoming,
            Outlet<ClassifierScore, ClassifierMetrics> outlet,
            ClassifierProgress progress) {
        super(incoming, outlet);
        this.progress = progress;
    }

    @Override
    protected void refused() {
        progress.count(Counter.DEAD_LETTERS);
    }
}
