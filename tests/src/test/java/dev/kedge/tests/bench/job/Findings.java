// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import static dev.kedge.state.text.Text.format;

import com.google.errorprone.annotations.FormatMethod;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Collects figures, and says each as soon as it is there. */
final class Findings {
    private final PrintWriter out;
    private final List<Figure> figures = new ArrayList<>();
    private final List<Timeline> timelines = new ArrayList<>();

    Findings(PrintWriter out) {
        this.out = out;
    }

    /** Where a figure was measured. */
    record Place(String job, Question question, String setting) {}

    void add(Place place, String name, double value) {
        String question = place.question().toString();
        figures.add(new Figure(place.job(), question, place.setting(), name, value));
        say("%s, %s: %s %s", place.job(), place.setting(), name, number(value));
    }

    /** As many digits as mean something. */
    static String number(double value) {
        return Math.abs(value) >= 100 ? format("%,.0f", value) : format("%.3g", value);
    }

    void add(Timeline timeline) {
        timelines.add(timeline);
    }

    @FormatMethod
    void say(String line, Object... values) {
        out.println(format(line, values));
        out.flush();
    }

    List<Figure> figures() {
        return List.copyOf(figures);
    }

    List<Timeline> timelines() {
        return List.copyOf(timelines);
    }
}
