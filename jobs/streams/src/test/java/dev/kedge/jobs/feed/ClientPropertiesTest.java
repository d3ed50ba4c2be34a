// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kedge.connectors.kafka.ClientRefusedException;
import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.JobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientPropertiesTest {
    @TempDir private Path folder;

    @Test
    void whatTheClientsAndFlinkKnowIsTaken() throws IOException {
        Path store = Files.writeString(folder.resolve("store"), "");

        assertThatCode(
                        () ->
                                ClientProperties.require(
                                        with(
                                                Map.of(
                                                        "security.protocol", "SASL_SSL",
                                                        "ssl.truststore.location", store.toString(),
                                                        "max.poll.records", "100",
                                                        "linger.ms", "5",
                                                        "commit.offsets.on.checkpoint", "true"))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sasl.mechansim | PLAIN | kafka.properties.sasl.mechansim: no Kafka client has this property; did you mean sasl.mechanism",
                "ssl.trust-store.location | x | kafka.properties.ssl.trust-store.location: no Kafka client has this property; did you mean ssl.truststore.location",
                "colour | red | kafka.properties.colour: no Kafka client has this property",
                "ssl.truststore.location | /not/there.jks | kafka.properties.ssl.truststore.location: /not/there.jks is not there, or cannot be read; it must be a file",
                "ssl.keystore.location | /not/there.p12 | kafka.properties.ssl.keystore.location: /not/there.p12 is not there",
                "sasl.jaas.config | x required keyTab=\"/not/there.keytab\"; | kafka.properties.sasl.jaas.config: /not/there.keytab is not there",
                "security.protocol | SSSL | Invalid value SSSL for configuration security.protocol",
                "linger.ms | soon | Invalid value soon for configuration linger.ms",
                "fetch.min.bytes | many | Invalid value many for configuration fetch.min.bytes"
            })
    void whatNoClientTakesIsRefused(String name, String value, String message) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ClientProperties.require(with(Map.of(name, value))))
                .withMessageContaining(message);
    }

    @Test
    void aPluginsOwnPropertiesAreTaken() {
        assertThatCode(
                        () ->
                                ClientProperties.require(
                                        with(
                                                Map.of(
                                                        "ssl.engine.factory.class",
                                                        "org.apache.kafka.common.security.ssl.DefaultSslEngineFactory",
                                                        "a.b.vault",
                                                        "x"))))
                .doesNotThrowAnyException();
    }

    @Test
    void aDamagedTrustStoreIsNotTakenForABrokerThatIsAway() throws IOException {
        Path store = Files.writeString(folder.resolve("store.jks"), "nonsense");
        JobSettings settings =
                Jobs.parse(
                                """
                                kafka:
                                  timeout: 500 ms
                                  properties: {security.protocol: SSL, ssl.truststore.location: '%s'}
                                """
                                        .formatted(store),
                                "job.yaml")
                        .settings();

        assertThatExceptionOfType(ClientRefusedException.class)
                .isThrownBy(() -> LocalTopics.require(settings))
                .withMessageContaining(store.toString());
    }

    private static JobSettings.Kafka with(Map<String, String> properties) {
        JobSettings.Kafka kafka = JobSettings.Kafka.DEFAULT;
        return new JobSettings.Kafka(
                kafka.bootstrapServers(),
                kafka.timeout(),
                new TreeMap<>(properties),
                kafka.discoverPartitions(),
                kafka.lostRecords(),
                kafka.format(),
                kafka.schemaRegistry());
    }
}
