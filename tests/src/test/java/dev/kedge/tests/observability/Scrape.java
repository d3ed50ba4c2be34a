// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.observability;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a process tells Prometheus at one moment.
 *
 * @param lines samples, without comments
 */
record Scrape(List<Sample> lines) {
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /**
     * One value.
     *
     * @param name of the metric
     * @param labels by name
     * @param value as it was written
     */
    record Sample(String name, Map<String, String> labels, double value) {}

    /** Asks a process. */
    static Scrape of(URI metrics) throws IOException, InterruptedException {
        return parse(
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(metrics).build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    static Scrape parse(String text) {
        List<Sample> lines = new ArrayList<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> lines.add(sample(line)));
        return new Scrape(lines);
    }

    private static Sample sample(String line) {
        Matcher found = LINE.matcher(line);
        if (!found.matches()) {
            throw new IllegalArgumentException("no line of Prometheus: " + line);
        }
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(Optional.ofNullable(found.group(2)).orElse(""));
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        double value = Double.parseDouble(found.group(3).replace("Inf", "Infinity"));
        return new Sample(found.group(1), labels, value);
    }

    /** The names of all metrics, each with the labels that any of its samples has. */
    Map<String, Set<String>> labels() {
        return lines.stream()
                .collect(
                        Collectors.groupingBy(
                                Sample::name,
                                TreeMap::new,
                                Collectors.flatMapping(
                                        one -> one.labels().keySet().stream(),
                                        Collectors.toCollection(TreeSet::new))));
    }

    /** The sum of a metric's samples; empty if there are none, or one is not a number. */
    OptionalDouble sum(String name) {
        double sum = 0;
        boolean any = false;
        for (Sample one : lines) {
            if (one.name().equals(name)) {
                sum += one.value();
                any = true;
            }
        }
        return any && !Double.isNaN(sum) ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }
}
