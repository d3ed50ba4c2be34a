// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.codec.UndecodableException;
import dev.kedge.operators.recall.RecallSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/**
 * Prints how well copies are recognised, and whether recognising them costs the hazards anything.
 * {@code -Dkedge.recall.seeds=5} is what REPRODUCIBILITY.md reports; a build looks at one. With
 * {@code -Dkedge.recall.images=true} creatives have images, too.
 */
class RecallStudyITCase {
    private static final int SEEDS = Integer.getInteger("kedge.recall.seeds", 1);
    private static final boolean IMAGES = Boolean.getBoolean("kedge.recall.images");
    private static final double SAME = RecallSettings.Answers.DEFAULT.same();
    private static final double WORDS_SAME = 0.5;

    /** Two-sided 95 % quantiles of Student's t, by degrees of freedom. */
    private static final double[] STUDENT = {0, 12.706, 4.303, 3.182, 2.776, 2.571, 2.447};

    private final Map<String, List<Double>> figures = new LinkedHashMap<>();

    @Test
    void learnedEmbeddingsRecogniseMoreThanFrozenOnesAndTheHazardsStayAsGood()
            throws UndecodableException {
        for (int seed = 1; seed <= SEEDS; seed++) {
            study(new RecallStudy(seed, IMAGES));
        }
        print();

        assertThat(mean("learned: average precision"))
                .isGreaterThan(mean("frozen: average precision"));
        assertThat(mean("hazards: concordance all, with less without")).isGreaterThan(-0.06);
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

    private void print() {
        for (String name : figures.keySet()) {
            double mean = mean(name);
            double square = values(name).map(v -> (v - mean) * (v - mean)).sum();
            int free = SEEDS - 1;
            String spread =
                    free < 1 || free >= STUDENT.length
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    " ± %.4f",
                                    STUDENT[free] * Math.sqrt(square / free / SEEDS));
            System.out.printf(Locale.ROOT, "recall: %-60s %.4f%s%n", name, mean, spread);
        }
    }
}
