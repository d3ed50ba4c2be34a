// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.command.image.ImageLayout;
import dev.kedge.jobs.documents.EnvExample;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docker/compose.yaml}, beside what Docker Compose, Flink and Kedge read. */
class ComposeTest {
    private static final String NAME = "compose.yaml";
    private static final Pattern VARIABLE =
            Pattern.compile("(?<!\\$)\\$\\{([A-Za-z_]+)(:\\?[^}]*)?}");

    private static JsonNode compose() {
        return DockerFolder.documents(NAME).get(0);
    }

    private static Map<String, JsonNode> services() {
        Map<String, JsonNode> services = new TreeMap<>();
        compose().get("services").properties().forEach(s -> services.put(s.getKey(), s.getValue()));
        return services;
    }

    /** Those that do not end by themselves. */
    private static Map<String, JsonNode> lasting() {
        Map<String, JsonNode> services = services();
        services.values().removeIf(service -> service.path("restart").asText().equals("no"));
        return services;
    }

    private static Map<String, String> flink() {
        Map<String, String> options = new TreeMap<>();
        EnvExample.fill(
                        services()
                                .get("taskmanager")
                                .at("/environment/FLINK_PROPERTIES")
                                .asText()
                                .replace(":?}", "}"),
                        EnvExample.variables())
                .lines()
                .forEach(
                        line -> {
                            int colon = line.indexOf(": ");
                            options.put(line.substring(0, colon), line.substring(colon + 2));
                        });
        return options;
    }

    @Test
    void itFitsTheSpecification() {
        assertThat(Schemas.errors(Schemas.compose(), compose())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/services/kafka, healthcheck",
        "/services/kafka/healthcheck, interval",
        "/services/submit/depends_on/topics, condition",
        "/services/grafana, image"
    })
    void aMisspeltFieldIsRefused(String place, String field) {
        JsonNode compose = compose();
        ObjectNode node = (ObjectNode) compose.at(place);
        node.set(field + "s", node.remove(field));

        assertThat(Schemas.errors(Schemas.compose(), compose))
                .isNotEmpty()
                .anyMatch(error -> error.contains(field));
    }

    @Test
    void everyVariableIsInTheExampleAndNoOther() {
        Set<String> used =
                VARIABLE.matcher(DockerFolder.read(NAME))
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        used.add("COMPOSE_PROFILES");

        assertThat(EnvExample.variables()).containsOnlyKeys(used).doesNotContainValue("");
        // Compose stops where one is missing, and says which.
        assertThat(VARIABLE.matcher(DockerFolder.read(NAME)).results())
                .allMatch(found -> found.group(2) != null);
    }

    @Test
    void imagesOfOthersArePinnedAndOursIsWhatKedgeMakes() {
        assertThat(EnvExample.variables()).containsEntry("KEDGE_IMAGE", ImageLayout.NAME);
        assertThat(EnvExample.variables())
                .allSatisfy(
                        (name, value) -> {
                            if (name.endsWith("_IMAGE") && !name.equals("KEDGE_IMAGE")) {
                                assertThat(value).matches("[a-z/]+:v?[0-9.]+@sha256:[0-9a-f]{64}");
                            }
                        });
        assertThat(services())
                .allSatisfy(
                        (name, service) ->
                                assertThat(service.get("image").asText())
                                        .matches("\\$\\{[A-Z]+_IMAGE:\\?.*}"));
    }

    @Test
    void theProfilesAreTwo() {
        assertThat(services()).allSatisfy((name, s) -> assertThat(s.get("profiles")).hasSize(1));
        Map<String, Long> sizes =
                services().values().stream()
                        .map(service -> service.at("/profiles/0").asText())
                        .collect(Collectors.groupingBy(name -> name, Collectors.counting()));

        assertThat(sizes).isEqualTo(Map.of("core", 6L, "observability", 2L));
    }

    @Test
    void whatTheyListenOnIsReachedFromThisMachineAlone() {
        assertThat(services())
                .allSatisfy(
                        (name, service) -> {
                            assertThat(service.path("ports"))
                                    .allMatch(port -> port.asText().startsWith("127.0.0.1:"));
                            assertThat(service.has("network_mode")).isFalse();
                        });
    }

    @Test
    void nobodyIsRootAndNobodyCanBecomeIt() {
        assertThat(services())
                .allSatisfy(
                        (name, service) -> {
                            assertThat(service.get("user").asText()).matches("[1-9][0-9]*:[0-9]+");
                            assertThat(service.at("/cap_drop/0").asText()).isEqualTo("ALL");
                            assertThat(service.at("/security_opt/0").asText())
                                    .isEqualTo("no-new-privileges:true");
                            assertThat(service.path("privileged").asBoolean()).isFalse();
                        });
    }

    @Test
    void onlyWhatWritesItsConfigurationAtStartMayWriteIntoItsImage() {
        assertThat(services().keySet())
                .filteredOn(name -> !services().get(name).path("read_only").asBoolean())
                .containsExactly("jobmanager", "kafka", "taskmanager");
    }

    @Test
    void whatLastsIsAskedHowItIsAndHasABoundOfMemory() {
        assertThat(lasting()).hasSize(6);
        assertThat(lasting())
                .allSatisfy(
                        (name, service) -> {
                            assertThat(service.at("/healthcheck/test/0").asText()).isEqualTo("CMD");
                            assertThat(service.get("mem_limit").asText()).matches("[0-9]+[mg]");
                            assertThat(service.get("restart").asText()).isEqualTo("unless-stopped");
                        });
    }

    @Test
    void whoNeedsAnotherWaitsUntilItAnswersOrHasEnded() {
        for (JsonNode service : services().values()) {
            for (Map.Entry<String, JsonNode> needed : service.path("depends_on").properties()) {
                boolean lasts = lasting().containsKey(needed.getKey());

                assertThat(needed.getValue().get("condition").asText())
                        .isEqualTo(lasts ? "service_healthy" : "service_completed_successfully");
            }
        }
        assertThat(services().get("submit").get("depends_on")).hasSize(3);
    }

    @Test
    void theFilesThatItMountsAreThere() {
        Set<String> files = new LinkedHashSet<>();
        for (JsonNode service : services().values()) {
            for (JsonNode volume : service.path("volumes")) {
                if (volume.asText().startsWith("./")) {
                    files.add(volume.asText().replaceAll(":.*", ""));
                }
            }
        }

        assertThat(files).contains("./ads.yaml", "./observability/prometheus.yml");
        assertThat(files).allMatch(file -> Files.exists(DockerFolder.file(file)));
    }

    @Test
    void flinkKnowsEveryOptionAndItsMemoryFitsIntoTheContainers() {
        Map<String, String> options = flink();

        assertThat(FlinkOptions.known()).containsAll(options.keySet());
        assertThat(options).containsAllEntriesOf(FlinkOptions.REPORTER);
        assertThat(FlinkOptions.jobManager(options).getTotalProcessMemorySize())
                .isLessThan(memory("jobmanager"));
        assertThat(FlinkOptions.taskManager(options).getTotalProcessMemorySize())
                .isLessThan(memory("taskmanager"));
        assertThat(services().get("jobmanager").get("environment"))
                .isEqualTo(services().get("taskmanager").get("environment"));
    }

    private static MemorySize memory(String service) {
        return MemorySize.parse(services().get(service).get("mem_limit").asText());
    }

    @Test
    void theTopicsAreThoseOfTheJob() {
        DiscontinuationFile job =
                (DiscontinuationFile)
                        Jobs.parse(
                                        EnvExample.fill(
                                                DockerFolder.read("ads.yaml"),
                                                EnvExample.variables()),
                                        "ads.yaml")
                                .settings();
        Set<String> created =
                Pattern.compile("--topic (\\S+)")
                        .matcher(services().get("topics").at("/command/0").asText())
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toSet());

        assertThat(created)
                .containsExactlyInAnyOrder(
                        job.topics().creatives(),
                        job.topics().scores(),
                        job.topics().metrics(),
                        job.topics().deadLetters(),
                        job.topics().control());
        assertThat(job.kafka().bootstrapServers()).isEqualTo("kafka:19092");
        assertThat(job.dashboard().token()).isEqualTo("kedge");
    }
}
