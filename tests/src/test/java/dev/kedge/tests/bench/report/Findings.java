// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.report;

import static dev.kedge.state.text.Text.format;

import com.google.errorprone.annotations.FormatMethod;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Collects figures, and says each as soon as it is there. */
public final class Findings {
    private final PrintWriter out;
    private final List<Figure> figures = new ArrayList<>();
    private final List<Timeline> timelines = new ArrayList<>();

    /** Collects, and says so there. */
    public Findings(PrintWriter out) {
        this.out = out;
    }

    /**
     * Where a figure was measured.
     *
     * @param job which job, or who else
     * @param question what was asked
     * @param setting under which circumstances
     */
    public record Place(String job, String question, String setting) {}

    /** Adds a figure; its name has its unit. */
    public void add(Place place, String name, double value) {
        figures.add(new Figure(place.job(), place.question(), place.setting(), name, value));
        say("%s, %s: %s %s", place.job(), place.setting(), name, number(value));
    }

    /** As many digits as mean something. */
    static String number(double value) {
        return Math.abs(value) >= 100 ? format("%,.0f", value) : format("%.3g", value);
    }

    /** Adds a course of latencies. */
    public void add(Timeline timeline) {
        timelines.add(timeline);
    }

    /** Says a line. */
    @FormatMethod
    public void say(String line, Object... values) {
        out.println(format(line, values));
        out.flush();
    }

    /** What is there so far. */
    public List<Figure> figures() {
        return List.copyOf(figures);
    }

    /** What is there so far. */
    public List<Timeline> timelines() {
        return List.copyOf(timelines);
    }
}
