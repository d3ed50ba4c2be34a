// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Lasting;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.time.Duration;

/**
 * Whether samples wait for the learner, and if not, when they come. Sample n comes n / rate seconds
 * after the first. A learning step keeps the learner busy; what comes meanwhile is answered and
 * never learned. Answering is not counted.
 */
public record Arrival(
        @Meaning(
                        "Whether samples wait for the learner (`waits`), or come at a rate, and what comes while it is busy is answered and not learned: a step takes `step` (`modelled`), or as long as it takes here (`measured`). See [Streams that do not wait](#streams-that-do-not-wait).")
                Clock clock,
        @Meaning("Samples a second, unless they wait.") @Range(above = 0, max = 1e9) double rate,
        @Meaning("How long a learning step takes, with `modelled`.") @Lasting(above = "0")
                Duration step) {
    /** Every sample waits until the one before it is learned. */
    static final Arrival WAITING = new Arrival(Clock.WAITS, 1000, Duration.ofMillis(10));

    private static final double NANOS = 1e9;

    /** What tells how long the learner is busy. */
    public enum Clock {
        /** None: samples wait. */
        WAITS,
        /** Every step takes the same time, on every machine. */
        MODELLED,
        /** A step takes as long as it takes here; results depend on the machine. */
        MEASURED
    }

    /** Checks the time of a step. */
    public Arrival {
        Checks.require(step.toDays() < 1, "step", step, "above 0, less than a day");
    }

    /** Whether samples wait. */
    boolean waits() {
        return clock == Clock.WAITS;
    }

    /** Whether results depend on how long steps take here. */
    boolean measures() {
        return clock == Clock.MEASURED;
    }

    /** When a sample comes, in nanoseconds after the first. */
    long nanos(long number) {
        return Math.round(number * (NANOS / rate));
    }

    /**
     * How long the learner is busy with a sample, in nanoseconds.
     *
     * @param stepped whether the sample filled a batch
     * @param measured how long it took here
     */
    long busy(boolean stepped, long measured) {
        return switch (clock) {
            case WAITS -> 0;
            case MODELLED -> stepped ? step.toNanos() : 0;
            case MEASURED -> measured;
        };
    }

    /** What a reader of the results must know; empty if samples wait. */
    String note() {
        String begins = "The stream does not wait: " + number(rate) + " samples a second, and ";
        return switch (clock) {
            case WAITS -> "";
            case MODELLED ->
                    begins
                            + "each learning step is taken to last "
                            + duration()
                            + ". What comes meanwhile is answered and not learned.";
            case MEASURED ->
                    begins
                            + "a learning step lasts as long as it did on this machine."
                            + " What comes meanwhile is answered and not learned."
                            + " All figures depend on the machine and on what else it did.";
        };
    }

    private String duration() {
        return number(step.toNanos() / 1e6) + " ms";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
