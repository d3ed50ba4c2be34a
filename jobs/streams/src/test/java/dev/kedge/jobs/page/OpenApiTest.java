// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.connectors.image.Preview;
import dev.kedge.jobs.ads.alerts.AlertBell;
import dev.kedge.jobs.ads.alerts.Bells;
import dev.kedge.jobs.ads.board.Attention;
import dev.kedge.jobs.ads.board.CreativeCard;
import dev.kedge.jobs.ads.board.CreativesPage;
import dev.kedge.jobs.ads.board.Samples;
import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.jobs.ads.board.ScoreView;
import dev.kedge.jobs.ads.decisions.Decision.Kind;
import dev.kedge.jobs.ads.decisions.DecisionDesk;
import dev.kedge.jobs.ads.decisions.DecisionLog;
import dev.kedge.jobs.ads.decisions.DecisionSettings;
import dev.kedge.jobs.ads.decisions.MemoryBook;
import dev.kedge.jobs.ads.decisions.Wish;
import dev.kedge.operators.ads.creative.CreativeDuplicates.Tie;
import dev.kedge.operators.ads.creative.CreativeDuplicates.Twin;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.policy.Policy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document of the interface against what the server answers. */
class OpenApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String EVENTS = "/api/events";
    private static final Map<String, String> QUERIES =
            Map.of(
                    "/api/metrics", "?model=search",
                    "/api/creative", "?model=search&creative=copy",
                    "/api/creative.csv", "?model=search&creative=copy",
                    "/api/picture", "?model=search&creative=copy");

    private final ScoreBoard board = new ScoreBoard(Clock.systemUTC());
    private final JobHealth health = new JobHealth(Clock.systemUTC());
    private DashboardServer server;
    private JsonNode document;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        ScoreView view = ScoreView.open(folder, board);
        CreativesPage page =
                new CreativesPage(board, Optional.of(view), Policy.DEFAULT, attention());
        server = new DashboardServer(page, health, Optional.empty()).start(0);
        document = JSON.readTree(get("/openapi.json").body());
        board.accept(Samples.score("first", 1, -9, Action.STOP));
        board.accept(Samples.score("gone", 1, -9, Action.STOPPED));
        board.accept(Samples.score("copy", 2, -8));
        board.accept(Samples.priced("priced", "EUR", Action.KEEP));
        board.accept(Samples.same("copy", 2, "first", new Twin("first", 0.97, Tie.SAME)));
        board.accept(Samples.metrics("search", 1, 0.7));
        Preview preview = new Preview(2, 1, new byte[] {1, 2, 3});
        board.cards().put("search", "copy", CreativeCard.of(1, "Text", Optional.of(preview)));
        board.cards().put("search", "first", CreativeCard.of(1, "Text", Optional.empty()));
        board.deadLetter("not JSON");
        view.keep(Map.of());
    }

    /** A desk with a decision on it, and a bell that has rung for each running creative. */
    private Attention attention() {
        DecisionLog log = new DecisionLog();
        DecisionDesk desk = new DecisionDesk(DecisionSettings.DEFAULT, log, Clock.systemUTC());
        desk.open(new MemoryBook(log));
        Wish stop = new Wish("", "search", "first", Kind.STOP, "Ann", "too dear", "", "");
        Wish note = new Wish("", "search", "copy", Kind.NOTE, "Ann", "a copy", "", "");
        desk.decide(stop, Optional.empty(), Samples.score("first", 1, -9, Action.STOP), "Summer");
        desk.decide(note, Optional.empty(), Samples.score("copy", 1, -9), "");
        AlertBell bell = Bells.rung(Samples.score("first", 1, -9, Action.STOP));
        return new Attention(Optional.of(desk), Optional.of(bell));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isOfTheVersionThatItSays() {
        assertThat(document.get("openapi").asText()).isEqualTo("3.1.0");
    }

    @Test
    void describesEveryPathThatTheServerAnswersAndNoOther() {
        Set<String> described = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                described.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
            }
        }

        assertThat(described).isEqualTo(server.interfacePaths());
    }

    @Test
    void everyAnswerIsAsItIsDescribed() throws Exception {
        health.measured(new JobHealth.Measures(Optional.of(Instant.EPOCH), OptionalLong.of(12)));

        assertThat(wrongAnswers()).isEmpty();
    }

    @Test
    void theAnswersOfAnEmptyBoardAreAsTheyAreDescribed() throws Exception {
        server.close();
        server =
                new DashboardServer(
                                new CreativesPage(
                                        new ScoreBoard(Clock.systemUTC()),
                                        Optional.empty(),
                                        Policy.DEFAULT),
                                new JobHealth(Clock.systemUTC()),
                                Optional.empty())
                        .start(0);

        for (String path :
                List.of("/api/summary", "/api/creatives", "/api/portfolio", "/api/choices")) {
            assertThat(complaints("get", path, path)).as(path).isEmpty();
        }
    }

    @Test
    void everyRefusalIsALineOfJson() throws Exception {
        JsonNode error = document.at("/components/schemas/Error");
        for (String path :
                List.of(
                        "/api/creatives?probability=2",
                        "/api/creatives?order=sideways",
                        "/api/creatives?decision=perhaps",
                        "/api/creatives.csv?mark=2",
                        "/api/creative.csv?model=search&creative=none",
                        "/api/decisions?model=search",
                        "/api/creatives/search/none",
                        "/api/creative?model=search",
                        "/api/nothing",
                        "/api/metrics")) {
            JsonNode body = JSON.readTree(get(path).body());
            assertThat(new SchemaCheck(document).complaints(body, error)).as(path).isEmpty();
            assertThat(body.get("error").asText()).doesNotContain("\n");
        }
    }

    private List<String> wrongAnswers() throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        for (String entry : server.interfacePaths()) {
            String method = entry.split(" ", -1)[0].toLowerCase(Locale.ROOT);
            String path = entry.split(" ", -1)[1];
            if (!path.equals(EVENTS)) {
                String asked =
                        path.replace("{model}", "search").replace("{creative}", "copy")
                                + QUERIES.getOrDefault(path, "");
                wrong.addAll(complaints(method, path, asked));
            }
        }
        return wrong;
    }

    private List<String> complaints(String method, String path, String asked)
            throws IOException, InterruptedException {
        JsonNode operation = document.get("paths").get(path).get(method);
        String body = operation.at("/requestBody/content/application~1json/example").toString();
        HttpRequest request =
                HttpRequest.newBuilder(at(asked))
                        .header("Content-Type", "application/json")
                        .method(
                                method.toUpperCase(Locale.ROOT),
                                method.equals("post")
                                        ? BodyPublishers.ofString(body)
                                        : BodyPublishers.noBody())
                        .build();
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s: %s", asked, answer.body()).isEqualTo(200);
        JsonNode content = operation.at("/responses/200/content");
        if (content.has("image/jpeg")) {
            assertThat(answer.headers().firstValue("Content-Type")).contains("image/jpeg");
            return List.of();
        }
        if (content.has("text/csv")) {
            assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("text/csv");
            return List.of();
        }
        JsonNode schema = content.at("/application~1json/schema");
        return new SchemaCheck(document)
                .complaints(JSON.readTree(answer.body()), schema).stream()
                        .map(complaint -> method + " " + asked + ": " + complaint)
                        .toList();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }
}
