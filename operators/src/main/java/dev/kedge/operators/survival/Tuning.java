// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.survival;

import dev.kedge.operators.stream.Command;

/**
 * What was set while the job ran, over the configuration. Part of a model's state.
 *
 * @param paused whether nothing is learned
 * @param rate learning rate, not a number for the configured one
 * @param shortTerm factor of the cut-out term, not a number for the configured one
 * @param longTerm factor of the wear-out term, not a number for the configured one
 */
record Tuning(boolean paused, double rate, double shortTerm, double longTerm) {
    static final String SHORT_TERM = "short-term";
    static final String LONG_TERM = "long-term";

    /** As configured. */
    static final Tuning NONE = new Tuning(false, Double.NaN, Double.NaN, Double.NaN);

    /** What a command makes of it; the same where the command is not about it. */
    Tuning after(Command command) {
        return switch (command.verb()) {
            case PAUSE -> new Tuning(true, rate, shortTerm, longTerm);
            case RESUME -> new Tuning(false, rate, shortTerm, longTerm);
            case RATE -> new Tuning(paused, command.value(), shortTerm, longTerm);
            case WEIGHT -> weighted(command.name(), command.value());
            default -> this;
        };
    }

    private Tuning weighted(String term, double value) {
        return switch (term) {
            case SHORT_TERM -> new Tuning(paused, rate, value, longTerm);
            case LONG_TERM -> new Tuning(paused, rate, shortTerm, value);
            default -> this;
        };
    }
}
