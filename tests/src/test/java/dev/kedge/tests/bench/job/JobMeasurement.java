// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import static dev.kedge.state.text.Text.format;

import dev.kedge.tests.bench.report.Findings;
import dev.kedge.tests.bench.report.Timeline;
import dev.kedge.tests.process.JavaProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is measured of one run of a job, one after the other. */
final class JobMeasurement {
    /** The first seconds of a phase count for nothing: a rate that changes is another rate. */
    private static final double LEAD_SECONDS = 2;

    /** What nobody calls late. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final String job;
    private final String setting;
    private final JobRun run;
    private final BrokerProcess broker;
    private final Findings findings;
    private final List<FlightReport.Window> windows = new ArrayList<>();

    /**
     * Measures a run.
     *
     * @param job which job
     * @param setting under which circumstances
     */
    JobMeasurement(
            String job, String setting, JobRun run, BrokerProcess broker, Findings findings) {
        this.job = job;
        this.setting = setting;
        this.run = run;
        this.broker = broker;
        this.findings = findings;
    }

    private Findings.Place place(Question question) {
        return new Findings.Place(job, question.toString(), setting);
    }

    private Findings.Place place(Question question, double share) {
        String at = format("%s, %.0f %% of the rate", setting, 100 * share);
        return new Findings.Place(job, question.toString(), at);
    }

    /**
     * Starts the job on a topic that holds so many events.
     *
     * @return the warm rate: events a second over the second half of them
     */
    double rate(Question question, int events) {
        Phase phase = run.next(events);
        run.reader().follow(phase);
        run.producer().all(phase);
        long started = System.currentTimeMillis();
        run.start();
        run.await(phase, phase.size() / 2);
        long warmEvents = phase.missing();
        Duration jobBefore = run.processorTime();
        Duration brokerBefore = broker.process().processorTime();
        run.await(phase);
        Findings.Place place = place(question);
        long[] written = phase.writtenInOrder();
        int half = written.length / 2;
        double warm = perSecond(written, half, written.length - 1);
        windows.add(window("warm rate", written[half], written[written.length - 1]));
        findings.add(place, "warm rate, events/s", warm);
        findings.add(place, "rate from the first score on, events/s", fromCold(written));
        findings.add(place, "cold start to first score, s", (written[0] - started) / 1e3);
        findings.add(place, "score size, bytes", run.reader().bytes() / (double) phase.size());
        processorTime(place, warmEvents, jobBefore, brokerBefore);
        return warm;
    }

    private static double fromCold(long[] written) {
        return perSecond(written, 0, written.length - 1);
    }

    private static double perSecond(long[] written, int from, int to) {
        return (to - from) * 1e3 / Math.max(1, written[to] - written[from]);
    }

    private void processorTime(Findings.Place place, long events, Duration job, Duration broker) {
        Duration ours = run.processorTime().minus(job);
        Duration theirs = this.broker.process().processorTime().minus(broker);
        findings.add(place, "job's processor time an event, us", micros(ours, events));
        findings.add(place, "broker's processor time an event, us", micros(theirs, events));
    }

    private static double micros(Duration time, long events) {
        return time.toNanos() / 1e3 / Math.max(1, events);
    }

    /** Sends events for so long at a share of the greatest rate, and tells how long they took. */
    void latency(double share, double greatest, int seconds) {
        double rate = share * greatest;
        Phase phase = run.next((int) (rate * (seconds + LEAD_SECONDS)));
        run.reader().follow(phase);
        Duration jobBefore = run.processorTime();
        Duration brokerBefore = broker.process().processorTime();
        long began = System.currentTimeMillis();
        run.producer().at(phase, rate);
        run.await(phase);
        Latency latency = Latency.of(phase.latencies(phase.firstDue() + lead(), Long.MAX_VALUE));
        Findings.Place place = place(Question.LATENCY, share);
        findings.add(place, "offered, events/s", rate);
        findings.add(place, "p50, ms", latency.p50());
        findings.add(place, "p99, ms", latency.p99());
        findings.add(place, "p99.9, ms", latency.p999());
        findings.add(place, "max, ms", latency.max());
        processorTime(place, phase.size(), jobBefore, brokerBefore);
        List<Double> checkpoints =
                run.checkpoints().stream()
                        .map(line -> (line.at() - began) / 1e3)
                        .filter(at -> at > 0)
                        .toList();
        windows.add(
                window(place.setting(), began + lead() / 1_000_000, System.currentTimeMillis()));
        double[] worst = phase.worst(Timeline.STEP_MILLIS);
        findings.add(new Timeline(job, place.setting(), worst, checkpoints));
    }

    private static FlightReport.Window window(String name, long from, long to) {
        return new FlightReport.Window(name, Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
    }

    /** What was measured when. */
    List<FlightReport.Window> windows() {
        return List.copyOf(windows);
    }

    private static long lead() {
        return (long) (LEAD_SECONDS * 1e9);
    }

    /** Kills the job in the middle of a phase, starts it again, and tells when it is back. */
    void recovery(double share, double greatest, int seconds) throws InterruptedException {
        double rate = share * greatest;
        Phase phase = run.next((int) (rate * 2 * seconds));
        run.reader().follow(phase);
        Thread sending = new Thread(() -> run.producer().at(phase, rate), "bench-producer");
        sending.start();
        // Half of the phase: it is sent for twice as long.
        sending.join(Duration.ofSeconds(seconds).toMillis());
        JavaProcess victim = run.process();
        long killed = System.nanoTime();
        victim.kill();
        long gone = System.currentTimeMillis();
        run.start();
        sending.join();
        run.await(phase);
        Findings.Place place = place(Question.RECOVERY, share);
        double[] before = phase.latencies(phase.firstDue() + lead(), killed);
        double late = Math.max(PATIENCE.toMillis(), 2 * Latency.of(before).p99());
        double first = phase.firstWrittenAfter(gone) - killed;
        double last = phase.lastLateAfter(killed, late) - killed;
        findings.add(place, "killed to first score again, s", first / 1e9);
        findings.add(place, "killed to last score that was late, s", last / 1e9);
        findings.add(place, "scores beside the first of each event", phase.strangers());
    }

    /** Checkpoints of the process that runs now. */
    void checkpoints(Question question) {
        List<CheckpointLine> lines = run.checkpoints();
        double[] millis = lines.stream().mapToDouble(CheckpointLine::millis).toArray();
        double[] bytes = lines.stream().mapToDouble(CheckpointLine::bytes).toArray();
        Findings.Place place = place(question);
        findings.add(place, "checkpoints", lines.size());
        if (lines.isEmpty()) {
            return;
        }
        findings.add(place, "longest checkpoint, ms", Arrays.stream(millis).max().orElse(0));
        findings.add(place, "largest checkpoint, MB", Arrays.stream(bytes).max().orElse(0) / 1e6);
    }
}
