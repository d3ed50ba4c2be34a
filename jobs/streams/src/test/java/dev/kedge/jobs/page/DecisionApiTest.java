// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.jobs.ads.board.Attention;
import dev.kedge.jobs.ads.board.CreativesPage;
import dev.kedge.jobs.ads.board.Samples;
import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.jobs.ads.decisions.DecisionDesk;
import dev.kedge.jobs.ads.decisions.DecisionLog;
import dev.kedge.jobs.ads.decisions.DecisionSettings;
import dev.kedge.jobs.ads.decisions.MemoryBook;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.policy.Policy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecisionApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String STOP =
            "{\"model\":\"search\",\"creative\":\"a\",\"kind\":\"stop\",\"who\":\"Ann\"}";

    private final SteppedClock clock = new SteppedClock(Instant.parse("2026-09-01T10:00:00Z"));
    private final ScoreBoard board = new ScoreBoard(Clock.systemUTC());
    private final DecisionLog log = new DecisionLog();
    private final MemoryBook book = new MemoryBook(log);
    private DashboardServer server;

    @BeforeEach
    void start() {
        board.accept(Samples.wasting("a", -1, 12, Action.STOP));
        board.accept(Samples.wasting("b", -2, 3, Action.STOP));
        board.accept(Samples.wasting("c", -3, 1, Action.WATCH));
        serve(DecisionSettings.DEFAULT, Optional.empty());
    }

    private void serve(DecisionSettings settings, Optional<String> token) {
        DecisionDesk desk = new DecisionDesk(settings, log, clock);
        desk.open(book);
        serve(new Attention(Optional.of(desk), Optional.empty()), token);
    }

    private void serve(Attention attention, Optional<String> token) {
        CreativesPage page = new CreativesPage(board, Optional.empty(), Policy.DEFAULT, attention);
        server = new DashboardServer(page, new JobHealth(clock), token).start(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aDecisionIsAnsweredWhenItIsWrittenAndShownInTheList() throws Exception {
        HttpResponse<String> answer = decide(STOP);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(book.written()).hasSize(1);
        JsonNode row = rows("").get(0);
        assertThat(row.at("/decision/kind").asText()).isEqualTo("stop");
        assertThat(row.at("/decision/who").asText()).isEqualTo("Ann");
        JsonNode detail = json("/api/creative?model=search&creative=a");
        assertThat(detail.at("/decisions/0/id")).isEqualTo(JSON.readTree(answer.body()).get("id"));
        assertThat(detail.at("/decisions/0/undone").asBoolean()).isFalse();
        assertThat(json("/api/decisions").get("decisions")).hasSize(1);
        assertThat(json("/api/summary").get("decisions").asBoolean()).isTrue();
    }

    @Test
    void aSnoozedCreativeIsNotToBeStoppedUntilItsDate() throws Exception {
        assertThat(names("?action=stop&sort=urgency")).containsExactly("a", "b");

        decide(
                "{\"model\":\"search\",\"creative\":\"a\",\"kind\":\"snooze\",\"who\":\"Ann\","
                        + "\"reason\":\"sale\",\"until\":\"2026-09-03\"}");
        long revision = json("/api/summary").get("revision").asLong();
        assertThat(names("?action=stop&sort=urgency")).containsExactly("b");
        assertThat(names("?sort=urgency")).as("behind the others").containsExactly("b", "c", "a");
        assertThat(names("?sort=risk")).containsExactly("a", "b", "c");
        assertThat(names("?decision=snooze")).containsExactly("a");
        assertThat(names("?decision=none")).containsExactly("b", "c");

        clock.advance(Duration.ofDays(2));
        assertThat(names("?action=stop&sort=urgency")).containsExactly("a", "b");
        assertThat(names("?decision=any")).isEmpty();
        assertThat(json("/api/summary").get("revision").asLong()).isGreaterThan(revision);
    }

    @Test
    void anUndoIsAFurtherDecision() throws Exception {
        String id = JSON.readTree(decide(STOP).body()).get("id").asText();
        decide(
                "{\"model\":\"search\",\"creative\":\"a\",\"kind\":\"undo\",\"who\":\"Ben\",\"undoes\":\""
                        + id
                        + "\"}");

        assertThat(book.written()).hasSize(2);
        assertThat(rows("").get(0).has("decision")).isFalse();
        JsonNode trail = json("/api/decisions?model=search&creative=a").get("decisions");
        assertThat(trail.findValuesAsText("kind")).containsExactly("undo", "stop");
        assertThat(trail.get(1).get("undone").asBoolean()).isTrue();
    }

    @Test
    void whatCannotBeWrittenIsSaidInALine() throws Exception {
        book.breakDown("The decision is not known to be in d: no broker");
        HttpResponse<String> answer = decide(STOP);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(answer.body()).get("error").asText())
                .isEqualTo("The decision is not known to be in d: no broker");
        assertThat(rows("").get(0).has("decision")).isFalse();
    }

    @Test
    void badDecisionsAreRefusedByName() throws Exception {
        assertThat(
                        error(
                                decide(
                                        "{\"model\":\"search\",\"creative\":\"a\",\"kind\":\"stop\"}"),
                                400))
                .startsWith("decision: who: ");
        assertThat(error(decide("[]"), 400)).isEqualTo("decision: must be an object of fields");
        assertThat(error(decide("{\"a\":1"), 400)).startsWith("decision: not JSON: ");
        assertThat(error(decide(STOP.replace("\"a\"", "\"z\"")), 400))
                .isEqualTo("decision: creative: 'z' of model 'search' is not on the board");
        assertThat(error(decide(STOP.replace("Ann", "x".repeat(20_000))), 413)).contains("16384");
        HttpRequest text =
                HttpRequest.newBuilder(at("/api/decisions"))
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString(STOP))
                        .build();
        assertThat(error(send(text), 415)).contains("application/json");
        assertThat(book.written()).isEmpty();
    }

    @Test
    void aForeignPageDecidesNothing() throws Exception {
        assertThat(decide(STOP, "Origin", "https://evil.example").statusCode()).isEqualTo(403);
        assertThat(decide(STOP, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
        assertThat(decide(STOP, "Sec-Fetch-Site", "same-site").statusCode()).isEqualTo(403);
        assertThat(book.written()).isEmpty();

        assertThat(decide(STOP, "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(200);
    }

    @Test
    void whereThereIsATokenADecisionNeedsIt() throws Exception {
        server.close();
        MemoryBook fresh = new MemoryBook(log);
        DecisionDesk desk = new DecisionDesk(DecisionSettings.DEFAULT, log, clock);
        desk.open(fresh);
        serve(new Attention(Optional.of(desk), Optional.empty()), Optional.of("s3cret"));

        assertThat(decide(STOP).statusCode()).isEqualTo(401);
        assertThat(decide(STOP, "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
        assertThat(fresh.written()).isEmpty();
        assertThat(get("/api/creatives.csv").statusCode()).isEqualTo(401);
        assertThat(decide(STOP, "Authorization", "Bearer s3cret").statusCode()).isEqualTo(200);
        assertThat(get("/api/creatives.csv?token=s3cret").statusCode()).isEqualTo(200);
    }

    @Test
    void aProxySaysWhoDecides() throws Exception {
        server.close();
        MemoryBook fresh = new MemoryBook(log);
        DecisionDesk desk = new DecisionDesk(new DecisionSettings("X-User"), log, clock);
        desk.open(fresh);
        serve(new Attention(Optional.of(desk), Optional.empty()), Optional.empty());

        assertThat(error(decide(STOP), 400)).contains("header X-User");
        assertThat(decide(STOP, "X-User", "ben@example.com").statusCode()).isEqualTo(200);
        assertThat(fresh.written().get(0).who()).isEqualTo("ben@example.com");
        assertThat(json("/api/decisions").get("named").asBoolean()).isTrue();
    }

    @Test
    void withoutATopicNothingIsDecided() throws Exception {
        server.close();
        serve(Attention.NONE, Optional.empty());

        assertThat(error(decide(STOP), 400))
                .isEqualTo("No decisions are taken: topics.decisions is empty");
        assertThat(error(get("/api/decisions"), 400)).contains("topics.decisions");
        assertThat(error(get("/api/creatives?decision=any"), 400)).contains("topics.decisions");
        assertThat(json("/api/summary").get("decisions").asBoolean()).isFalse();
        assertThat(json("/api/alerts").get("rules").asBoolean()).isFalse();
    }

    @Test
    void theListIsTakenAwayAsItIsNarrowedAndOrdered() throws Exception {
        board.accept("search", "a", "=SUM(A1)");
        decide(STOP.replace("\"who\"", "\"reason\":\"he said \\\"no\\\"\",\"who\""));

        HttpResponse<String> answer = get("/api/creatives.csv?decision=stop&limit=1");
        List<String> lines = answer.body().lines().toList();
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("text/csv; charset=utf-8; header=present");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"creatives.csv\"");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .startsWith("\"model\",\"creative\",\"spell\",\"advertiser\",\"campaign\",\"text\"")
                .contains("\"probability1d\",\"probability7d\"");
        assertThat(lines.get(1))
                .startsWith("\"search\",\"a\",0,\"Acme\",\"'=SUM(A1)\",\"Text of a\",\"2026-")
                .contains(
                        ",\"stop\",\"Ann\",\"2026-09-01T10:00:00Z\",\"\",\"he said \"\"no\"\"\",0");
        assertThat(answer.body()).endsWith("\r\n");
        List<String> all = get("/api/creatives.csv?sort=spend&limit=1").body().lines().toList();
        assertThat(all).as("whatever the page of the list").hasSize(4);
        assertThat(get("/api/creatives.csv?mark=true").body()).startsWith("\uFEFF\"model\"");
        assertThat(get("/api/creatives.csv?q=nothing").body().lines()).hasSize(1);
        assertThat(error(get("/api/creatives.csv?sort=beauty"), 400)).contains("sort");
    }

    @Test
    void theHistoryOfACreativeIsTakenAwayByTime() throws Exception {
        decide(STOP);

        List<String> lines =
                get("/api/creative.csv?model=search&creative=a").body().lines().toList();
        assertThat(lines.get(0)).startsWith("\"at\",\"event\",\"probability\"");
        assertThat(lines).filteredOn(line -> line.contains("\"score\"")).hasSize(1);
        assertThat(lines).filteredOn(line -> line.contains("\"advice\"")).hasSize(1);
        assertThat(lines)
                .filteredOn(line -> line.contains("\"decision\""))
                .last()
                .asString()
                .contains("\"stop\",\"stop\",\"Ann\"");
    }

    private HttpResponse<String> decide(String body, String... header)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at("/api/decisions"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        if (header.length > 0) {
            request.headers(header);
        }
        return send(request.build());
    }

    private static HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(path)).build());
    }

    private static String error(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body()).get("error").asText();
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private JsonNode rows(String query) throws IOException, InterruptedException {
        return json("/api/creatives" + query).get("creatives");
    }

    private List<String> names(String query) throws IOException, InterruptedException {
        return rows(query).findValuesAsText("creative");
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }
}
