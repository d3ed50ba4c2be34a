// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.command.demo.FollowedDemo;
import dev.kedge.jobs.flink.JobFailedException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Follows a running demo: one line every few seconds, until its time is over or Ctrl-C comes. */
final class DemoLines {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final FollowedDemo demo;
    private final Interrupt interrupt;
    private final PrintWriter out;

    DemoLines(FollowedDemo demo, Interrupt interrupt, PrintWriter out) {
        this.demo = demo;
        this.interrupt = interrupt;
        this.out = out;
        out.println("Kedge runs: open " + demo.uri() + " (Ctrl-C ends it)");
        out.println("Its files are in " + demo.files().folder() + " and go with it");
        out.flush();
    }

    /**
     * Writes lines until the demo is over. Its time begins when the job runs: a slow start takes
     * nothing of it.
     *
     * @param time how long; empty for ever
     * @param figures what a line says after the seconds
     * @throws JobFailedException if the job fails
     */
    void follow(Optional<Duration> time, Supplier<String> figures) {
        requireRunning();
        settle(() -> !demo.runs(), this::requireRunning);
        Instant began = Instant.now();
        Optional<Instant> end = time.map(began::plus);
        boolean over = false;
        while (!over) {
            over =
                    interrupt.await(untilNextLine(end))
                            || end.filter(Instant.now()::isAfter).isPresent();
            requireRunning();
            long seconds = Duration.between(began, Instant.now()).toSeconds();
            String size = demo.files().size();
            out.print(format("%4d s  %s; %s on disk%n", seconds, figures.get(), size));
            out.flush();
        }
    }

    /** Waits as long as there is something to wait for, unless an interrupt comes. */
    void settle(BooleanSupplier waits, Runnable look) {
        while (waits.getAsBoolean() && !interrupt.await(LOOK)) {
            look.run();
        }
    }

    /**
     * Looks at the job.
     *
     * @throws JobFailedException if it is over
     */
    void requireRunning() {
        Optional<String> over = demo.failure();
        demo.news().forEach(out::println);
        out.flush();
        if (over.isPresent()) {
            throw new JobFailedException("the job is over: " + over.get());
        }
    }

    private static Duration untilNextLine(Optional<Instant> end) {
        Duration left =
                end.map(at -> Duration.between(Instant.now(), at).plusMillis(1))
                        .orElse(BETWEEN_LINES);
        Duration least = left.compareTo(BETWEEN_LINES) < 0 ? left : BETWEEN_LINES;
        return least.isNegative() ? Duration.ZERO : least;
    }
}
