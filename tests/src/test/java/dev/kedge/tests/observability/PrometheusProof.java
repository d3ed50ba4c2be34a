// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.observability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.connectors.testing.Patience;
import dev.kedge.jobs.command.cluster.Ports;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.util.FileUtils;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A real Prometheus that asks processes for their metrics, and answers the queries of dashboards
 * and alerts. It listens on this machine alone, lives in a folder of its own, and ends when it is
 * closed.
 */
public final class PrometheusProof implements AutoCloseable {
    private static final String JOB = "kedge";

    /** Scrapes that a rate needs, and one more. */
    private static final int SCRAPES = 4;

    private final Path observability;
    private final int targets;
    private final Path folder;
    private final Process process;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * What became of a query.
     *
     * @param query what was asked, and by whom
     * @param series how many series the answer has
     * @param error why there is none; empty if all is well
     */
    public record Answer(ObservedQuery query, int series, Optional<String> error) {
        /** Whether it is as it should be: alerts may say nothing, all others say something. */
        public boolean isGood() {
            return error.isEmpty() && (query.alert() || series > 0);
        }
    }

    private PrometheusProof(Path observability, List<String> addresses, Path folder)
            throws IOException, InterruptedException {
        this.observability = observability;
        this.targets = addresses.size();
        this.folder = folder;
        Path alerts = folder.resolve(ObservedQuery.ALERTS);
        Files.copy(observability.resolve(ObservedQuery.ALERTS), alerts);
        promtool("rules", alerts);
        Path configuration = Files.writeString(folder.resolve("prometheus.yml"), yaml(addresses));
        promtool("config", configuration);
        int port = Ports.free();
        address = URI.create("http://127.0.0.1:" + port);
        process =
                new ProcessBuilder(
                                "prometheus",
                                "--config.file=" + configuration,
                                "--storage.tsdb.path=" + folder.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port,
                                "--log.level=warn")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
    }

    /** Whether {@code prometheus} and {@code promtool} are on this machine. */
    public static boolean isHere() {
        return List.of("prometheus", "promtool").stream()
                .allMatch(
                        name ->
                                Pattern.compile(Pattern.quote(File.pathSeparator))
                                        .splitAsStream(System.getenv("PATH"))
                                        .anyMatch(at -> Files.isExecutable(Path.of(at, name))));
    }

    /**
     * Starts it and waits until it has asked all processes some times.
     *
     * @param addresses of the processes, host and port; metrics are at {@code /metrics}
     * @param observability folder of alert rules and dashboards: {@code docker/observability}
     * @throws IllegalStateException if {@code promtool} refuses the alert rules, in its words
     */
    public static PrometheusProof start(List<String> addresses, Path observability)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("kedge-prometheus");
        PrometheusProof proof = new PrometheusProof(observability, addresses, folder);
        try {
            proof.awaitScrapes();
            return proof;
        } catch (RuntimeException e) {
            proof.close();
            throw e;
        }
    }

    private static String yaml(List<String> addresses) {
        String list = addresses.stream().map(at -> "'" + at + "'").collect(Collectors.joining(","));
        return """
        global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
        rule_files: [%s]
        scrape_configs: [{job_name: %s, static_configs: [{targets: [%s]}]}]
        """
                .formatted(ObservedQuery.ALERTS, JOB, list);
    }

    private void promtool(String what, Path file) throws IOException, InterruptedException {
        Process check =
                new ProcessBuilder("promtool", "check", what, file.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(check.getInputStream().readAllBytes(), UTF_8);
        if (check.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }

    private void awaitScrapes() {
        String up = "count(sum_over_time(up{job=\"" + JOB + "\"}[1m]) >= " + SCRAPES + ")";
        await("Prometheus has asked " + targets + " processes")
                .atMost(Patience.TIME)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> value(up) == targets && rules().isEmpty());
    }

    private double value(String query) throws IOException, InterruptedException {
        requireAlive();
        return result(query).at("/0/value/1").asDouble();
    }

    private void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(folder.resolve("log")));
        }
    }

    /** Rules that were not evaluated yet, or cannot be: each with what Prometheus says of it. */
    private List<String> rules() throws IOException, InterruptedException {
        List<String> unwell = new ArrayList<>();
        for (JsonNode group : json("/api/v1/rules").at("/data/groups")) {
            for (JsonNode rule : group.path("rules")) {
                if (!rule.path("health").asText().equals("ok")) {
                    unwell.add(rule.path("name").asText() + " " + rule.path("lastError").asText());
                }
            }
        }
        return unwell;
    }

    /** The result of a query, as of now. */
    private JsonNode result(String query) throws IOException, InterruptedException {
        String encoded = URLEncoder.encode(query, UTF_8);
        return json("/api/v1/query?query=" + encoded).at("/data/result");
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).build();
        JsonNode answer =
                new ObjectMapper()
                        .readTree(
                                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        if (!answer.path("status").asText().equals("success")) {
            throw new IllegalArgumentException(answer.path("error").asText());
        }
        return answer;
    }

    /**
     * Asks all queries of the folder, and of each alert also for the metrics that it looks at,
     * because an alert is silent both if all is well and if there is nothing to look at.
     */
    public List<Answer> ask() throws IOException, InterruptedException {
        List<Answer> answers = new ArrayList<>();
        for (ObservedQuery query : ObservedQuery.of(observability)) {
            answers.add(ask(query));
            if (query.alert()) {
                for (String metric : PromQuery.of(query.text()).metrics().keySet()) {
                    answers.add(ask(new ObservedQuery(query.from(), false, metric)));
                }
            }
        }
        return answers;
    }

    /**
     * Asks until each answer is good: some have something to say after a checkpoint only, or once
     * models have said how they do.
     *
     * @return the last answers, good or not
     */
    public List<Answer> askUntilGood() throws IOException, InterruptedException {
        List<Answer> answers = new ArrayList<>();
        try {
            await().atMost(Patience.TIME)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(
                            () -> {
                                List<Answer> newest = ask();
                                answers.clear();
                                answers.addAll(newest);
                                return answers.stream().allMatch(Answer::isGood);
                            });
        } catch (ConditionTimeoutException e) {
            // Whoever asked looks at what is not good.
        }
        return answers;
    }

    private Answer ask(ObservedQuery query) throws IOException, InterruptedException {
        try {
            return new Answer(query, result(query.text()).size(), Optional.empty());
        } catch (IllegalArgumentException e) {
            return new Answer(query, 0, Optional.of(e.getMessage()));
        }
    }

    /** Ends it; its folder goes. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(Patience.SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        FileUtils.deleteDirectory(folder.toFile());
    }
}
