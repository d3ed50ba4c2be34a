// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.laboratory.StudyProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Shows progress with the time left: as a bar on the last line of a terminal; else, for a log or a
 * pipe, as a plain line every ten seconds and one at the end. Thread-safe.
 */
final class ProgressLines {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final int BAR = 30;

    private final PrintWriter out;
    private final boolean inPlace;
    private final LongSupplier nanoTime;
    private long next;
    private int shown;

    private ProgressLines(PrintWriter out, boolean inPlace, LongSupplier nanoTime) {
        this.out = out;
        this.inPlace = inPlace;
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong() + BETWEEN_LINES.toNanos();
    }

    static ProgressLines plain(PrintWriter out, LongSupplier nanoTime) {
        return new ProgressLines(out, false, nanoTime);
    }

    static ProgressLines inPlace(PrintWriter out, LongSupplier nanoTime) {
        return new ProgressLines(out, true, nanoTime);
    }

    /** Says a line, where the bar was if there is one. */
    synchronized void say(String line) {
        if (shown > 0) {
            out.print("\r" + " ".repeat(shown) + "\r");
            shown = 0;
        }
        out.println(line);
        out.flush();
    }

    /** Shows it, if it is time to. */
    synchronized void show(StudyProgress progress) {
        if (inPlace) {
            draw(progress);
            return;
        }
        long now = nanoTime.getAsLong();
        if (now - next >= 0) {
            say(text(progress));
            next = now + BETWEEN_LINES.toNanos();
        }
    }

    /** Shows where it ended. */
    synchronized void end(StudyProgress progress) {
        if (inPlace) {
            draw(progress);
            out.println();
            shown = 0;
        } else {
            say(text(progress));
        }
    }

    private void draw(StudyProgress progress) {
        int full = (int) Math.round(BAR * progress.share());
        String bar = "[" + "=".repeat(full) + " ".repeat(BAR - full) + "] " + text(progress);
        out.print("\r" + bar + " ".repeat(Math.max(0, shown - bar.length())));
        out.flush();
        shown = bar.length();
    }

    static String text(StudyProgress progress) {
        String left = progress.left().map(ProgressLines::word).orElse("unknown");
        String runs = progress.runsOver() + " of " + progress.runs() + " runs, ";
        return format("%.1f %%, ", 100 * progress.share()) + runs + left + " left";
    }

    private static String word(Duration left) {
        return format("%d:%02d:%02d", left.toHours(), left.toMinutesPart(), left.toSecondsPart());
    }
}
