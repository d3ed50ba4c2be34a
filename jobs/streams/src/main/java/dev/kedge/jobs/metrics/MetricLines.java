// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.metrics;

import java.util.Comparator;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.metrics.LogicalScopeProvider;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;

/**
 * The metrics of this moment in the text format of Prometheus, 0.0.4, under the names that Flink's
 * own reporter gives them: {@code flink_}, the group's scope, the metric. Counters are told as
 * counters, where Flink's tells gauges; quantiles are a summary in both. Thread-safe.
 */
final class MetricLines {
    private static final Pattern FORBIDDEN = Pattern.compile("[^a-zA-Z0-9_:]");
    private static final double[] QUANTILES = {0.5, 0.95, 0.99};

    /** Flink counts one thing under several groups: a metric alone does not say where it stands. */
    private final Map<Series, Metric> metrics = new ConcurrentHashMap<>();

    /** Where a metric stands: its family's name, and its labels as they are written. */
    private record Series(String family, String labels) implements Comparable<Series> {
        private static final Comparator<Series> ORDER =
                Comparator.comparing(Series::family).thenComparing(Series::labels);

        @Override
        public int compareTo(Series other) {
            return ORDER.compare(this, other);
        }
    }

    void add(Metric metric, String name, MetricGroup group) {
        metrics.put(series(name, group), metric);
    }

    /** One that took its place in the meantime stays. */
    void remove(Metric metric, String name, MetricGroup group) {
        metrics.remove(series(name, group), metric);
    }

    private static Series series(String name, MetricGroup group) {
        String scope =
                LogicalScopeProvider.castFrom(group).getLogicalScope(MetricLines::plain, '_');
        return new Series("flink_" + scope + "_" + plain(name), labels(group));
    }

    private static String labels(MetricGroup group) {
        return new TreeMap<>(group.getAllVariables())
                .entrySet().stream()
                        .map(
                                variable ->
                                        plain(variable.getKey().replaceAll("[<>]", ""))
                                                + "=\""
                                                + escaped(variable.getValue())
                                                + "\"")
                        .collect(Collectors.joining(","));
    }

    private static String plain(String name) {
        return FORBIDDEN.matcher(name).replaceAll("_");
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** All of them, by family. */
    String text() {
        SortedMap<String, StringBuilder> families = new TreeMap<>();
        new TreeMap<>(metrics).forEach((at, metric) -> write(metric, at, families));
        StringBuilder text = new StringBuilder();
        families.values().forEach(text::append);
        return text.toString();
    }

    private static void write(Metric metric, Series at, SortedMap<String, StringBuilder> families) {
        if (metric instanceof Histogram histogram) {
            histogram(histogram, at, family(at, "summary", families));
            return;
        }
        OptionalDouble value = value(metric);
        if (value.isPresent()) {
            String type = metric instanceof Counter ? "counter" : "gauge";
            line(family(at, type, families), at.family(), at.labels(), value.getAsDouble());
        }
    }

    private static StringBuilder family(
            Series at, String type, SortedMap<String, StringBuilder> families) {
        return families.computeIfAbsent(
                at.family(), name -> new StringBuilder("# TYPE " + name + " " + type + "\n"));
    }

    /** What is no number, a text for example, has no place there. */
    private static OptionalDouble value(Metric metric) {
        if (metric instanceof Counter counter) {
            return OptionalDouble.of(counter.getCount());
        }
        if (metric instanceof Meter meter) {
            return OptionalDouble.of(meter.getRate());
        }
        return metric instanceof Gauge<?> gauge ? value(gauge) : OptionalDouble.empty();
    }

    private static OptionalDouble value(Gauge<?> gauge) {
        try {
            Object value = gauge.getValue();
            if (value instanceof Boolean truth) {
                return OptionalDouble.of(truth ? 1 : 0);
            }
            return value instanceof Number number
                    ? OptionalDouble.of(number.doubleValue())
                    : OptionalDouble.empty();
        } catch (RuntimeException e) {
            // A gauge of something that is closed by now; the others still count.
            return OptionalDouble.empty();
        }
    }

    private static void histogram(Histogram histogram, Series at, StringBuilder to) {
        HistogramStatistics statistics = histogram.getStatistics();
        String more = at.labels().isEmpty() ? "" : at.labels() + ",";
        for (double quantile : QUANTILES) {
            String labels = more + "quantile=\"" + quantile + "\"";
            line(to, at.family(), labels, statistics.getQuantile(quantile));
        }
        line(to, at.family() + "_count", at.labels(), histogram.getCount());
    }

    private static void line(StringBuilder to, String name, String labels, double value) {
        to.append(name);
        if (!labels.isEmpty()) {
            to.append('{').append(labels).append('}');
        }
        to.append(' ').append(number(value)).append('\n');
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
