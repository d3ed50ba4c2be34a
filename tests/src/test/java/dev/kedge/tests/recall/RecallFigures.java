// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.recall;

import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.operators.ads.recall.RecallSettings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * How well copies are recognised, beside frozen embeddings and shared words, and what recognising
 * them costs the hazards: mean and half the 95 % t-interval over markets.
 */
public final class RecallFigures {
    private static final double SAME = RecallSettings.Answers.DEFAULT.same();
    private static final double WORDS_SAME = 0.5;

    /** Two-sided 95 % quantiles of Student's t, by degrees of freedom. */
    private static final double[] STUDENT = {0, 12.706, 4.303, 3.182, 2.776, 2.571, 2.447};

    private final Map<String, List<Double>> figures = new LinkedHashMap<>();
    private final int seeds;
    private final boolean images;

    /**
     * What is asked.
     *
     * @param seeds markets, of seeds 1 and up
     * @param images whether creatives have images, too
     */
    public RecallFigures(int seeds, boolean images) {
        this.seeds = seeds;
        this.images = images;
    }

    /** Plays the markets and prints the figures. */
    public void print(PrintWriter out) throws UndecodableException {
        for (int seed = 1; seed <= seeds; seed++) {
            study(new RecallStudy(seed, images));
        }
        for (String name : figures.keySet()) {
            double mean = mean(name);
            double square = values(name).map(v -> (v - mean) * (v - mean)).sum();
            int free = seeds - 1;
            String spread =
                    free < 1 || free >= STUDENT.length
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    " ± %.4f",
                                    STUDENT[free] * Math.sqrt(square / free / seeds));
            out.printf(Locale.ROOT, "%-60s %.4f%s%n", name, mean, spread);
        }
        out.flush();
    }

    private void study(RecallStudy study) {
        double[] without = study.without();
        RecallStudy.Heard learned = study.with(RecallSettings.DEFAULT);
        note("learned", learned.pairs(), SAME);
        note("frozen", study.frozen(), SAME);
        note("shared words", study.words(), WORDS_SAME);
        String[] parts = {"short", "long", "all"};
        for (int i = 0; i < parts.length; i++) {
            String name = "hazards: concordance " + parts[i];
            note(name + ", without", without[i]);
            note(name + ", with", learned.concordance()[i]);
            note(name + ", with less without", learned.concordance()[i] - without[i]);
        }
    }

    private void note(String who, PairScores pairs, double threshold) {
        note(who + ": pairs", pairs.count());
        note(who + ": same", pairs.positives());
        note(who + ": average precision", pairs.averagePrecision());
        note(who + ": area under curve", pairs.areaUnderCurve());
        note(who + ": precision at " + threshold, pairs.precision(threshold));
        note(who + ": recall at " + threshold, pairs.recall(threshold));
        note(who + ": best F1", pairs.bestBalance());
    }

    private void note(String name, double value) {
        figures.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    private double mean(String name) {
        return values(name).average().orElseThrow();
    }

    private DoubleStream values(String name) {
        return figures.get(name).stream().mapToDouble(Double::doubleValue);
    }
}
