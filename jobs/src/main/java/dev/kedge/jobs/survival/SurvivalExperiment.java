// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.survival;

import dev.kedge.jobs.files.UserFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Runs every variant with every seed and writes {@code results.csv}, {@code report.md} and charts.
 * The figures follow from the settings and the data alone.
 */
public final class SurvivalExperiment {
    private final SurvivalExperimentSettings settings;
    private final Path folder;

    /**
     * An experiment.
     *
     * @param folder where its files go
     */
    public SurvivalExperiment(SurvivalExperimentSettings settings, Path folder) {
        this.settings = settings;
        this.folder = folder;
    }

    /**
     * Runs it; what is done so far is in the files after each run.
     *
     * @param say takes a line for each result
     * @return the tables
     * @throws dev.kedge.jobs.config.ConfigurationException if the data cannot be read
     */
    public String run(Consumer<String> say) {
        Study study = study();
        List<Result> results = new ArrayList<>();
        study.run(
                result -> {
                    results.add(result);
                    say.accept(line(study.figures(), result));
                    write(new SurvivalTable(study.figures(), results));
                });
        SurvivalTable table = new SurvivalTable(study.figures(), results);
        try {
            SurvivalChart.write(table, study.figures(), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table.markdown();
    }

    private Study study() {
        return switch (settings.kind()) {
            case MARKET -> new MarketStudy(settings);
            case ADS -> AdsStudy.of(settings);
            case SETS -> SetsStudy.of(settings);
        };
    }

    private static String line(List<String> figures, Result result) {
        StringBuilder line = new StringBuilder();
        line.append("seed ").append(result.seed()).append(", ").append(result.part());
        line.append(", ").append(result.ranking()).append(':');
        for (int i = 0; i < figures.size(); i++) {
            line.append(
                    String.format(Locale.ROOT, " %s %.3f", figures.get(i), result.values().get(i)));
        }
        return line.toString();
    }

    private void write(SurvivalTable table) {
        write("results.csv", table.csv());
        write("report.md", "# " + settings.name() + "\n" + table.markdown());
    }

    private void write(String name, String text) {
        try {
            UserFiles.createDirectories(folder);
            UserFiles.write(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
