// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.laboratory.ads.SurvivalExperimentSettings.PatientSet;
import dev.kedge.jobs.laboratory.data.ArffReader;
import dev.kedge.jobs.laboratory.data.ArffTable;
import dev.kedge.jobs.laboratory.data.ArffTable.Attribute;
import dev.kedge.jobs.laboratory.data.ArffTable.Content;
import dev.kedge.jobs.laboratory.data.DatasetFormatException;
import dev.kedge.operators.ads.creative.CreativeContent;
import dev.kedge.operators.ads.metrics.Outcomes;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Patients of one set. Numbers are facts, nominal attributes are categories; what is missing is
 * left out.
 *
 * @param name of the set
 * @param numbers names of the numeric inputs
 * @param rows the patients in the order of the file
 */
record Patients(String name, List<String> numbers, List<Patient> rows) {

    /**
     * One patient.
     *
     * @param content the inputs
     * @param days days until the event, or until last seen
     * @param event whether the event happened then
     */
    record Patient(CreativeContent content, double days, boolean event) {}

    /**
     * Reads a set.
     *
     * @throws ConfigurationException if it cannot be read, or is not as the settings say
     */
    static Patients read(Path folder, PatientSet settings) {
        Path file = folder.resolve(settings.file());
        try {
            return of(file.toString(), ArffReader.read(file), settings);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(file + ": there is no such file");
        } catch (DatasetFormatException e) {
            throw new ConfigurationException(e.getMessage());
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read (" + e.getMessage() + ")");
        }
    }

    private static Patients of(String file, ArffTable table, PatientSet settings) {
        int time = index(file, table, settings.time());
        int event = index(file, table, settings.event());
        settings.leaveOut().forEach(name -> index(file, table, name));
        List<Integer> inputs = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < table.attributes().size(); i++) {
            Attribute attribute = table.attributes().get(i);
            if (i != time && i != event && !settings.leaveOut().contains(attribute.name())) {
                inputs.add(i);
                if (attribute.type() == Content.NUMBER) {
                    numbers.add(attribute.name());
                }
            }
        }
        List<Patient> rows = new ArrayList<>();
        for (List<Optional<String>> row : table.rows()) {
            double days = Double.parseDouble(known(file, row, time, settings.time()));
            if (days < 0) {
                throw ConfigurationException.of(
                        "%s: %s: %s is not allowed; it must be at least 0",
                        file, settings.time(), days);
            }
            String happened = known(file, row, event, settings.event());
            CreativeContent content = content(table.attributes(), inputs, row);
            rows.add(new Patient(content, days, happened.equals(settings.happened())));
        }
        if (rows.size() < 10 || rows.stream().noneMatch(Patient::event)) {
            throw new ConfigurationException(
                    file + ": must have at least 10 rows, and events among them");
        }
        return new Patients(settings.file().replaceFirst("\\.[^.]*$", ""), numbers, rows);
    }

    private static int index(String file, ArffTable table, String attribute) {
        List<String> names = table.attributes().stream().map(Attribute::name).toList();
        return table.find(attribute)
                .orElseThrow(
                        () ->
                                ConfigurationException.of(
                                        "%s has no attribute '%s'; it has %s",
                                        file, attribute, names));
    }

    private static String known(
            String file, List<Optional<String>> row, int index, String attribute) {
        return row.get(index)
                .orElseThrow(
                        () ->
                                new ConfigurationException(
                                        file + ": " + attribute + " is missing in a row"));
    }

    private static CreativeContent content(
            List<Attribute> attributes, List<Integer> inputs, List<Optional<String>> row) {
        TreeMap<String, String> categories = new TreeMap<>();
        TreeMap<String, Double> numbers = new TreeMap<>();
        for (int i : inputs) {
            Attribute attribute = attributes.get(i);
            row.get(i)
                    .ifPresent(
                            value -> {
                                if (attribute.type() == Content.NUMBER) {
                                    numbers.put(attribute.name(), Double.valueOf(value));
                                } else {
                                    categories.put(attribute.name(), value);
                                }
                            });
        }
        return CreativeContent.of("", "", categories, numbers, new float[0]);
    }

    /** What became of patients. */
    static Outcomes outcomes(List<Patient> patients) {
        double[] times = patients.stream().mapToDouble(Patient::days).toArray();
        boolean[] events = new boolean[times.length];
        for (int i = 0; i < events.length; i++) {
            events[i] = patients.get(i).event();
        }
        return new Outcomes(times, events);
    }
}
