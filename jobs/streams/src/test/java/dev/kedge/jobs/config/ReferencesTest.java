// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.kind.ChosenJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("USER_NAME", "anna", "PASS", "p$ss\\1", "PORT", "8099", "NOTHING", "");

    @TempDir private Path folder;

    private References.Resolved resolve(String yaml) throws IOException {
        return References.resolve(
                YamlTree.of(yaml, new YAMLMapper(), "job.yaml"),
                name -> Optional.ofNullable(ENVIRONMENT.get(name)),
                "job.yaml");
    }

    @Test
    void aVariableStandsAnywhereInAText() throws IOException {
        JsonNode tree =
                resolve("jaas: 'user=\"${USER_NAME}\" password=\"${PASS}\";'").tree().root();

        assertThat(tree.get("jaas").textValue()).isEqualTo("user=\"anna\" password=\"p$ss\\1\";");
    }

    @Test
    void aFileStandsForAWholeTextOrAPartOfIt() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "from a file\n");
        String yaml =
                """
                a: file:%1$s
                b: 'x ${file:%1$s} y'
                c: ['file:%1$s']
                checkpoints: {directory: 'file:///state'}
                """
                        .formatted(file);

        JsonNode tree = resolve(yaml).tree().root();

        assertThat(tree.get("a").textValue()).isEqualTo("from a file");
        assertThat(tree.get("b").textValue()).isEqualTo("x from a file y");
        assertThat(tree.get("c").get(0).textValue()).isEqualTo("from a file");
        assertThat(tree.at("/checkpoints/directory").textValue()).isEqualTo("file:///state");
    }

    @Test
    void aReferenceWithTwoDollarsIsAText() throws IOException {
        References.Resolved resolved = resolve("a: '$${PASS} $PASS {PASS}'");

        assertThat(resolved.tree().root().get("a").textValue()).isEqualTo("${PASS} $PASS {PASS}");
    }

    @Test
    void aVariableMayBeANumber() throws IOException {
        assertThat(resolve("dashboard: {port: '${PORT}'}").tree().root().at("/dashboard/port"))
                .isEqualTo(LongNode.valueOf(8099));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: {b: '${ABSENT}'} | job.yaml: a.b: ${ABSENT}: there is no such variable",
                "a: {b: 'x ${NOTHING}'} | job.yaml: a.b: ${NOTHING}: it is empty",
                "a: file:/not/there | job.yaml: a: file:/not/there: there is no such file",
                "a: 'x${file:/not/there}' | job.yaml: a: ${file:/not/there}: there is no such file"
            })
    void whatIsNotThereIsNamedWithItsField(String yaml, String message) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> resolve(yaml))
                .withMessage(message);
    }

    @Test
    void whatStandsForAReferenceIsNotSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "hunter2");
        String yaml = "dashboard: {host: 'file:%s', token: ''}".formatted(file);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Jobs.parse(yaml, "job.yaml"))
                .withMessage(
                        "job.yaml: dashboard.host: file:%s is not allowed; it must be localhost as long as dashboard.token is empty",
                        file);
    }

    @Test
    void aWrongTypeDoesNotSayItEither() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "hunter2");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Jobs.parse("dashboard: {port: 'file:" + file + "'}", "job.yaml"))
                .withMessageContaining("dashboard.port: 'file:" + file + "' is not allowed")
                .withMessageNotContaining("hunter2");
    }

    @Test
    void whatIsShownHasReferencesAndNoSecrets() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "hunter2");
        String yaml =
                """
                name: shown
                kafka:
                  properties:
                    sasl.jaas.config: 'x required password="in-clear";'
                    ssl.key.password: file:%s
                    ssl.keystore.password: sesame
                    security.protocol: SASL_SSL
                dashboard: {host: 0.0.0.0, token: tell-nobody}
                """
                        .formatted(file);
        ChosenJob<?> chosen = Jobs.parse(yaml, "job.yaml");

        String shown = StrictYaml.show(chosen.settings(), chosen.references());

        assertThat(chosen.settings().kafka().properties())
                .containsEntry("ssl.key.password", "hunter2");
        assertThat(shown)
                .contains(
                        "sasl.jaas.config: \"(hidden)\"",
                        "ssl.key.password: \"file:" + file,
                        "ssl.keystore.password: \"(hidden)\"",
                        "security.protocol: \"SASL_SSL\"",
                        "token: \"(hidden)\"",
                        "max-tokens: 128",
                        "name: \"shown\"")
                .doesNotContain("hunter2", "in-clear", "sesame", "tell-nobody");
    }

    @Test
    void theEnvironmentOfThisProcessIsAsked() {
        String path = System.getenv("PATH");

        assertThat(
                        Jobs.parse("kafka: {properties: {client.id: '${PATH}'}}", "job.yaml")
                                .settings()
                                .kafka()
                                .properties())
                .containsEntry("client.id", path);
    }
}
