// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.command.cluster.ClusterException;
import dev.kedge.jobs.command.cluster.FakeFlink;
import dev.kedge.jobs.command.cluster.FlinkRest;
import java.io.IOException;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NamedJobsTest {
    private static final String ONE = "1".repeat(32);
    private static final String TWO = "2".repeat(32);
    private static final String THREE = "3".repeat(32);

    private FakeFlink flink;
    private FlinkRest rest;
    private NamedJobs jobs;

    @BeforeEach
    void start() throws IOException {
        flink = FakeFlink.start();
        rest = FlinkRest.connect(flink.address());
        jobs = new NamedJobs(rest);
    }

    @AfterEach
    void stop() {
        rest.close();
        flink.close();
    }

    private void refuses(String name, String message) {
        assertThatThrownBy(() -> jobs.running(name))
                .isInstanceOf(ClusterException.class)
                .hasMessage(message);
    }

    private static String id(JobDetails job) {
        return job.getJobId().toHexString();
    }

    @Test
    void aJobIsFoundByNameAndById() {
        flink.jobs(
                FakeFlink.job(ONE, "ads", "FINISHED"),
                FakeFlink.job(TWO, "ads", "RESTARTING"),
                FakeFlink.job(THREE, "cameras", "RUNNING"));

        assertThat(id(jobs.running("ads"))).isEqualTo(TWO);
        assertThat(id(jobs.running(THREE))).isEqualTo(THREE);
        assertThat(jobs.all(false)).hasSize(2);
        assertThat(jobs.all(true)).hasSize(3);
    }

    @Test
    void aJobThatIsNotThereIsSaidWithThoseThatAre() {
        refuses("ads", "no job 'ads' at " + flink.address() + "; none runs there");

        flink.jobs(
                FakeFlink.job(ONE, "shapes", "FAILED"),
                FakeFlink.job(TWO, "cameras", "RUNNING"),
                FakeFlink.job(THREE, "birds", "RUNNING"));
        refuses("ads", "no job 'ads' at " + flink.address() + "; there are: birds, cameras");
        refuses("shapes", "job 'shapes' has ended (FAILED)");
        assertThat(id(jobs.newest("shapes"))).isEqualTo(ONE);
    }

    @Test
    void severalJobsOfANameAreToldApartByTheirIds() {
        flink.jobs(FakeFlink.job(ONE, "ads", "RUNNING"), FakeFlink.job(TWO, "ads", "RUNNING"));
        String message =
                "several jobs are named 'ads': " + ONE + ", " + TWO + "; say which by its id";

        refuses("ads", message);
        assertThatThrownBy(() -> jobs.newest("ads")).hasMessage(message);
        assertThat(id(jobs.running(TWO))).isEqualTo(TWO);
    }

    @Test
    void theListSaysWhatRuns() {
        flink.jobs(FakeFlink.job(ONE, "ads", "RUNNING"), FakeFlink.job(TWO, "cameras", "CREATED"));

        assertThat(new JobReport(rest).list(jobs.all(true)))
                .containsExactly(
                        "ads      "
                                + ONE
                                + "  RUNNING   since 2023-11-14 22:13:20 UTC, 2 of 2 tasks run",
                        "cameras  "
                                + TWO
                                + "  CREATED   since 2023-11-14 22:13:20 UTC, 2 of 2 tasks run");
    }
}
