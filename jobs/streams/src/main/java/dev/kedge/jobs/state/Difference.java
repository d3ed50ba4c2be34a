// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import static dev.kedge.state.text.Text.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.util.FileUtils;

/**
 * How the models of savepoint B differ from those of savepoint A.
 *
 * @param onlyInA models that B does not have
 * @param onlyInB models that A does not have
 * @param different models that both have, with other bytes
 * @param same how many models are equal to the byte
 * @param parts which parts of the first of the different models differ, and how
 * @param limit most models, and most parts of each, that are told one by one
 */
public record Difference(
        SortedSet<String> onlyInA,
        SortedSet<String> onlyInB,
        SortedSet<String> different,
        long same,
        SortedMap<String, SortedMap<String, String>> parts,
        int limit) {

    // Thousands of ledger entries may differ; what the learner learned must not drown in them.
    private static final Comparator<Map.Entry<String, String>> LEARNER_FIRST =
            Comparator.comparing(part -> !part.getKey().startsWith("learner/"));

    /** Compares two savepoints: digests of all models, then the parts of those that differ. */
    public static Difference between(ModelSavepoint a, ModelSavepoint b, int limit) {
        SortedMap<String, String> digests = new TreeMap<>();
        a.figures(model -> digests.put(model.model(), model.digest()));
        SortedSet<String> onlyInB = new TreeSet<>();
        SortedSet<String> different = new TreeSet<>();
        long[] same = new long[1];
        b.figures(
                model -> {
                    String left = digests.remove(model.model());
                    if (left == null) {
                        onlyInB.add(model.model());
                    } else if (left.equals(model.digest())) {
                        same[0]++;
                    } else {
                        different.add(model.model());
                    }
                });
        SortedSet<String> told =
                different.stream().limit(limit).collect(Collectors.toCollection(TreeSet::new));
        return new Difference(
                new TreeSet<>(digests.keySet()),
                onlyInB,
                different,
                same[0],
                told.isEmpty() ? new TreeMap<>() : parts(a, b, told),
                limit);
    }

    private static SortedMap<String, SortedMap<String, String>> parts(
            ModelSavepoint a, ModelSavepoint b, SortedSet<String> models) {
        Path folder = temporary();
        try {
            PartComparison comparison = new PartComparison(folder);
            a.parts(models, comparison::left);
            b.parts(models, comparison::right);
            return comparison.differences();
        } finally {
            FileUtils.deleteDirectoryQuietly(folder.toFile());
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("kedge-diff");
        } catch (IOException e) {
            throw new StateException("no temporary folder for vectors: " + e.getMessage(), e);
        }
    }

    /** Whether every model has the same bytes on both sides. */
    public boolean identical() {
        return onlyInA.isEmpty() && onlyInB.isEmpty() && different.isEmpty();
    }

    /** For people. */
    public String text() {
        if (identical()) {
            return format("identical: %,d models%n", same);
        }
        StringBuilder text = new StringBuilder();
        listed(text, "", onlyInA.stream().map(model -> model + ": only in A").toList());
        listed(text, "", onlyInB.stream().map(model -> model + ": only in B").toList());
        parts.forEach(
                (model, differing) -> {
                    text.append(model).append(": differs\n");
                    listed(
                            text,
                            "  ",
                            differing.entrySet().stream()
                                    .sorted(LEARNER_FIRST)
                                    .map(part -> part.getKey() + ": " + part.getValue())
                                    .toList());
                });
        more(text, "", different.size() - parts.size());
        return text.append(
                        format(
                                "different: %,d models differ, %,d only in A, %,d only in"
                                        + " B; %,d are identical%n",
                                different.size(), onlyInA.size(), onlyInB.size(), same))
                .toString();
    }

    private void listed(StringBuilder text, String indent, List<String> lines) {
        lines.stream().limit(limit).forEach(line -> text.append(indent).append(line).append('\n'));
        more(text, indent, lines.size() - limit);
    }

    private static void more(StringBuilder text, String indent, int left) {
        if (left > 0) {
            text.append(indent).append(format("... and %,d more%n", left));
        }
    }
}
