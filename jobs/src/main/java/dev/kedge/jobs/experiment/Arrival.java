// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.experiment;

import dev.kedge.state.settings.Checks;
import java.time.Duration;
import java.util.Locale;

/**
 * Whether samples wait for the learner, and if not, when they come. Sample n comes n / rate seconds
 * after the first. A learning step keeps the learner busy; what comes meanwhile is answered and
 * never learned. Answering is not counted.
 *
 * @param clock what tells how long the learner is busy
 * @param rate samples a second
 * @param step how long a learning step takes, if it is {@link Clock#MODELLED}
 */
public record Arrival(Clock clock, double rate, Duration step) {
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

    /** Checks the numbers. */
    public Arrival {
        Checks.require(rate > 0 && rate <= NANOS, "arrival.rate", rate, "above 0, at most 1e9");
        Checks.require(
                !step.isNegative() && !step.isZero() && step.toDays() < 1,
                "arrival.step",
                step,
                "above 0, less than a day");
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
        return switch (clock) {
            case WAITS -> "";
            case MODELLED ->
                    String.format(
                            Locale.ROOT,
                            "The stream does not wait: %s samples a second, and each learning step is taken to last %s. What comes meanwhile is answered and not learned.",
                            number(rate),
                            duration());
            case MEASURED ->
                    String.format(
                            Locale.ROOT,
                            "The stream does not wait: %s samples a second, and a learning step lasts as long as it did on this machine. What comes meanwhile is answered and not learned. All figures depend on the machine and on what else it did.",
                            number(rate));
        };
    }

    private String duration() {
        return number(step.toNanos() / 1e6) + " ms";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
