// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.jobs.config.FigureJson;
import dev.kedge.jobs.laboratory.Columns;
import dev.kedge.jobs.page.ECharts;
import dev.kedge.tests.bench.Figures;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The files of a measurement: JSON, CSV and a page that can be read without a network.
 *
 * @param folder where they go
 * @param name of each, without its ending
 * @param out is told where they are
 */
public record BenchReport(Path folder, String name, PrintWriter out) {
    private static final ObjectMapper JSON = FigureJson.builder().build();

    /** Keeps what is there so far. */
    public void keep(BenchResult result) {
        Figures.write(folder, name, result);
    }

    /** Writes all files and says where they are. */
    public void write(BenchResult result) {
        out.println(Figures.write(folder, name, result));
        out.println(write("csv", csv(result)));
        out.println(write("html", html(result)));
        out.flush();
    }

    private Path write(String ending, String text) {
        try {
            return Files.writeString(folder.resolve(name + "." + ending), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String csv(BenchResult result) {
        String head = "job,question,setting,name,value,command,commit,processor\n";
        return result.figures().stream()
                .map(figure -> row(figure, result))
                .collect(Collectors.joining("", head, ""));
    }

    private static String row(Figure figure, BenchResult result) {
        return List.of(
                                figure.job(),
                                figure.question(),
                                figure.setting(),
                                figure.name(),
                                Double.toString(figure.value()),
                                result.command(),
                                result.machine().commit(),
                                result.machine().processor())
                        .stream()
                        .map(Columns::quoted)
                        .collect(Collectors.joining(","))
                + "\n";
    }

    private static String html(BenchResult result) {
        return resource("/bench/report.html")
                .replace("/*style*/", resource("/experiment/report.css"))
                .replace("/*charts*/", resource(ECharts.RESOURCE))
                .replace("/*data*/", json(result))
                .replace("/*script*/", resource("/bench/report.js"));
    }

    /** A name that holds the end of a script must not end this one. */
    private static String json(BenchResult result) {
        try {
            return JSON.writeValueAsString(result).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = BenchReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The class path lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
