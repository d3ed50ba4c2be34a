// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import dev.kedge.jobs.config.JobSettings.Delivery;
import dev.kedge.tests.bench.Figures;
import dev.kedge.tests.bench.report.BenchReport;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whole jobs over a broker as a command. */
@Command(
        name = "job",
        mixinStandardHelpOptions = true,
        description = {
            "Whole jobs over a broker, job and broker in processes of their own: events a second, milliseconds from produced to readable, what each event costs.",
            "An event is produced when it is due by a schedule that waits for nobody; its score is readable when a consumer's poll has returned it (read_committed where scores leave exactly once)."
        },
        footer = {
            "",
            "Examples:",
            "  kedge bench job --job ads --what rate --events 100000",
            "  kedge bench job --job ads --what latency --seconds 30 --profile",
            "  kedge bench job --job ads-hourly --what models --models 1,1000,100000"
        })
public final class JobBenchCommand implements Callable<Integer> {

    @Option(
            names = "--job",
            split = ",",
            defaultValue = "ads",
            description = "Jobs: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<BenchedJob> jobs;

    @Option(
            names = "--what",
            split = ",",
            defaultValue = "rate,latency",
            description = "Questions: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<Question> questions;

    @Option(
            names = "--events",
            defaultValue = "200000",
            description =
                    "Events on the topic when a rate is measured (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(
            names = "--models",
            split = ",",
            description = "Numbers of models; the first one is that of all other questions.")
    private List<Integer> models = List.of(100, 1_000, 100_000, 1_000_000);

    @Option(
            names = "--size",
            defaultValue = "medium",
            description =
                    "Each model's network: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Scale.Size size;

    @Option(
            names = "--entries",
            split = ",",
            description =
                    "What a model remembers: running creatives, replayed samples, known objects; the first one is that of all other questions.")
    private List<Integer> entries = List.of(100, 1_000, 10_000);

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description =
                    "Of each phase of latencies, after two that do not count (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--shares",
            split = ",",
            defaultValue = "0.1,0.5,0.9",
            description =
                    "Of the warm rate, at which latencies are measured (default: ${DEFAULT-VALUE}).")
    private List<Double> shares;

    @Option(
            names = "--checkpoints",
            defaultValue = "10 s",
            description = "Time between two checkpoints (default: ${DEFAULT-VALUE}).")
    private String checkpoints;

    @Option(
            names = "--exactly-once",
            defaultValue = "1 s",
            paramLabel = "EVERY",
            description =
                    "Measures exactly-once, too, with a checkpoint so often; 0 leaves it out (default: ${DEFAULT-VALUE}).")
    private String exactlyOnce;

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            description = "Tasks of each operator (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Option(
            names = "--cores",
            defaultValue = "",
            description = "Processors of the job's process, as taskset takes them (default: all).")
    private String cores;

    @Option(
            names = "--cache",
            defaultValue = "512 mb",
            description = "For live models, of each task (default: ${DEFAULT-VALUE}).")
    private String cache;

    @Option(
            names = "--jvm",
            defaultValue = "-Xmx4g",
            description = "Further flags of the job's JVM (default: ${DEFAULT-VALUE}).")
    private String jvm;

    @Option(
            names = "--profile",
            description =
                    "Runs the flight recorder in the job, and prints where its time, its memory and its stalls were.")
    private boolean profile;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        BenchReport report = new BenchReport(Figures.FOLDER, "job", spec.commandLine().getOut());
        JobBenchOptions options = options();
        String command = "./kedge bench " + String.join(" ", line());
        report.write(new JobBench(options, command, report.out(), report::keep).run());
        return 0;
    }

    private List<String> line() {
        return spec.commandLine().getParseResult().originalArgs();
    }

    /** A share of 50 would offer fifty times what the job can take, and never end. */
    private void requireShares() {
        for (double share : shares) {
            if (!(share > 0 && share <= 1)) {
                throw new ParameterException(
                        spec.commandLine(), "--shares is " + share + "; above 0, at most 1");
            }
        }
    }

    private JobBenchOptions options() {
        requireShares();
        List<String> flags = Arrays.stream(jvm.split(" ")).filter(flag -> !flag.isEmpty()).toList();
        Setup setup =
                new Setup(
                        Delivery.AT_ONCE,
                        TimeUtils.parseDuration(checkpoints),
                        parallelism,
                        cores,
                        cache,
                        flags);
        return new JobBenchOptions(
                jobs,
                Set.copyOf(questions),
                new Scale(models.get(0), size, entries.get(0)),
                setup,
                events,
                seconds,
                shares,
                TimeUtils.parseDuration(exactlyOnce),
                models,
                entries,
                profile,
                Figures.FOLDER.resolve("job").toAbsolutePath());
    }
}
