// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.replay;

import dev.kedge.jobs.laboratory.ads.replay.AdvertiserPast.Past;
import dev.kedge.jobs.laboratory.data.CreativeLife;
import dev.kedge.operators.ads.creative.CreativeContent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of a creative at launch, as columns for a linear model: the advertiser's past, the
 * logarithms of the numbers, and one column for each frequent value of each category, the
 * advertiser among them. Which values are frequent, and each column's mean and deviation, come from
 * the training rows. The text is left out.
 */
public final class LaunchCovariates {
    private static final int LEAST_ROWS = 30;
    private static final int MOST_VALUES = 25;

    private final List<Column> columns;
    private final double[] mean;
    private final double[] deviation;

    /** A column of the design. */
    private interface Column {
        double of(CreativeContent content, Past past);
    }

    /** Chooses and scales the columns by the training rows. */
    public LaunchCovariates(List<CreativeLife> training, List<Past> pasts) {
        columns = columns(training);
        mean = new double[columns.size()];
        deviation = new double[columns.size()];
        double[][] raw = raw(training, pasts);
        for (int j = 0; j < mean.length; j++) {
            scale(raw, j);
        }
    }

    private void scale(double[][] raw, int j) {
        double sum = 0;
        for (double[] row : raw) {
            sum += row[j];
        }
        mean[j] = sum / raw.length;
        double squares = 0;
        for (double[] row : raw) {
            squares += (row[j] - mean[j]) * (row[j] - mean[j]);
        }
        deviation[j] = Math.max(1e-9, Math.sqrt(squares / raw.length));
    }

    /** Standardised columns, lives x columns. */
    public double[][] of(List<CreativeLife> lives, List<Past> pasts) {
        double[][] rows = raw(lives, pasts);
        for (double[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                row[j] = (row[j] - mean[j]) / deviation[j];
            }
        }
        return rows;
    }

    private double[][] raw(List<CreativeLife> lives, List<Past> pasts) {
        double[][] rows = new double[lives.size()][columns.size()];
        for (int i = 0; i < rows.length; i++) {
            CreativeContent content = lives.get(i).launched().content();
            for (int j = 0; j < columns.size(); j++) {
                rows[i][j] = columns.get(j).of(content, pasts.get(i));
            }
        }
        return rows;
    }

    private static List<Column> columns(List<CreativeLife> training) {
        List<Column> columns = new ArrayList<>();
        columns.add((content, past) -> past.meanLogDays());
        columns.add((content, past) -> past.known() > 0 ? 1 : 0);
        columns.add((content, past) -> Math.log1p(past.known()));
        TreeMap<String, Map<String, Integer>> values = new TreeMap<>();
        TreeMap<String, Boolean> numbers = new TreeMap<>();
        for (CreativeLife life : training) {
            CreativeContent content = life.launched().content();
            count(values, "", content.advertiser());
            content.categories().forEach((field, value) -> count(values, field, value));
            content.numbers().keySet().forEach(name -> numbers.put(name, true));
        }
        for (String name : numbers.keySet()) {
            columns.add((content, past) -> logarithm(content.numbers().getOrDefault(name, 0.0)));
        }
        values.forEach((field, counts) -> addFrequent(columns, field, counts));
        return columns;
    }

    private static void count(
            Map<String, Map<String, Integer>> values, String field, String value) {
        values.computeIfAbsent(field, name -> new TreeMap<>()).merge(value, 1, Integer::sum);
    }

    private static void addFrequent(
            List<Column> columns, String field, Map<String, Integer> counts) {
        counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= LEAST_ROWS)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_VALUES)
                .map(Map.Entry::getKey)
                .forEach(value -> columns.add(indicator(field, value)));
    }

    private static Column indicator(String field, String value) {
        return field.isEmpty()
                ? (content, past) -> content.advertiser().equals(value) ? 1 : 0
                : (content, past) -> value.equals(content.categories().get(field)) ? 1 : 0;
    }

    private static double logarithm(double value) {
        return Math.signum(value) * Math.log1p(Math.abs(value));
    }
}
