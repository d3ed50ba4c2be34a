// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

/**
 * What was set while the job ran, over the configuration. Part of a model's state.
 *
 * @param paused whether nothing is learned
 * @param learning how it learns
 * @param <L> type of what can be set of the learner
 */
public record LiveTuning<L extends Tunable<L>>(boolean paused, L learning) {
    /** What a command makes of it; the same where the command is not about it. */
    public LiveTuning<L> after(Command command) {
        return switch (command.verb()) {
            case PAUSE -> new LiveTuning<>(true, learning);
            case RESUME -> new LiveTuning<>(false, learning);
            case RATE -> new LiveTuning<>(paused, learning.withRate(command.value()));
            case WEIGHT ->
                    new LiveTuning<>(paused, learning.withWeight(command.name(), command.value()));
            default -> this;
        };
    }
}
