// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A query of a panel of a dashboard, or of an alert.
 *
 * @param from whose: dashboard and title, or the alert's name
 * @param alert whether it is an alert's, which says nothing as long as all is well
 * @param text the query, without variables of Grafana
 */
public record ObservedQuery(String from, boolean alert, String text) {
    /** The folder of dashboards in that of the deployment. */
    static final Path DASHBOARDS = Path.of("grafana", "dashboards");

    /** The alert rules in it. */
    static final Path ALERTS = Path.of("alerts.yml");

    /** All queries of a folder such as {@code docker/observability}. */
    public static List<ObservedQuery> of(Path observability) throws IOException {
        List<ObservedQuery> queries = new ArrayList<>();
        for (Path file : dashboards(observability)) {
            JsonNode dashboard = new ObjectMapper().readTree(file.toFile());
            String title = dashboard.path("title").asText();
            for (JsonNode panel : dashboard.path("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    String from = title + ": " + panel.path("title").asText();
                    queries.add(new ObservedQuery(from, false, filled(target.path("expr"))));
                }
            }
        }
        for (JsonNode rule : rules(observability)) {
            String name = rule.path("alert").asText();
            queries.add(new ObservedQuery(name, true, rule.path("expr").asText()));
        }
        return queries;
    }

    /** The files of the dashboards. */
    static List<Path> dashboards(Path observability) throws IOException {
        try (Stream<Path> files = Files.list(observability.resolve(DASHBOARDS))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }

    /** The alert rules. */
    static List<JsonNode> rules(Path observability) throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        JsonNode alerts = new YAMLMapper().readTree(observability.resolve(ALERTS).toFile());
        alerts.path("groups").forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    private static String filled(JsonNode expression) {
        return expression.asText().replace("$__rate_interval", "1m").replace("$job", ".*");
    }
}
