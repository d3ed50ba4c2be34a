// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.prove;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.command.cluster.ClusterProcess;
import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.cluster.Ports;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.tests.chaos.Comparison;
import dev.kedge.tests.chaos.Lead;
import dev.kedge.tests.chaos.Leftover;
import dev.kedge.tests.chaos.PlayedStream;
import dev.kedge.tests.observability.PrometheusProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.apache.flink.util.FileUtils;

/**
 * Jobs that learn while their cluster is added to and taken from: rescaled from one task to two, a
 * task manager killed, rescaled back, and stopped and submitted again and again on the same task
 * managers. Then twins of them learn from the same records in peace; and what both left is
 * compared: every part of every model, every committed record.
 */
public final class Proof {
    private static final String CALM = "calm-";
    private static final long LEAD = 400;

    private final ProveOptions options;
    private final Consumer<String> out;
    private final Footprints footprints = new Footprints();
    private final long began = System.nanoTime();

    /** Prepares a proof that says what happens, line by line. */
    public Proof(ProveOptions options, Consumer<String> out) {
        this.options = options;
        this.out = out;
    }

    /** A job of the proof with its stream. */
    private record Proved(ProvedJob job, Path file, RunningJob running, PlayedStream stream) {}

    /** Runs it. */
    public ProofVerdict run() throws Exception {
        Files.createDirectories(options.folder());
        delete("broker", "cluster", "savepoints");
        Path cluster = options.folder().resolve("cluster");
        try (EmbeddedBroker broker = EmbeddedBroker.start(options.folder().resolve("broker"));
                TypedCluster typed = typed(cluster)) {
            typed.up(1);
            try (FlinkRest rest = typed.rest()) {
                return prove(broker.bootstrapServers(), typed, rest);
            }
        } finally {
            delete("broker", "cluster/checkpoints", "cluster/tmp", "cluster/native");
        }
    }

    private TypedCluster typed(Path folder) {
        return new TypedCluster(
                folder, options.jobs().size(), metrics(), options.flink(), this::say);
    }

    private ProofVerdict prove(String servers, TypedCluster cluster, FlinkRest rest)
            throws Exception {
        List<Proved> all = new ArrayList<>();
        for (ProvedJob job : options.jobs()) {
            all.add(submit(job, servers, cluster, rest));
        }
        for (Proved each : all) {
            each.running().awaitMore(0);
        }
        disturb(all, cluster);
        for (int round = 1; round <= options.resubmissions(); round++) {
            resubmit(round, all, cluster);
        }
        List<String> silent = options.prometheus() ? scrape(cluster) : List.of();
        List<Long> records = new ArrayList<>();
        List<Leftover> disturbed = new ArrayList<>();
        for (Proved each : all) {
            records.add(each.stream().end());
        }
        for (int i = 0; i < all.size(); i++) {
            all.get(i).running().awaitAll(records.get(i));
            disturbed.add(all.get(i).running().end(savepoints()));
            all.get(i).running().close();
        }
        say("all records are learned; now the same in peace");
        List<Leftover> calm = calm(records, servers, cluster, rest);
        List<ProofVerdict.Compared> compared = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            compared.add(compare(all.get(i), records.get(i), disturbed.get(i), calm.get(i)));
        }
        Files.write(options.folder().resolve("footprints.csv"), footprints.csv());
        List<String> growing = footprints.growing(options.jobs().size());
        if (!growing.isEmpty()) {
            dump(cluster);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return new ProofVerdict(compared, growing, silent, cluster.nativeErrors(), took);
    }

    /** Any port behind which others are free, for as many processes as there will be. */
    private OptionalInt metrics() {
        return options.prometheus() ? OptionalInt.of(Ports.free()) : OptionalInt.empty();
    }

    /** Lets a Prometheus ask all that dashboards and alerts ask; says what it had no answer to. */
    private List<String> scrape(TypedCluster cluster) throws Exception {
        List<PrometheusProof.Answer> answers;
        try (PrometheusProof prometheus =
                PrometheusProof.start(cluster.scraped(), Path.of("docker", "observability"))) {
            answers = prometheus.askUntilGood();
        }
        long good = answers.stream().filter(PrometheusProof.Answer::isGood).count();
        say(format("Prometheus: %d of %d queries have an answer", good, answers.size()));
        return answers.stream()
                .filter(answer -> !answer.isGood())
                .map(
                        answer ->
                                format(
                                        "%s: %s: %s",
                                        answer.query().from(),
                                        answer.query().text(),
                                        answer.error().orElse("no series")))
                .toList();
    }

    private Proved submit(ProvedJob job, String servers, TypedCluster cluster, FlinkRest rest)
            throws IOException {
        Path file = write(job, job.word(), servers);
        cluster.type("submit", file.toString(), "--create-topics");
        JobSettings settings = settings(file);
        Lead lead = new Lead(LEAD);
        PlayedStream stream =
                PlayedStream.start(
                        servers, job.input(), job.pace(), lead, job.records(options.seed()));
        return new Proved(job, file, new RunningJob(rest, settings, job.input(), lead), stream);
    }

    private Path write(ProvedJob job, String run, String servers) throws IOException {
        String yaml = job.yaml(run, servers, options.seed());
        Path file = Files.writeString(options.folder().resolve(run + ".yaml"), yaml);
        LocalTopics.create(settings(file));
        return file;
    }

    private static JobSettings settings(Path file) throws IOException {
        return Jobs.parse(Files.readString(file), file.toString()).settings();
    }

    private void disturb(List<Proved> all, TypedCluster cluster) throws Exception {
        cluster.up(2);
        rescale(all, cluster, 2);
        List<RunningJob.Milestone> before = milestones(all);
        ClusterProcess victim = cluster.taskManagers().get(1);
        say(format("kill -9 of %s (process %d)", victim.name(), TypedCluster.pid(victim)));
        cluster.kill(victim);
        awaitRecovery(all, before);
        say("all jobs are back on one task manager");
        before = milestones(all);
        cluster.up(2);
        awaitRecovery(all, before);
        say("all jobs are on both task managers again");
        rescale(all, cluster, 1);
    }

    private void rescale(List<Proved> all, TypedCluster cluster, int tasks) throws Exception {
        List<RunningJob.Milestone> before = milestones(all);
        for (Proved each : all) {
            cluster.type("rescale", each.running().name(), Integer.toString(tasks));
        }
        awaitRecovery(all, before);
    }

    private static List<RunningJob.Milestone> milestones(List<Proved> all) throws Exception {
        List<RunningJob.Milestone> milestones = new ArrayList<>();
        for (Proved each : all) {
            milestones.add(each.running().milestone());
        }
        return milestones;
    }

    private static void awaitRecovery(List<Proved> all, List<RunningJob.Milestone> since) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).running().awaitRecovery(since.get(i));
        }
    }

    private void resubmit(int round, List<Proved> all, TypedCluster cluster) throws Exception {
        for (Proved each : all) {
            long records = each.running().milestone().records();
            cluster.type("stop", each.running().name());
            cluster.type("submit", each.file().toString());
            each.running().awaitMore(records);
        }
        for (ClusterProcess process : cluster.taskManagers()) {
            Footprint seen = Footprint.of(TypedCluster.pid(process));
            footprints.add(process.name(), seen);
            say(
                    format(
                            "resubmission %d of %d, %s: %s",
                            round, options.resubmissions(), process.name(), seen.line()));
        }
    }

    private List<Leftover> calm(
            List<Long> records, String servers, TypedCluster cluster, FlinkRest rest)
            throws Exception {
        List<RunningJob> twins = new ArrayList<>();
        for (ProvedJob job : options.jobs()) {
            Path file = write(job, CALM + job.word(), servers);
            cluster.type("submit", file.toString(), "--create-topics");
            twins.add(new RunningJob(rest, settings(file), job.input(), new Lead(LEAD)));
        }
        List<Leftover> left = new ArrayList<>();
        for (int i = 0; i < twins.size(); i++) {
            try (RunningJob twin = twins.get(i)) {
                twin.awaitAll(records.get(i));
                twin.requireUndisturbed();
                left.add(twin.end(savepoints()));
            }
        }
        return left;
    }

    private ProofVerdict.Compared compare(
            Proved proved, long records, Leftover disturbed, Leftover calm) {
        ProofVerdict.Compared compared =
                new ProofVerdict.Compared(
                        proved.running().name(),
                        records,
                        proved.running().recoveries(),
                        calm.parts().models().size(),
                        calm.scores().count(),
                        calm.metrics().count(),
                        calm.deadLetters().count(),
                        Comparison.of(disturbed, calm));
        say(compared.line());
        return compared;
    }

    private void dump(TypedCluster cluster) throws Exception {
        for (ClusterProcess process : cluster.taskManagers()) {
            Path file = options.folder().resolve(process.name() + ".hprof");
            Files.deleteIfExists(file);
            Footprint.dump(TypedCluster.pid(process), file);
            say(format("what %s holds is in %s", process.name(), file));
        }
    }

    private Path savepoints() {
        return options.folder().resolve("savepoints");
    }

    private void delete(String... folders) {
        for (String folder : folders) {
            FileUtils.deleteDirectoryQuietly(options.folder().resolve(folder).toFile());
        }
    }

    private void say(String line) {
        out.accept(
                format("%4d s  %s", Duration.ofNanos(System.nanoTime() - began).toSeconds(), line));
    }
}
