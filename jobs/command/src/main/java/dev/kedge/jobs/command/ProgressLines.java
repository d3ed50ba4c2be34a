// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.laboratory.StudyProgress;
import java.io.PrintWriter;
import java.time.Duration;

/** Shows progress with the time left: on one line of a terminal, or in lines for a log. */
final class ProgressLines {
    private static final int LOOKS_BETWEEN_LINES = 50;
    private static final int BAR = 30;

    private final PrintWriter out;
    private final boolean inPlace;
    private int looks;

    private ProgressLines(PrintWriter out, boolean inPlace) {
        this.out = out;
        this.inPlace = inPlace;
    }

    static ProgressLines plain(PrintWriter out) {
        return new ProgressLines(out, false);
    }

    static ProgressLines inPlace(PrintWriter out) {
        return new ProgressLines(out, true);
    }

    /** Shows it, if it is time to. */
    void show(StudyProgress progress) {
        looks++;
        if (inPlace) {
            int full = (int) Math.round(BAR * progress.share());
            String bar = "=".repeat(full) + " ".repeat(BAR - full);
            out.print("\r[" + bar + "] " + text(progress) + "   ");
            out.flush();
        } else if (looks % LOOKS_BETWEEN_LINES == 0) {
            out.println(text(progress));
            out.flush();
        }
    }

    void end() {
        if (inPlace) {
            out.println();
        }
    }

    static String text(StudyProgress progress) {
        Duration left = progress.left();
        String time =
                format("%d:%02d:%02d", left.toHours(), left.toMinutesPart(), left.toSecondsPart());
        String runs = progress.runsOver() + " of " + progress.runs() + " runs, ";
        return format("%.1f %%, ", 100 * progress.share())
                + runs
                + (left.isZero() ? "unknown" : time)
                + " left";
    }
}
