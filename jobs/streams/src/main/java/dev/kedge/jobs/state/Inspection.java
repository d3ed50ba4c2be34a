// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import static dev.kedge.state.text.Text.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.jobs.state.ModelFigures.Size;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * What is in a savepoint.
 *
 * @param savepoint its path
 * @param operator uid of the operator
 * @param largest the largest models, the largest first
 * @param summary all models
 */
public record Inspection(
        String savepoint, String operator, List<ModelFigures> largest, Summary summary) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Comparator<ModelFigures> LARGEST_FIRST =
            Comparator.comparingLong(ModelFigures::bytes)
                    .reversed()
                    .thenComparing(ModelFigures::model);

    /**
     * All models together.
     *
     * @param models number of models
     * @param total parts and bytes of all
     * @param median bytes of the model in the middle; of an even number, the mean of the two
     * @param families parts and bytes by family
     * @param formats all binary formats that occur
     */
    record Summary(
            long models,
            Size total,
            long median,
            SortedMap<String, Size> families,
            SortedSet<String> formats) {}

    /**
     * Reads a savepoint. The figures of the largest models are kept, and the size of every model.
     *
     * @param limit most models that are told one by one
     */
    public static Inspection of(ModelSavepoint savepoint, int limit) {
        PriorityQueue<ModelFigures> largest = new PriorityQueue<>(LARGEST_FIRST.reversed());
        LongStream.Builder sizes = LongStream.builder();
        SortedMap<String, Size> families = new TreeMap<>();
        SortedSet<String> formats = new TreeSet<>();
        savepoint.figures(
                model -> {
                    largest.add(model);
                    if (largest.size() > limit) {
                        largest.remove();
                    }
                    sizes.add(model.bytes());
                    model.families()
                            .forEach((name, size) -> families.merge(name, size, Size::plus));
                    formats.addAll(model.formats());
                });
        long[] sorted = sizes.build().sorted().toArray();
        return new Inspection(
                savepoint.path(),
                savepoint.uid(),
                largest.stream().sorted(LARGEST_FIRST).toList(),
                new Summary(sorted.length, total(families), median(sorted), families, formats));
    }

    private static Size total(SortedMap<String, Size> families) {
        return families.values().stream().reduce(new Size(0, 0), Size::plus);
    }

    private static long median(long[] sorted) {
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return 0;
        }
        return sorted.length % 2 == 1
                ? sorted[middle]
                : sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2;
    }

    /** For people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (ModelFigures model : largest) {
            line(text, model.model(), new Size(model.parts(), model.bytes()));
            text.append("  formats: ").append(String.join(", ", model.formats())).append('\n');
            families(text, model.families());
        }
        if (largest.size() < summary.models()) {
            text.append(format("... and %,d models more%n", summary.models() - largest.size()));
        }
        line(text, format("all %,d models of '%s'", summary.models(), operator), summary.total());
        text.append("  formats: ").append(String.join(", ", summary.formats())).append('\n');
        families(text, summary.families());
        text.append(format("  median %,d bytes a model", summary.median()));
        largest.stream()
                .findFirst()
                .ifPresent(
                        model ->
                                text.append(
                                        format(
                                                ", largest %,d (%s)",
                                                model.bytes(), model.model())));
        return text.append('\n').toString();
    }

    private static void line(StringBuilder text, String what, Size size) {
        text.append(format("%s: %,d bytes in %,d parts%n", what, size.bytes(), size.parts()));
    }

    private static void families(StringBuilder text, Map<String, Size> families) {
        families.forEach(
                (name, size) ->
                        text.append(
                                format(
                                        "  %-24s %,14d bytes %,10d %s%n",
                                        name,
                                        size.bytes(),
                                        size.parts(),
                                        size.parts() == 1 ? "part" : "parts")));
    }

    /** For programs. */
    public String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("savepoint", savepoint).put("operator", operator);
        for (ModelFigures model : largest) {
            ObjectNode node = root.withArray("models").addObject();
            node.put("model", model.model());
            node.put("bytes", model.bytes()).put("parts", model.parts());
            node.put("digest", model.digest());
            fill(node, model.families(), model.formats());
        }
        ObjectNode all = root.putObject("summary");
        all.put("models", summary.models());
        all.put("bytes", summary.total().bytes()).put("parts", summary.total().parts());
        all.put("medianBytes", summary.median());
        all.put(
                "largestBytes",
                largest.stream().mapToLong(ModelFigures::bytes).findFirst().orElse(0));
        fill(all, summary.families(), summary.formats());
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fill(
            ObjectNode node, Map<String, Size> families, Collection<String> formats) {
        formats.forEach(node.putArray("formats")::add);
        ObjectNode composition = node.putObject("families");
        families.forEach(
                (name, size) ->
                        composition
                                .putObject(name)
                                .put("bytes", size.bytes())
                                .put("parts", size.parts()));
    }
}
