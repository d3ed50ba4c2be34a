// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.simulator.Pace;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.References;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.files.UserFiles;
import dev.kedge.jobs.flink.JobFailedException;
import dev.kedge.jobs.laboratory.ads.replay.HistoryFile;
import dev.kedge.jobs.laboratory.ads.replay.HistorySettings;
import dev.kedge.jobs.laboratory.ads.replay.Replay;
import dev.kedge.jobs.laboratory.ads.replay.ReplayReport;
import dev.kedge.jobs.laboratory.data.CreativeHistory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays a CSV file of real creatives onto the topics and reports how well they were ranked. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Plays a CSV file of creatives with start and stop onto the topics, in order of event time, and reports the concordance of what the job says beside Kaplan-Meier, the advertiser's past mean and a batch Cox regression.",
        footer = {
            "",
            "Examples:",
            "  kedge replay ads-history.yaml --csv ads.csv",
            "  kedge replay ads-history.yaml --csv ads.csv --speed 30 --json report.json",
            "  kedge replay ads-history.yaml --csv ads.csv --live"
        })
final class ReplayCommand implements Callable<Integer>, EndsItself, KeepsSecrets {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final double SECONDS_A_DAY = 86_400;
    private static final int SHOWN_ROWS = 3;

    @Parameters(
            paramLabel = "HISTORY.yaml",
            description = "Which column means what, and the job that learns.")
    private Path file;

    @Option(
            names = "--csv",
            required = true,
            paramLabel = "FILE",
            description = "The creatives, one a row.")
    private Path csv;

    @Option(
            names = "--speed",
            paramLabel = "DAYS",
            description = "Days of event time a second (default: as fast as they are taken).")
    private Optional<Double> speed = Optional.empty();

    @Option(
            names = "--live",
            description =
                    "Play onto the brokers that the job section names, where the job runs already (default: a broker and the job in this process).")
    private boolean live;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report there too.")
    private Optional<Path> json = Optional.empty();

    @Option(
            names = "--patience",
            defaultValue = "2min",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "Give up where nothing is answered for so long (default: ${DEFAULT-VALUE}).")
    private Duration patience;

    @Spec private CommandSpec spec;

    private References references = References.NONE;

    @Override
    public String hide(String message) {
        return references.hide(message);
    }

    @Override
    public Integer call() throws IOException {
        Pace pace = pace();
        references = StrictYaml.references(StrictYaml.text(file), file.toString());
        HistorySettings settings =
                StrictYaml.read(file, HistorySettings.DEFAULT, HistorySettings.class);
        CreativeHistory history = HistoryFile.read(csv, settings);
        warn(history);
        Path folder = Files.createTempDirectory("kedge-replay");
        try (Interrupt interrupt = new Interrupt();
                Replay replay =
                        live
                                ? Replay.live(settings, history, pace)
                                : Replay.embedded(settings, history, pace, folder)) {
            boolean all = follow(replay, interrupt);
            report(replay.report(), all);
        } finally {
            FileUtils.deleteDirectoryQuietly(folder.toFile());
        }
        return 0;
    }

    private Pace pace() {
        if (speed.filter(days -> !(days > 0 && days <= 1e6)).isPresent()) {
            throw new ConfigurationException(
                    "--speed: "
                            + speed.get()
                            + " is not allowed; it must be above 0, at most 1000000 days a second");
        }
        return speed.map(days -> Pace.times(days * SECONDS_A_DAY)).orElseGet(Pace::unthrottled);
    }

    private void warn(CreativeHistory history) {
        PrintWriter err = spec.commandLine().getErr();
        history.rejected().stream()
                .limit(SHOWN_ROWS)
                .forEach(row -> err.println(csv + ":" + row.line() + ": " + row.reason()));
        if (history.rejected().size() > SHOWN_ROWS) {
            err.println("... " + (history.rejected().size() - SHOWN_ROWS) + " more rows refused");
        }
        err.flush();
    }

    /** Returns whether all was answered; false after an interrupt. */
    private boolean follow(Replay replay, Interrupt interrupt) {
        PrintWriter out = spec.commandLine().getOut();
        Instant nextLine = Instant.now().plus(BETWEEN_LINES);
        Instant lastChange = Instant.now();
        long last = 0;
        while (!done(replay, out)) {
            if (interrupt.await(LOOK)) {
                return false;
            }
            Instant now = Instant.now();
            long moved = replay.played() + replay.answered();
            lastChange = moved > last ? now : lastChange;
            last = moved;
            if (now.isAfter(lastChange.plus(patience))) {
                throw new JobFailedException(
                        format(
                                "nothing was answered for %s: %,d of %,d events; does the job run?",
                                StrictYaml.word(patience), replay.answered(), replay.events()));
            }
            if (now.isAfter(nextLine)) {
                out.print(
                        format(
                                "%,d of %,d events played, %,d answered%n",
                                replay.played(), replay.events(), replay.answered()));
                out.flush();
                nextLine = now.plus(BETWEEN_LINES);
            }
        }
        return true;
    }

    private static boolean done(Replay replay, PrintWriter out) {
        try {
            return replay.done();
        } finally {
            replay.news().forEach(out::println);
            out.flush();
        }
    }

    private void report(ReplayReport report, boolean all) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (!all) {
            out.println("Interrupted; of what was answered so far:");
        }
        out.print(report.table());
        out.flush();
        if (json.isPresent()) {
            UserFiles.write(json.get(), report.json());
        }
    }
}
