// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.jobs.config.FigureJson;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.laboratory.SeedGroup;
import dev.kedge.jobs.page.ECharts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The page of an experiment: one file with its figures, its script and the library of charts, so
 * that it can be read without a network.
 */
final class Report {
    private static final ObjectMapper JSON = FigureJson.builder().build();

    private final Page page;

    /** What the script draws. */
    private record Page(
            String name,
            List<ReportSeries> series,
            String machine,
            String commit,
            List<String> commits,
            String arrival,
            String data,
            String configuration) {}

    Report(
            ExperimentSettings settings,
            List<SeedGroup<RunResult>> groups,
            Machine machine,
            String data) {
        List<String> commits =
                groups.stream()
                        .flatMap(group -> group.runs().stream())
                        .map(RunResult::commit)
                        .distinct()
                        .toList();
        List<ReportSeries> series = groups.stream().map(ReportSeries::of).toList();
        String name = settings.name();
        String arrival = settings.protocol().arrival().note();
        String here = machine.text();
        String commit = machine.commit();
        String yaml = StrictYaml.write(settings);
        page = new Page(name, series, here, commit, commits, arrival, data, yaml);
    }

    String html() {
        return resource("/experiment/report.html")
                .replace("/*style*/", resource("/experiment/report.css"))
                .replace("/*charts*/", resource(ECharts.RESOURCE))
                .replace("/*data*/", json())
                .replace("/*script*/", resource("/experiment/report.js"));
    }

    /** A name that holds the end of a script must not end this one. */
    private String json() {
        try {
            return JSON.writeValueAsString(page).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Report.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The class path lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
