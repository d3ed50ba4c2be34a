// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import dev.kedge.jobs.laboratory.ads.Patients.Patient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Patients as columns for a linear model: numbers, with the mean where they are missing and a
 * column that says so, and one column for each value of a category but the first. Values, means and
 * deviations are those of the training rows.
 */
final class PatientCovariates {
    private final List<Column> columns = new ArrayList<>();
    private final double[] mean;
    private final double[] deviation;

    /** A column; empty where the value is missing. */
    private interface Column {
        OptionalDouble of(Patient patient);
    }

    PatientCovariates(List<Patient> training) {
        addNumbers(training);
        addCategories(training);
        mean = new double[columns.size()];
        deviation = new double[columns.size()];
        for (int j = 0; j < mean.length; j++) {
            double[] values =
                    training.stream()
                            .map(columns.get(j)::of)
                            .filter(OptionalDouble::isPresent)
                            .mapToDouble(OptionalDouble::getAsDouble)
                            .toArray();
            double sum = 0;
            double squares = 0;
            for (double value : values) {
                sum += value;
            }
            mean[j] = values.length == 0 ? 0 : sum / values.length;
            for (double value : values) {
                squares += (value - mean[j]) * (value - mean[j]);
            }
            deviation[j] = Math.max(1e-9, Math.sqrt(squares / Math.max(1, values.length)));
        }
    }

    private void addNumbers(List<Patient> training) {
        TreeSet<String> names = new TreeSet<>();
        training.forEach(patient -> names.addAll(patient.content().numbers().keySet()));
        for (String name : names) {
            columns.add(
                    patient -> {
                        Double value = patient.content().numbers().get(name);
                        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
                    });
            columns.add(
                    patient ->
                            OptionalDouble.of(
                                    patient.content().numbers().containsKey(name) ? 0 : 1));
        }
    }

    private void addCategories(List<Patient> training) {
        Map<String, TreeSet<String>> values = new TreeMap<>();
        for (Patient patient : training) {
            patient.content()
                    .categories()
                    .forEach(
                            (field, value) ->
                                    values.computeIfAbsent(field, name -> new TreeSet<>())
                                            .add(value));
        }
        values.forEach(
                (field, known) ->
                        known.stream()
                                .skip(1)
                                .forEach(
                                        value ->
                                                columns.add(
                                                        patient ->
                                                                OptionalDouble.of(
                                                                        value.equals(
                                                                                        patient.content()
                                                                                                .categories()
                                                                                                .get(
                                                                                                        field))
                                                                                ? 1
                                                                                : 0))));
    }

    /** Standardised columns, patients x columns. */
    double[][] of(List<Patient> patients) {
        double[][] rows = new double[patients.size()][columns.size()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.size(); j++) {
                double value = columns.get(j).of(patients.get(i)).orElse(mean[j]);
                rows[i][j] = (value - mean[j]) / deviation[j];
            }
        }
        return rows;
    }
}
