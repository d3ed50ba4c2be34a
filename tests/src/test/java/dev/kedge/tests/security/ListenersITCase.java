// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.testing.Patience;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.command.Kedge;
import dev.kedge.jobs.command.cluster.Ports;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.flink.Checkpoints;
import dev.kedge.tests.cli.Answer;
import dev.kedge.tests.security.Listeners.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What listens while Kedge runs. The tests of the other commands look at it as well, with {@link
 * Listening}.
 */
class ListenersITCase {

    @TempDir private Path folder;

    @Test
    void aDemoListensWithItsPageAndItsBrokerAloneForThisMachineAlone() {
        Listening<Answer> demo =
                Listening.during(() -> Answer.to("demo", "--for", "4s", "--port", "0"));

        assertThat(demo.result().exitCode()).as(demo.result().err()).isZero();
        demo.isOnLoopbackOnly().stays(3);
    }

    @Test
    void aRunListensWithItsPageAloneAndEndsWithALastCheckpointWhenTold() throws Exception {
        assumeThat(Listeners.known()).as("only Linux says what a process listens on").isTrue();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            DiscontinuationFile settings =
                    DiscontinuationFile.DEFAULT.local(
                            broker.bootstrapServers(), folder.resolve("state"));
            LocalTopics.create(settings);
            Process run = run(broker, "");
            try {
                Set<Address> seen = new TreeSet<>();
                await().until(
                                () -> {
                                    assertThat(run.isAlive()).as(said()).isTrue();
                                    seen.addAll(Listeners.of(run.pid()));
                                    return Checkpoints.newest(settings.checkpointUri()).isPresent();
                                });
                assertThat(seen).allMatch(Address::loopback);
                assertThat(Listeners.of(run.pid())).as("the page").hasSize(1);

                run.destroy();

                assertThat(run.waitFor(Patience.SECONDS, TimeUnit.SECONDS))
                        .as("it ends when told")
                        .isTrue();
                assertThat(said()).contains("Stopped; goes on from file:");
                assertThat(Checkpoints.newest(settings.checkpointUri()))
                        .hasValueSatisfying(path -> assertThat(path).contains("/savepoint-"));
            } finally {
                run.destroyForcibly();
            }
        }
    }

    @Test
    void aRunWithMetricsListensWithThemForThisMachineAlone() throws Exception {
        assumeThat(Listeners.known()).as("only Linux says what a process listens on").isTrue();
        int port = Ports.free();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            LocalTopics.create(
                    DiscontinuationFile.DEFAULT.local(
                            broker.bootstrapServers(), folder.resolve("state")));
            Process run = run(broker, "metrics: {enabled: true, port: " + port + "}");
            try {
                await().ignoreExceptionsInstanceOf(IOException.class)
                        .until(
                                () -> metrics(port),
                                text ->
                                        text.contains(
                                                "flink_taskmanager_job_task_operator_kedge_recordsProcessed{"));

                assertThat(Listeners.of(run.pid())).as("page and metrics").hasSize(2);
                assertThat(Listeners.of(run.pid())).allMatch(Address::loopback);
                assertThat(said()).contains("; metrics at http://localhost:" + port + "/metrics");
            } finally {
                run.destroyForcibly();
            }
        }
    }

    private static String metrics(int port) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + port + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private Process run(EmbeddedBroker broker, String more) throws IOException {
        Path job =
                Files.writeString(
                        folder.resolve("job.yaml"),
                        """
                        kafka: {bootstrap-servers: '%s', timeout: 1 min}
                        checkpoints: {every: 300 ms, directory: '%s'}
                        dashboard: {port: 0, view: ''}
                        %s
                        """
                                .formatted(
                                        broker.bootstrapServers(), folder.resolve("state"), more));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Stream.of("util", "lang", "util.concurrent", "net", "nio")
                .map(name -> "--add-opens=java.base/java." + name + "=ALL-UNNAMED")
                .forEach(command::add);
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Xmx1g");
        command.add("-Dkedge.log.dir=" + folder.resolve("logs"));
        command.addAll(List.of(Kedge.class.getName(), "run", job.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("said").toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("said"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
