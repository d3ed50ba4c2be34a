// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlinkRestTest {
    private FakeFlink flink;

    @BeforeEach
    void start() throws IOException {
        flink = FakeFlink.start();
    }

    @AfterEach
    void stop() {
        flink.close();
    }

    private void isRefused(URI address, String message) {
        assertThatThrownBy(() -> FlinkRest.connect(address))
                .isInstanceOf(ClusterException.class)
                .hasMessage(message);
    }

    @Test
    void theFlinkOfKedgeIsTaken() {
        try (FlinkRest rest = FlinkRest.connect(flink.address())) {
            assertThat(rest.address()).isEqualTo(flink.address());
            assertThat(rest.overview().orElseThrow().getNumSlotsTotal()).isEqualTo(4);
        }
    }

    @Test
    void anotherFlinkIsNamed() {
        flink.version("1.20.1");
        isRefused(
                flink.address(),
                flink.address() + ": is Flink 1.20.1; the jobs of Kedge need Flink 2.2");

        flink.version("2.20.0");
        isRefused(
                flink.address(),
                flink.address() + ": is Flink 2.20.0; the jobs of Kedge need Flink 2.2");
    }

    @Test
    void whatIsNoFlinkIsSaidToBeNone() {
        String message =
                flink.address()
                        + ": what answers there is no job manager of Flink; its REST port is 8081, as a rule";

        flink.answer("GET /config", "{}");
        isRefused(flink.address(), message);
        flink.answer("GET /config", "<html>welcome</html>");
        isRefused(flink.address(), message);
        flink.answer("GET /config", 404, "");
        isRefused(flink.address(), message);
    }

    @Test
    void whereNobodyIsIsSaid() {
        URI address = flink.address();
        flink.close();

        isRefused(address, address + ": nobody answers");
        isRefused(
                URI.create("http://nowhere.invalid:8081"),
                "http://nowhere.invalid:8081: no such host");
    }

    @Test
    void ofSeveralJobManagersAnotherIsAskedWhenOneIsGone() throws IOException {
        try (FakeFlink other = FakeFlink.start().slots(6, 6);
                FlinkRest rest = connect(flink.address(), other.address())) {
            assertThat(rest.overview().orElseThrow().getNumSlotsTotal()).isEqualTo(4);
            flink.close();

            assertThat(rest.overview()).as("whoever asks learns of it").isEmpty();
            assertThat(rest.overview().orElseThrow().getNumSlotsTotal()).isEqualTo(6);
            assertThat(rest.address()).isEqualTo(other.address());
        }
    }

    @Test
    void whereNoneOfSeveralIsThereAllAreNamed() throws IOException {
        URI first = flink.address();
        flink.close();
        try (FakeFlink other = FakeFlink.start();
                FlinkRest rest = connect(first, other.address())) {
            assertThat(rest.address()).isEqualTo(other.address());
        }
        assertThatThrownBy(() -> connect(first, first))
                .isInstanceOf(ClusterException.class)
                .hasMessage(first + ", " + first + ": nobody answers");
    }

    @Test
    void jobManagersThatChooseWhoLeadsAreWaitedFor() {
        String election = "{\"errors\": [\"Service temporarily unavailable\"]}";
        flink.answerOnce("GET /config", 503, election);
        flink.answerOnce("GET /overview", 503, election);

        try (FlinkRest rest = connect(flink.address())) {
            assertThat(rest.overview()).isPresent();
        }
        assertThat(flink.requests())
                .containsExactly(
                        "GET /config {}",
                        "GET /config {}",
                        "GET /overview {}",
                        "GET /overview {}",
                        "GET /overview {}");
    }

    private static FlinkRest connect(URI... addresses) {
        return FlinkRest.connect(List.of(addresses), Waiting.USUAL);
    }

    @Test
    void aJobWithoutConfigurationHasNoParameters() {
        try (FlinkRest rest = FlinkRest.connect(flink.address())) {
            assertThat(rest.parameters(new JobID())).isEmpty();
        }
    }
}
