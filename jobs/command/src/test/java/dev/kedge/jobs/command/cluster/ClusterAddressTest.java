// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://jobmanager:8081",
                "http://jobmanager:8081/",
                "jobmanager:8081",
            })
    void anAddressIsReadAsPeopleTypeIt(String text) {
        assertThat(ClusterAddress.parse(text)).hasToString("http://jobmanager:8081");
    }

    @Test
    void severalJobManagersHaveCommasBetweenThem() {
        assertThat(ClusterAddress.parseAll("http://node1:8081, node2:8082"))
                .containsExactly(URI.create("http://node1:8081"), URI.create("http://node2:8082"));
        assertThatThrownBy(() -> ClusterAddress.parseAll("http://node1:8081,"))
                .isInstanceOf(ClusterException.class)
                .hasMessageStartingWith("address of the cluster: : it is no address");
    }

    @ParameterizedTest
    @CsvSource({
        "https://jobmanager:8081, https is not supported",
        "http://jobmanager, it has no port",
        "jobmanager, it has no port",
        "http://jobmanager:8081/flink, nothing may come after the port",
        "http://jobmanager:8081?a=b, nothing may come after the port",
        "ftp://jobmanager:8081, it is no address",
        "http://job manager:8081, it is no address",
        "http://:8081, it is no address",
        "http://a:b:c, it is no address"
    })
    void anythingElseIsRefusedWithAnExample(String text, String why) {
        assertThatThrownBy(() -> ClusterAddress.parse(text))
                .isInstanceOf(ClusterException.class)
                .hasMessageStartingWith("address of the cluster: " + text + ": " + why)
                .hasMessageEndingWith("; say for example http://jobmanager:8081");
    }

    @Test
    void credentialsAreRefusedAndNotSaid() {
        assertThatThrownBy(() -> ClusterAddress.parse("http://ann:hunter2@jobmanager:8081"))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("http://...@jobmanager: credentials in it are not supported")
                .message()
                .doesNotContain("hunter2");
    }
}
