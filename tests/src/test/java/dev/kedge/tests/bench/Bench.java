// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.operators.encoder.InputNormalisation;
import dev.kedge.tests.bench.gpu.GpuBenchCommand;
import dev.kedge.tests.bench.grouped.GroupedBenchCommand;
import dev.kedge.tests.bench.job.JobBenchCommand;
import dev.kedge.tests.bench.peers.PeersCommand;
import dev.kedge.tests.recall.RecallFigures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.FileUtils;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The benchmarks as commands. */
@Command(
        name = "kedge bench",
        mixinStandardHelpOptions = true,
        subcommands = {
            JobBenchCommand.class,
            PeersCommand.class,
            GroupedBenchCommand.class,
            GpuBenchCommand.class
        },
        description =
                "Measures Kedge on this machine. Results go to target/bench/NAME.json with commit, machine and JVM, plots beside them.")
public final class Bench implements Runnable {

    @Spec private CommandSpec spec;

    /** Runs a benchmark and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    private static CommandLine commandLine() {
        return new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Command(
            name = "operator",
            mixinStandardHelpOptions = true,
            description =
                    "Records a second: operator, ValueState for each record, bare loop, pipeline alone.")
    int operator(
            @Option(names = "--rounds", defaultValue = "5") int rounds,
            @Option(
                            names = "--seconds",
                            defaultValue = "2",
                            description = "Length of one measurement.")
                    double seconds,
            @Option(
                            names = "--cache-share",
                            defaultValue = "0.1",
                            description =
                                    "Part of the models that the cache holds where the working set shall not fit.")
                    double cacheShare,
            @Option(names = "--managed", defaultValue = "256m", description = "Memory for RocksDB.")
                    String managed,
            @Option(
                            names = "--models",
                            split = ",",
                            defaultValue = "1,1000,100000",
                            description = "Numbers of models of about 5,000 parameters.")
                    List<Integer> models,
            @Option(
                            names = "--no-large",
                            description = "Leave the model of 1,000,000 parameters out.")
                    boolean noLarge) {
        OperatorBench.Settings settings =
                new OperatorBench.Settings(
                        rounds, seconds, cacheShare, MemorySize.parse(managed), models, !noLarge);
        OperatorBench.Result result =
                new OperatorBench(settings, out())
                        .run(interim -> Figures.write(Figures.FOLDER, "operator", interim));
        save("operator", result);
        say(plots().operator(result));
        return 0;
    }

    @Command(
            name = "checkpoint",
            mixinStandardHelpOptions = true,
            description = "Bytes and duration of a checkpoint by the share of models that changed.")
    int checkpoint(
            @Option(names = "--models", defaultValue = "10000") int models,
            @Option(names = "--rounds", defaultValue = "3") int rounds,
            @Option(names = "--shares", split = ",", defaultValue = "0,0.01,0.1,0.5,1")
                    List<Double> shares,
            @Option(names = "--managed", defaultValue = "256m", description = "Memory for RocksDB.")
                    String managed)
            throws IOException {
        CheckpointBench.Settings settings =
                new CheckpointBench.Settings(models, shares, rounds, MemorySize.parse(managed));
        Path folder = Files.createTempDirectory("kedge-bench");
        try {
            CheckpointBench.Result result = new CheckpointBench(settings, folder, out()).run();
            save("checkpoint", result);
            say(plots().checkpoint(result));
        } finally {
            FileUtils.deleteDirectoryQuietly(folder.toFile());
        }
        return 0;
    }

    @Command(
            name = "soak",
            mixinStandardHelpOptions = true,
            description = {
                "Memory over hours of a simulated ad market at full speed, with a bounded cache.",
                "For what is the JVM's and what is not: KEDGE_JVM_OPTS=-XX:NativeMemoryTracking=summary"
            })
    int soak(
            @Option(names = "--hours", defaultValue = "24", description = "Hours of event time.")
                    int hours,
            @Option(
                            names = "--lead-days",
                            defaultValue = "1",
                            description = "Days of event time before.")
                    int leadDays,
            @Option(names = "--markets", defaultValue = "60") int markets,
            @Option(names = "--launches", defaultValue = "500", description = "A day and market.")
                    double launches,
            @Option(names = "--cache", defaultValue = "40m") String cache,
            @Option(names = "--managed", defaultValue = "128m", description = "Memory for RocksDB.")
                    String managed)
            throws IOException {
        SoakBench.Settings settings =
                new SoakBench.Settings(
                        hours,
                        leadDays,
                        markets,
                        launches,
                        MemorySize.parse(cache),
                        MemorySize.parse(managed),
                        5_000,
                        1_000);
        Path folder = Files.createTempDirectory("kedge-bench");
        try {
            SoakBench.Result result = new SoakBench(settings, folder, out()).run();
            save("soak", result);
            say(plots().soak(result));
        } finally {
            FileUtils.deleteDirectoryQuietly(folder.toFile());
        }
        return 0;
    }

    @Command(
            name = "calibration",
            mixinStandardHelpOptions = true,
            description =
                    "How well the ad job's probabilities and bands fit in simulated markets with known hazards.")
    int calibration(
            @Option(names = "--seeds", defaultValue = "5", description = "Markets.") int seeds,
            @Option(names = "--first-seed", defaultValue = "1") long firstSeed,
            @Option(names = "--days", defaultValue = "200", description = "Of each market.")
                    int days)
            throws UndecodableException {
        new CalibrationBench(seeds, firstSeed, out()).run(days);
        return 0;
    }

    @Command(
            name = "advice",
            mixinStandardHelpOptions = true,
            description =
                    "What the ad job's advice is worth in the demo's markets, and how often it changes.")
    int advice(
            @Option(
                            names = "--seeds",
                            split = ",",
                            defaultValue = "1,2,3,4,5",
                            description = "Of markets and models.")
                    List<Long> seeds,
            @Option(
                            names = "--days",
                            split = ",",
                            defaultValue = "60,120",
                            description = "After how many days to look.")
                    List<Integer> days) {
        new AdviceBench(seeds, days, out()).run();
        return 0;
    }

    @Command(
            name = "day",
            mixinStandardHelpOptions = true,
            description = {
                "A day of a large ad market: events a second, latency at half of that, state, checkpoints.",
                "A million creatives want KEDGE_JVM_OPTS=-Xmx10g."
            })
    int day(
            @Option(names = "--creatives", defaultValue = "1000000") int creatives,
            @Option(names = "--models", defaultValue = "1000") int models,
            @Option(
                            names = "--hours",
                            defaultValue = "24",
                            description = "Statistics of each creative.")
                    int hours,
            @Option(
                            names = "--slow-hours",
                            defaultValue = "1",
                            description = "Of these, the last ones, at half the speed.")
                    int slowHours,
            @Option(names = "--parallelism", defaultValue = "2") int parallelism,
            @Option(names = "--cache", defaultValue = "8g") String cache,
            @Option(names = "--managed", defaultValue = "1g", description = "Memory for RocksDB.")
                    String managed,
            @Option(
                            names = "--checkpoint-every",
                            defaultValue = "6",
                            description = "Hours of the market between two checkpoints.")
                    int checkpointEvery,
            @Option(
                            names = "--slow-checkpoints",
                            description = "Checkpoints in the slow hours, too.")
                    boolean slowCheckpoints,
            @Option(
                            names = "--dirty",
                            defaultValue = "16m",
                            description = "checkpoints.dirty; several take turns.")
                    List<String> dirty)
            throws IOException {
        for (String bound : dirty) {
            DayBench.Settings settings =
                    new DayBench.Settings(
                            creatives,
                            models,
                            hours,
                            slowHours,
                            parallelism,
                            MemorySize.parse(cache),
                            MemorySize.parse(managed),
                            checkpointEvery,
                            MemorySize.parse(bound),
                            slowCheckpoints);
            day(settings);
        }
        return 0;
    }

    private void day(DayBench.Settings settings) throws IOException {
        Path folder = Files.createTempDirectory("kedge-bench");
        try {
            out().printf("%s unwritten%n", settings.dirty());
            DayBench.Result result = new DayBench(settings, folder, out()).run();
            save("day", result);
            say(plots().day(result));
        } finally {
            FileUtils.deleteDirectoryQuietly(folder.toFile());
        }
    }

    @Command(
            name = "state",
            mixinStandardHelpOptions = true,
            description =
                    "Processor time of an event under a cache, and of a barrier after all creatives changed.")
    int state(
            @Option(names = "--creatives", defaultValue = "20000") int creatives,
            @Option(names = "--models", defaultValue = "20") int models,
            @Option(names = "--rounds", defaultValue = "2") int rounds,
            @Option(names = "--cache", defaultValue = "8g", description = "Several take turns.")
                    List<String> cache,
            @Option(names = "--dirty", defaultValue = "16m", description = "Several take turns.")
                    List<String> dirty)
            throws Exception {
        List<StateBench.Way> ways = new ArrayList<>();
        for (String bytes : cache) {
            for (String bound : dirty) {
                ways.add(
                        new StateBench.Way(
                                MemorySize.parse(bytes).getBytes(),
                                MemorySize.parse(bound).getBytes()));
            }
        }
        Path folder = Files.createTempDirectory("kedge-bench");
        try {
            save("state", new StateBench(creatives, models, folder, out()).run(ways, rounds));
        } finally {
            FileUtils.deleteDirectoryQuietly(folder.toFile());
        }
        return 0;
    }

    @Command(
            name = "tracker",
            mixinStandardHelpOptions = true,
            description = "Detections tracked in a second by the number of bank entries.")
    int tracker(
            @Option(names = "--entries", split = ",", defaultValue = "10,100,1000,100000")
                    List<Integer> entries,
            @Option(names = "--width", defaultValue = "64", description = "Of an embedding.")
                    int width,
            @Option(names = "--detections", defaultValue = "10", description = "Of a frame.")
                    int detections,
            @Option(
                            names = "--seconds",
                            defaultValue = "5",
                            description = "Length of one measurement.")
                    double seconds,
            @Option(
                            names = "--approximate-from",
                            defaultValue = "1000",
                            description = "Least entries to search approximately too.")
                    int approximateFrom) {
        TrackerBench.Settings settings =
                new TrackerBench.Settings(entries, width, detections, seconds, approximateFrom);
        save("tracker", new TrackerBench(settings, out()).run());
        return 0;
    }

    @Command(
            name = "tracker-demo",
            mixinStandardHelpOptions = true,
            description =
                    "How well the tracker's demo tracks, by thirds of its time, beside trackers that learn nothing.")
    int trackerDemo(
            @Option(names = "--seeds", split = ",", defaultValue = "201,202,203,204,205")
                    List<Long> seeds,
            @Option(names = "--cameras", defaultValue = "1") int cameras,
            @Option(names = "--seconds", defaultValue = "180", description = "Of each demo.")
                    int seconds,
            @Option(
                            names = "--images",
                            defaultValue = "",
                            description = "A folder of images by class; else shapes are drawn.")
                    String images,
            @Option(names = "--per-class", defaultValue = "50") int perClass,
            @Option(
                            names = "--normalisation",
                            split = ",",
                            defaultValue = "none,centre",
                            description = "What is made of each crop.")
                    List<String> normalisations,
            @Option(names = "--no-rivals", description = "Only the tracker that learns.")
                    boolean noRivals)
            throws IOException {
        List<InputNormalisation> tried =
                normalisations.stream()
                        .map(name -> InputNormalisation.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList();
        TrackerDemoBench.Settings settings =
                new TrackerDemoBench.Settings(
                        seeds, cameras, seconds, images, perClass, tried, !noRivals);
        save("tracker-demo", new TrackerDemoBench(settings, out()).run());
        return 0;
    }

    @Command(
            name = "recall",
            mixinStandardHelpOptions = true,
            description =
                    "How well the creative memory recognises copies in simulated markets, and what it costs the hazards.")
    int recall(
            @Option(
                            names = "--seeds",
                            defaultValue = "5",
                            description = "Markets; about a minute each.")
                    int seeds,
            @Option(names = "--images", description = "Creatives have images, too.") boolean images)
            throws UndecodableException {
        new RecallFigures(seeds, images).print(out());
        return 0;
    }

    @Command(
            name = "kernels",
            mixinStandardHelpOptions = true,
            description =
                    "The small pieces that every record pays for, and the steps of classifiers, by JMH.")
    int kernels(
            @Option(names = "--forks", defaultValue = "1") int forks,
            @Option(names = "--iterations", defaultValue = "5") int iterations,
            @Option(
                            names = "--only",
                            defaultValue = ".*",
                            description = "Names to run, a regular expression.")
                    String only)
            throws IOException, RunnerException {
        Files.createDirectories(Figures.FOLDER);
        Path file = Figures.FOLDER.resolve("kernels.json");
        new Runner(
                        new OptionsBuilder()
                                .include(KernelBenchmarks.class.getSimpleName() + "\\." + only)
                                .include(RecordBenchmarks.class.getSimpleName() + "\\." + only)
                                .include(MlpStepBenchmark.class.getSimpleName() + "\\." + only)
                                .include(ResNetStepBenchmark.class.getSimpleName() + "\\." + only)
                                .addProfiler(GCProfiler.class)
                                .forks(forks)
                                .warmupIterations(2)
                                .warmupTime(TimeValue.milliseconds(500))
                                .measurementIterations(iterations)
                                .measurementTime(TimeValue.milliseconds(500))
                                .resultFormat(ResultFormatType.JSON)
                                .result(file.toString())
                                .build())
                .run();
        save("kernels-machine", Machine.here());
        say(file);
        return 0;
    }

    private static Plots plots() {
        return new Plots(Figures.FOLDER);
    }

    private void save(String name, Object result) {
        say(Figures.write(Figures.FOLDER, name, result));
    }

    private void say(Path file) {
        out().println(file);
        out().flush();
    }
}
