// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.cluster.StreamJobMain;
import dev.kedge.jobs.command.image.ImageLayout;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.documents.Documents;
import dev.kedge.jobs.documents.EnvExample;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples for Kubernetes, beside what the operator, Kubernetes, Flink and Kedge read. */
class KubernetesTest {
    private static final String FOLDER = "kubernetes/";
    private static final String BASIC = FOLDER + "basic.yaml";
    private static final String CONTAINER = "/podTemplate/spec/containers/0";

    static List<String> files() {
        return Documents.below("docker/kubernetes").stream()
                .map(file -> FOLDER + file.getFileName())
                .filter(name -> name.endsWith(".yaml"))
                .toList();
    }

    static List<String> deployments() {
        return files().stream()
                .filter(name -> kind(DockerFolder.documents(name).get(0)).startsWith("Flink"))
                .toList();
    }

    private static String kind(JsonNode document) {
        return document.get("kind").asText();
    }

    /** What says how Flink runs: of a template, the one inside. */
    private static ObjectNode spec(String name) {
        JsonNode spec = DockerFolder.documents(name).get(0).get("spec");
        return (ObjectNode) (spec.has("template") ? spec.at("/template/spec") : spec);
    }

    private static Map<String, String> options(String name) {
        return Schemas.texts(spec(name).get("flinkConfiguration"));
    }

    /** Of the documents of one kind, everything below a field. */
    private static JsonNode resource(String kind) {
        return files().stream()
                .flatMap(name -> DockerFolder.documents(name).stream())
                .filter(document -> kind(document).equals(kind))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void thereIsASampleForEachWayToRun() {
        assertThat(deployments())
                .extracting(name -> name.substring(FOLDER.length()))
                .containsExactly(
                        "autoscaler.yaml",
                        "basic.yaml",
                        "blue-green.yaml",
                        "high-availability.yaml",
                        "savepoints.yaml");
    }

    @ParameterizedTest
    @MethodSource("files")
    void everySampleFitsItsSchema(String name) {
        for (JsonNode document : DockerFolder.documents(name)) {
            assertThat(Schemas.errors(Schemas.kubernetes(kind(document)), document)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/spec, flinkVersion",
        "/spec/job, upgradeMode",
        "/spec/taskManager/resource, memory",
        "/spec/podTemplate/spec/containers/0/securityContext, allowPrivilegeEscalation",
        "/spec/podTemplate/spec/volumes/0, configMap"
    })
    void aMisspeltFieldOfADeploymentIsRefused(String place, String field) {
        JsonNode document = DockerFolder.documents(BASIC).get(0);
        ObjectNode node = (ObjectNode) document.at(place);
        node.set(field + "s", node.remove(field));

        assertThat(Schemas.errors(Schemas.kubernetes("FlinkDeployment"), document))
                .singleElement()
                .asString()
                .contains(field + "s");
    }

    @ParameterizedTest
    @CsvSource({
        "blue-green.yaml, /spec, configuration",
        "blue-green.yaml, /spec/template/spec/job, parallelism",
        "network-policy.yaml, /spec, podSelector",
        "network-policy.yaml, /spec/ingress/1/ports/0, protocol",
        "disruption-budget.yaml, /spec, minAvailable",
        "state.yaml, /spec, accessModes",
        "ads-config.yaml, '', data"
    })
    void aMisspeltFieldOfAnythingElseIsRefused(String name, String place, String field) {
        JsonNode document = DockerFolder.documents(FOLDER + name).get(0);
        ObjectNode node = (ObjectNode) document.at(place);
        node.set(field + "s", node.remove(field));

        assertThat(Schemas.errors(Schemas.kubernetes(kind(document)), document))
                .isNotEmpty()
                .anyMatch(error -> error.contains(field + "s"));
    }

    @Test
    void aVersionOfFlinkThatTheOperatorDoesNotKnowIsRefused() {
        JsonNode document = DockerFolder.documents(BASIC).get(0);
        ((ObjectNode) document.get("spec")).put("flinkVersion", "v9_9");

        assertThat(Schemas.errors(Schemas.kubernetes("FlinkDeployment"), document))
                .singleElement()
                .asString()
                .contains("flinkVersion", "v2_2");
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void everyOptionIsKnownToFlinkOrTheOperator(String name) {
        Set<String> known = FlinkOptions.known();

        assertThat(known)
                .containsAll(options(name).keySet())
                .doesNotContain("state.checkpoint.dir");
        assertThat(options(name)).containsAllEntriesOf(FlinkOptions.REPORTER);
        assertThat(known)
                .containsAll(
                        Schemas.texts(
                                        DockerFolder.documents(name)
                                                .get(0)
                                                .at("/spec")
                                                .withObject("configuration"))
                                .keySet());
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void theImageAndTheJobJarAreThoseThatKedgeMakes(String name) {
        ObjectNode spec = spec(name);

        assertThat(spec.get("image").asText()).isEqualTo(ImageLayout.NAME);
        assertThat(spec.at("/job/jarURI").asText()).isEqualTo("local://" + ImageLayout.JOB_JAR);
        assertThat(spec.at("/job/entryClass").asText()).isEqualTo(StreamJobMain.class.getName());
        assertThat(spec.at("/podTemplate/spec/securityContext/runAsUser").asInt())
                .isEqualTo(ImageLayout.USER);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void whatTheyLeanOnIsThere(String name) {
        ObjectNode spec = spec(name);
        Set<String> mounted = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (JsonNode mount : spec.at(CONTAINER + "/volumeMounts")) {
            mounted.add(mount.get("name").asText());
            places.add(mount.get("mountPath").asText());
        }

        JsonNode volumes = spec.at("/podTemplate/spec/volumes");
        assertThat(volumes)
                .extracting(volume -> volume.get("name").asText())
                .containsExactlyInAnyOrderElementsOf(mounted);
        assertThat(volumes.at("/0/configMap/name"))
                .isEqualTo(resource("ConfigMap").at("/metadata/name"));
        assertThat(volumes.at("/1/persistentVolumeClaim/claimName"))
                .isEqualTo(resource("PersistentVolumeClaim").at("/metadata/name"));
        assertThat(spec.at(CONTAINER + "/envFrom/0/secretRef/name"))
                .isEqualTo(resource("Secret").at("/metadata/name"));
        String file = spec.at("/job/args/1").asText();
        assertThat(places).contains("/etc/kedge", ImageLayout.STATE);
        assertThat(file).startsWith("/etc/kedge/");
        assertThat(resource("ConfigMap").get("data").has(file.substring("/etc/kedge/".length())))
                .isTrue();
        assertThat(options(name).values())
                .filteredOn(value -> value.startsWith("file:"))
                .isNotEmpty()
                .allMatch(value -> value.startsWith("file://" + ImageLayout.STATE + "/"));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void theMemoryThatTheyAskForIsEnoughForFlink(String name) {
        ObjectNode spec = spec(name);
        Map<String, String> options = new HashMap<>(options(name));
        options.put(
                "jobmanager.memory.process.size", spec.at("/jobManager/resource/memory").asText());
        options.put(
                "taskmanager.memory.process.size",
                spec.at("/taskManager/resource/memory").asText());

        assertThat(FlinkOptions.jobManager(options).getJvmHeapMemorySize())
                .isGreaterThanOrEqualTo(MemorySize.ofMebiBytes(512));
        assertThat(FlinkOptions.taskManager(options).getTaskHeapSize())
                .isGreaterThanOrEqualTo(MemorySize.ofMebiBytes(512));
        assertThat(FlinkOptions.taskManager(options).getManagedMemorySize())
                .isGreaterThanOrEqualTo(MemorySize.ofMebiBytes(512));
        assertThat(spec.at("/taskManager/resource/cpu").asDouble())
                .isGreaterThanOrEqualTo(
                        Double.parseDouble(options.get("taskmanager.numberOfTaskSlots")));
    }

    @Test
    void kedgeReadsTheJobFileOfTheConfigMap() {
        String text = resource("ConfigMap").at("/data/ads.yaml").asText();
        Map<String, String> secret = Schemas.texts(resource("Secret").get("stringData"));

        JobSettings settings =
                Jobs.parse(EnvExample.fill(text, secret), "ads-config.yaml").settings();

        assertThat(settings.name()).isEqualTo("ads");
        assertThat(settings.kafka().properties().get("sasl.jaas.config"))
                .contains("username=\"kedge\" password=\"change-me\"");
    }

    @Test
    void theSecondJobManagerCanTakeOver() {
        String name = FOLDER + "high-availability.yaml";

        assertThat(spec(name).at("/jobManager/replicas").asInt()).isEqualTo(2);
        assertThat(spec(name).at("/job/upgradeMode").asText()).isEqualTo("last-state");
        assertThat(options(name)).containsEntry("high-availability.type", "kubernetes");
    }

    @Test
    void policiesAndBudgetsAreAboutThePodsOfTheSamples() {
        Set<String> names = new HashSet<>();
        deployments()
                .forEach(
                        name ->
                                names.add(
                                        DockerFolder.documents(name)
                                                .get(0)
                                                .at("/metadata/name")
                                                .asText()));

        assertThat(names).containsExactly("kedge-ads");
        assertThat(resource("NetworkPolicy").at("/spec/podSelector/matchExpressions/0/values"))
                .extracting(JsonNode::asText)
                .containsExactly("kedge-ads", "kedge-ads-blue", "kedge-ads-green");
        assertThat(
                        StreamSupport.stream(
                                        DockerFolder.documents(FOLDER + "disruption-budget.yaml")
                                                .spliterator(),
                                        false)
                                .map(
                                        budget ->
                                                budget.at("/spec/selector/matchLabels/app")
                                                        .asText()))
                .containsExactly("kedge-ads", "kedge-ads");
    }
}
