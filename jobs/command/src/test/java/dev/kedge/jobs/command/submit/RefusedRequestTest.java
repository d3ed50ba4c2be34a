// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kedge.jobs.command.cluster.ClusterException;
import dev.kedge.jobs.command.cluster.FakeFlink;
import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.cluster.Waiting;
import dev.kedge.jobs.command.pack.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where a cluster does not do what it is asked. */
class RefusedRequestTest {
    private static final String ID = "1".repeat(32);
    private static final Waiting WAITING = new Waiting(Clock.systemUTC(), Duration.ofMillis(1));

    @TempDir private Path folder;

    private final List<String> told = new ArrayList<>();
    private FakeFlink flink;
    private FlinkRest rest;

    @BeforeEach
    void start() throws IOException {
        flink = FakeFlink.start().jobs(FakeFlink.job(ID, "ads", "RUNNING"));
        rest = FlinkRest.connect(flink.address());
    }

    @AfterEach
    void stop() {
        rest.close();
        flink.close();
    }

    private void details(int control, int learn, String state) {
        String vertex =
                """
                {"id": "%s", "slotSharingGroupId": "%s", "name": "%s", "maxParallelism": 8, "parallelism": %d,
                 "status": "RUNNING", "start-time": 1, "end-time": -1, "duration": 1, "tasks": {},
                 "metrics": {"read-bytes": 0, "read-bytes-complete": true, "write-bytes": 0, "write-bytes-complete": true,
                             "read-records": 0, "read-records-complete": true, "write-records": 0, "write-records-complete": true,
                             "accumulated-backpressured-time": 0, "accumulated-idle-time": 0, "accumulated-busy-time": 0}}
                """;
        flink.answer(
                "GET /jobs/" + ID,
                """
                {"jid": "%s", "name": "ads", "isStoppable": false, "state": "%s", "job-type": "STREAMING",
                 "start-time": 1, "end-time": -1, "duration": 1, "maxParallelism": 8, "now": 1,
                 "timestamps": {}, "status-counts": {}, "plan": {"jid": "x", "name": "x", "type": "STREAMING", "nodes": []},
                 "pending-operators": 0, "vertices": [%s, %s]}
                """
                        .formatted(
                                ID,
                                state,
                                vertex.formatted(
                                        "a".repeat(32),
                                        ID,
                                        "Source: control -> decode-control",
                                        control),
                                vertex.formatted("b".repeat(32), ID, "learn", learn)));
    }

    private Rescaling rescaling() {
        return new Rescaling(rest, WAITING, told::add);
    }

    private void rescale(int tasks) {
        rescaling().rescale(new NamedJobs(rest).running("ads"), tasks);
    }

    @Test
    void onlyAnAdaptiveSchedulerRescales() {
        assertThatThrownBy(() -> rescale(2))
                .isInstanceOf(ClusterException.class)
                .hasMessage(
                        "rescale: the scheduler of "
                                + flink.address()
                                + " is not adaptive (jobmanager.scheduler: adaptive); stop ads and submit it with --parallelism 2");
    }

    @Test
    void aJobIsNotRescaledBeyondTheSlotsOrItsKeyGroups() {
        flink.option("jobmanager.scheduler", "adaptive").slots(4, 1);
        details(1, 2, "RUNNING");

        assertThatThrownBy(() -> rescale(4))
                .isInstanceOf(ClusterException.class)
                .hasMessageStartingWith("ads needs 4 slots, 3 of 4 are free; ");
        assertThatThrownBy(() -> rescale(9))
                .hasMessage("parallelism: 9 is not allowed; ads can have at most 8 tasks");
    }

    @Test
    void whatReadsCommandsStaysOneTask() throws InterruptedException {
        flink.option("jobmanager.scheduler", "adaptive");
        details(1, 3, "RUNNING");
        flink.answer("PUT /jobs/" + ID + "/resource-requirements", "{}");
        rescale(3);
        assertThat(told).containsExactly("ads runs with 3 tasks already");

        // A job that begins anew, until it has been told to.
        details(1, 2, "RESTARTING");
        Thread cluster = new Thread(this::runOnceTold);
        cluster.start();
        rescale(3);
        cluster.join();

        assertThat(flink.requests())
                .filteredOn(request -> request.startsWith("PUT "))
                .singleElement()
                .asString()
                .contains(bounds("a", 1), bounds("b", 3));
        assertThat(told).contains("ads runs with 3 tasks now (there were 2)");
    }

    private static String bounds(String vertex, int tasks) {
        return "\"%s\":{\"parallelism\":{\"lowerBound\":1,\"upperBound\":%d}}"
                .formatted(vertex.repeat(32), tasks);
    }

    private void runOnceTold() {
        await().until(() -> flink.requests().stream().anyMatch(told -> told.startsWith("PUT ")));
        details(1, 3, "RUNNING");
    }

    private Submission submission() {
        return new Submission(rest, new Home(folder), WAITING, told::add);
    }

    private JobFile file(String yaml) throws IOException {
        return JobFile.read(Files.writeString(folder.resolve("job.yaml"), yaml));
    }

    private static Submission.Options plain() {
        return new Submission.Options(Optional.empty(), false, OptionalInt.empty(), false);
    }

    @Test
    void aSecondJobOfANameIsRefused() {
        assertThatThrownBy(() -> submission().submit(file("name: ads"), plain()))
                .isInstanceOf(ClusterException.class)
                .hasMessage(
                        "a job named 'ads' is there already (RUNNING, "
                                + ID
                                + "); kedge upgrade changes it, kedge stop ads ends it");
    }

    @Test
    void aJobWithoutSlotsIsRefusedBeforeAnythingIsSent() {
        flink.slots(4, 1);

        assertThatThrownBy(() -> submission().submit(file("name: b\nparallelism: 2"), plain()))
                .hasMessageStartingWith("b needs 2 slots, 1 of 4 is free; ");
        assertThat(flink.requests()).noneMatch(request -> request.startsWith("POST "));
    }

    @Test
    void whatTheJobManagerSaysNamesTheFileAndTheWayOut() {
        assertThat(Launch.named("job: parallelism: no", "ads.yaml"))
                .isEqualTo("ads.yaml: parallelism: no");
        assertThat(
                        Launch.named(
                                "no such topic at k:9092: a, b; create it, for example with: x",
                                "ads.yaml"))
                .isEqualTo(
                        "no such topic at k:9092: a, b; --create-topics creates what is missing");
    }

    @Test
    void aPathIsSaidSoThatTheJobManagerUnderstandsIt() {
        assertThat(Submission.place("s3://bucket/a")).isEqualTo("s3://bucket/a");
        assertThat(Submission.place("file:/a")).isEqualTo("file:/a");
        assertThat(Submission.place("a/../b"))
                .isEqualTo(Path.of("b").toAbsolutePath().toUri().toString());
    }
}
