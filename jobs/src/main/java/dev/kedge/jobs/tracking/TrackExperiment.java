// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracking;

import dev.kedge.jobs.files.UserFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Runs every variant with every seed and writes {@code results.csv} and {@code report.md}. The
 * figures follow from the settings and the images alone; speeds do not.
 */
public final class TrackExperiment {
    private final TrackExperimentSettings settings;
    private final Path folder;

    /**
     * An experiment.
     *
     * @param folder where its files go
     */
    public TrackExperiment(TrackExperimentSettings settings, Path folder) {
        this.settings = settings;
        this.folder = folder;
    }

    /**
     * Runs it; what is done so far is in the files after each run.
     *
     * @param say takes a line for each run
     * @return the table
     * @throws dev.kedge.jobs.config.ConfigurationException if the images cannot be read
     */
    public String run(Consumer<String> say) {
        Images images = Images.read(settings.data());
        List<TrackResult> results = new ArrayList<>();
        String table = "";
        for (long seed : settings.seeds()) {
            for (Variant variant : settings.variants()) {
                TrackResult result = new TrackRun(settings, images, variant, seed).run();
                results.add(result);
                say.accept(
                        String.format(
                                Locale.ROOT,
                                "%s, seed %d: IDF1 %.1f, %d switches",
                                variant,
                                seed,
                                100 * result.identity().f1(),
                                result.clear().switches()));
                TrackTable figures = new TrackTable(results);
                table = figures.markdown();
                write("results.csv", figures.csv());
                write("report.md", "# " + settings.name() + "\n\n" + table);
            }
        }
        return table;
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
