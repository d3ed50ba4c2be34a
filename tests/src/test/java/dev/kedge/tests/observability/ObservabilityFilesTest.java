// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The files for Grafana and Prometheus are what these read. */
class ObservabilityFilesTest {
    static final Path FOLDER = Path.of("../docker/observability");

    private static final int COLUMNS = 24;

    @Test
    void eachDashboardIsOneThatGrafanaCanShow() throws IOException {
        List<Path> files = ObservedQuery.dashboards(FOLDER);
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            JsonNode dashboard = new ObjectMapper().readTree(file.toFile());

            assertThat(dashboard.path("uid").asText()).isNotBlank();
            assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
            JsonNode variables = dashboard.path("templating").path("list");
            assertThat(variables.findValuesAsText("name")).containsExactly("datasource", "job");
            assertThat(variables.get(0).path("type").asText()).isEqualTo("datasource");
            Set<Integer> ids = new HashSet<>();
            Set<Integer> taken = new HashSet<>();
            for (JsonNode panel : dashboard.path("panels")) {
                assertThat(ids.add(panel.path("id").asInt())).as("id of %s", panel).isTrue();
                place(panel, taken);
                if (!panel.path("type").asText().equals("row")) {
                    asksSomething(panel);
                }
            }
            assertThat(ids).hasSizeGreaterThan(20);
        }
    }

    private static void place(JsonNode panel, Set<Integer> taken) {
        JsonNode at = panel.path("gridPos");
        int right = at.path("x").asInt() + at.path("w").asInt();
        int bottom = at.path("y").asInt() + at.path("h").asInt();
        assertThat(right).isLessThanOrEqualTo(COLUMNS);
        for (int y = at.path("y").asInt(); y < bottom; y++) {
            for (int x = at.path("x").asInt(); x < right; x++) {
                assertThat(taken.add(y * COLUMNS + x)).as("place of %s", panel).isTrue();
            }
        }
    }

    private static void asksSomething(JsonNode panel) {
        assertThat(panel.path("title").asText()).isNotBlank();
        assertThat(panel.path("description").asText()).isNotBlank();
        assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText()).isNotBlank();
        Set<String> letters = new HashSet<>();
        assertThat(panel.path("targets")).isNotEmpty();
        for (JsonNode target : panel.path("targets")) {
            assertThat(target.path("expr").asText()).isNotBlank();
            assertThat(letters.add(target.path("refId").asText())).isTrue();
            assertThat(target.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
        }
    }

    @Test
    void grafanaFindsPrometheusAndTheDashboards() throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        Path provisioning = FOLDER.resolve("grafana/provisioning");
        JsonNode source =
                yaml.readTree(provisioning.resolve("datasources/prometheus.yml").toFile());
        JsonNode provider = yaml.readTree(provisioning.resolve("dashboards/kedge.yml").toFile());

        assertThat(source.at("/datasources/0/type").asText()).isEqualTo("prometheus");
        assertThat(provider.at("/providers/0/options/path").asText())
                .isEqualTo("/var/lib/grafana/dashboards");
    }

    @Test
    void eachAlertSaysWhatItMeansAndWhereToReadOn() throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode rule : ObservedQuery.rules(FOLDER)) {
            String name = rule.path("alert").asText();
            names.add(name);
            JsonNode said = rule.path("annotations");
            assertThat(said.path("summary").asText()).as(name).isNotBlank();
            assertThat(said.path("description").asText()).as(name).isNotBlank();
            assertThat(said.path("runbook").asText())
                    .isEqualTo("docs/operations.md#" + anchor(name));
            assertThat(rule.path("labels").path("severity").asText()).isIn("critical", "warning");
        }
        assertThat(names)
                .doesNotHaveDuplicates()
                .contains(
                        "JobDown",
                        "JobRestarting",
                        "CheckpointsFailing",
                        "CheckpointTooOld",
                        "ConsumerLagGrowing",
                        "DeadLetterShare",
                        "NoScores",
                        "ModelsStale",
                        "StepsRefused",
                        "LearnerTooSlow",
                        "CacheThrash");
        Path operations = Path.of("../docs/operations.md");
        if (Files.exists(operations)) {
            assertThat(Files.readAllLines(operations).stream().map(ObservabilityFilesTest::heading))
                    .containsAll(names.stream().map(ObservabilityFilesTest::anchor).toList());
        }
    }

    private static String anchor(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static String heading(String line) {
        return line.startsWith("#")
                ? line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-')
                : "";
    }
}
