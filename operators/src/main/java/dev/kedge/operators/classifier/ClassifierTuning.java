// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.operators.hpcr.ReplayTuning;
import dev.kedge.operators.stream.Command;

/**
 * What was set while the job ran, over the configuration. Part of a model's state.
 *
 * @param paused whether nothing is learned
 * @param learning how it learns
 */
record ClassifierTuning(boolean paused, ReplayTuning learning) {
    /** Weight of proxy-contrastive distillation. */
    static final String PROXY_DISTILLATION = "proxy-distillation";

    /** Weight of sample-contrastive distillation. */
    static final String SAMPLE_DISTILLATION = "sample-distillation";

    /** As configured. */
    static final ClassifierTuning NONE = new ClassifierTuning(false, ReplayTuning.NONE);

    /** What a command makes of it; the same where the command is not about it. */
    ClassifierTuning after(Command command) {
        return switch (command.verb()) {
            case PAUSE -> new ClassifierTuning(true, learning);
            case RESUME -> new ClassifierTuning(false, learning);
            case RATE ->
                    learning(new ReplayTuning(command.value(), learning.alpha(), learning.beta()));
            case WEIGHT -> weighted(command.name(), command.value());
            default -> this;
        };
    }

    private ClassifierTuning weighted(String term, double value) {
        return switch (term) {
            case PROXY_DISTILLATION ->
                    learning(new ReplayTuning(learning.rate(), value, learning.beta()));
            case SAMPLE_DISTILLATION ->
                    learning(new ReplayTuning(learning.rate(), learning.alpha(), value));
            default -> this;
        };
    }

    private ClassifierTuning learning(ReplayTuning other) {
        return new ClassifierTuning(paused, other);
    }
}
