// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import static dev.kedge.state.text.Text.format;

import dev.kedge.tests.bench.Machine;
import dev.kedge.tests.bench.report.BenchResult;
import dev.kedge.tests.bench.report.Findings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.util.FileUtils;

/** Whole jobs over a broker: how much they take in, how quickly they answer, and what it costs. */
final class JobBench {
    private static final double HALF = 0.5;
    private static final int MOST_ENTRIES = 10_000;

    private final JobBenchOptions options;
    private final Findings findings;
    private final String command;
    private final Consumer<BenchResult> interim;
    private final Machine machine = Machine.here();
    private int runs;

    /**
     * Prepares the measurement.
     *
     * @param command that asks for it
     * @param interim is told what is there so far
     */
    JobBench(
            JobBenchOptions options,
            String command,
            PrintWriter out,
            Consumer<BenchResult> interim) {
        this.options = options;
        this.command = command;
        this.interim = interim;
        findings = new Findings(out);
    }

    BenchResult run() throws InterruptedException {
        FileUtils.deleteDirectoryQuietly(options.folder().toFile());
        findings.say(
                "%s, %d processors, load %.1f, commit %s",
                machine.processor(), machine.processors(), machine.load(), machine.commit());
        try (BrokerProcess broker = BrokerProcess.start(options.folder().resolve("broker"))) {
            for (BenchedJob job : options.jobs()) {
                measure(job, broker);
            }
        } finally {
            FileUtils.deleteDirectoryQuietly(options.folder().resolve("broker/data").toFile());
        }
        return result();
    }

    private BenchResult result() {
        return new BenchResult(command, machine, findings.figures(), findings.timelines());
    }

    private void measure(BenchedJob job, BrokerProcess broker) throws InterruptedException {
        Setup setup = options.setup();
        Scale scale = options.scale();
        if (options.asks(Question.RATE)
                || options.asks(Question.LATENCY)
                || options.asks(Question.RECOVERY)
                || options.asks(Question.EFFICIENCY)) {
            whole(job, broker, setup);
            if (!options.exactlyOnce().isZero()) {
                whole(job, broker, setup.exactlyOnce(options.exactlyOnce()));
            }
        }
        if (options.asks(Question.EFFICIENCY)) {
            bare(job);
        }
        if (options.asks(Question.MODELS)) {
            for (int models : options.modelCounts()) {
                Scale small = new Scale(models, Scale.Size.SMALL, few(models));
                String setting = format("%,d models", models);
                scaled(sized(job), broker, Question.MODELS, setting, small, setup);
            }
        }
        if (options.asks(Question.SIZE)) {
            for (Scale.Size size : Scale.Size.values()) {
                String setting = size + " network";
                scaled(job, broker, Question.SIZE, setting, scale.withSize(size), setup);
            }
        }
        if (options.asks(Question.STATE)) {
            for (int entries : options.entryCounts()) {
                String setting = format("%,d entries a model", entries);
                Scale wide = scale.withEntries(entries);
                scaled(sized(job), broker, Question.STATE, setting, wide, setup);
            }
        }
        if (options.asks(Question.CORES)) {
            for (int cores = 1; cores <= machine.processors(); cores *= 2) {
                String setting = cores + (cores == 1 ? " core" : " cores");
                scaled(job, broker, Question.CORES, setting, scale, setup.on(cores));
            }
        }
    }

    /** Entries of each of so many models: together no more than what a person waits for. */
    private int few(int models) {
        return Math.max(1, Math.min(options.scale().entries(), MOST_ENTRIES / models));
    }

    /** A simulated market has as many creatives as live: what has a size stands still. */
    private static BenchedJob sized(BenchedJob job) {
        return job == BenchedJob.ADS ? BenchedJob.ADS_HOURLY : job;
    }

    private void whole(BenchedJob job, BrokerProcess broker, Setup setup)
            throws InterruptedException {
        String setting =
                setup.exactlyOnce()
                        ? "exactly-once, checkpoints every "
                                + setup.checkpoints().toMillis()
                                + " ms"
                        : "at-once";
        try (JobRun run = open(job, options.scale(), broker, setup)) {
            JobMeasurement measurement =
                    new JobMeasurement(job.toString(), setting, run, broker, findings);
            double rate = measurement.rate(Question.RATE, options.events());
            if (options.asks(Question.LATENCY)) {
                for (double share : options.shares()) {
                    measurement.latency(share, rate, options.seconds());
                }
            }
            measurement.checkpoints(Question.RATE);
            if (options.profile()) {
                FlightReport.of(run.recording(), measurement.windows())
                        .forEach(line -> findings.say("%s", line));
            }
            if (options.asks(Question.RECOVERY)) {
                measurement.recovery(HALF, rate, options.seconds());
            }
        }
        interim.accept(result());
    }

    /** The loop without an engine, on the events that the rate was measured with. */
    private void bare(BenchedJob job) {
        Workload workload = job.at(options.scale());
        List<PlannedEvent> events = JobRun.take(workload.events(), options.events());
        for (boolean writes : new boolean[] {false, true}) {
            BareLearner.Cost cost = workload.bare().run(events, writes);
            String setting = "bare loop, one thread" + (writes ? ", scores as JSON" : "");
            Findings.Place place =
                    new Findings.Place(job.toString(), Question.EFFICIENCY.toString(), setting);
            findings.add(place, "warm rate, events/s", cost.perSecond());
            findings.add(place, "processor time an event, us", cost.micros());
        }
        interim.accept(result());
    }

    private void scaled(
            BenchedJob job,
            BrokerProcess broker,
            Question question,
            String setting,
            Scale scale,
            Setup setup) {
        try (JobRun run = open(job, scale, broker, setup)) {
            JobMeasurement measurement =
                    new JobMeasurement(job.toString(), setting, run, broker, findings);
            // Each model's first event makes it: those that come again are what is asked for.
            int events = Math.max(options.events(), 2 * scale.models());
            measurement.rate(question, events);
            measurement.checkpoints(question);
        }
        interim.accept(result());
    }

    private JobRun open(BenchedJob job, Scale scale, BrokerProcess broker, Setup setup) {
        String name = format("bench-%s-%d", job, runs++);
        Path folder = options.folder().resolve(name);
        return new JobRun(name, broker, job.at(scale), setup, options.profile(), folder);
    }
}
