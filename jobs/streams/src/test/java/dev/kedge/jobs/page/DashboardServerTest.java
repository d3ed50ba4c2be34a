// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import static java.time.temporal.ChronoUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.connectors.image.Preview;
import dev.kedge.jobs.ads.board.CreativeCard;
import dev.kedge.jobs.ads.board.CreativesPage;
import dev.kedge.jobs.ads.board.Samples;
import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.operators.ads.creative.CreativeDuplicates.Tie;
import dev.kedge.operators.ads.creative.CreativeDuplicates.Twin;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.policy.Policy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ScoreBoard board = new ScoreBoard(Clock.systemUTC());
    private final JobHealth health = new JobHealth(Clock.systemUTC());
    private DashboardServer server;

    @BeforeEach
    void start() {
        server = new DashboardServer(page(), health, Optional.empty()).start(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsCreativesByRisk() throws Exception {
        board.accept(Samples.score("safe", 1, -9));
        board.accept(Samples.score("risky", 1, -1));

        JsonNode page = json("/api/creatives");

        assertThat(page.get("total").asInt()).isEqualTo(2);
        assertThat(page.get("creatives").findValuesAsText("creative"))
                .containsExactly("risky", "safe");
    }

    @Test
    void filtersCreatives() throws Exception {
        board.accept(Samples.score("a", 1, -9, Action.KEEP));
        board.accept(Samples.score("b", 1, -5, Action.STOP));
        board.accept(Samples.score("c", 1, -1, Action.WATCH));
        board.accept(new Samples("video", "d", "Shoes", 1, -1, Action.KEEP).score());

        assertThat(creatives("?action=stop,keep&model=search")).containsExactly("b", "a");
        assertThat(creatives("?q=SHOE")).containsExactly("d");
        assertThat(creatives("?advertiser=Nobody")).isEmpty();
        assertThat(creatives("?model=search&limit=1&offset=1")).containsExactly("b");
    }

    @Test
    void narrowsToRiskSpendAndCampaign() throws Exception {
        board.accept(Samples.score("a", 1, -9, Action.KEEP));
        board.accept(Samples.score("gone", 1, -5, Action.STOPPED));
        board.accept("search", "a", "Summer");

        assertThat(creatives("?probability=0.2")).containsExactly("a");
        assertThat(creatives("?probability=0.21")).isEmpty();
        assertThat(creatives("?spend=12.5")).containsExactly("a", "gone");
        assertThat(creatives("?spend=12.6")).isEmpty();
        assertThat(creatives("?campaign=Summer")).containsExactly("a");
        assertThat(creatives("?campaign=Winter")).isEmpty();
        assertThat(json("/api/choices").get("campaigns").get(0).asText()).isEqualTo("Summer");
        assertThat(json("/api/choices").get("advertisers").get(0).asText()).isEqualTo("Acme");
    }

    @Test
    void tellsWhatRunsFromWhatDoesNotBesideTheOtherFilters() throws Exception {
        board.accept(Samples.score("a", 1, -9, Action.KEEP));
        board.accept(Samples.score("b", 1, -5, Action.STOP));
        board.accept(Samples.score("gone", 1, -5, Action.STOPPED));
        board.accept(Samples.score("lost", 1, -5, Action.LOST));
        board.accept(new Samples("video", "d", "Shoes", 1, -1, Action.STOPPED).score());

        assertThat(creatives("?state=running")).containsExactly("b", "a");
        assertThat(creatives("?state=stopped&model=search")).containsExactly("gone", "lost");
        assertThat(creatives("?state=running&action=stop,stopped")).containsExactly("b");
        assertThat(creatives("?state=all")).hasSize(5);
        assertThat(json("/api/creatives?state=stopped&limit=1").get("total").asInt()).isEqualTo(3);
    }

    @Test
    void ordersByTheDateOfTheStopWithTheSoonestFirst() throws Exception {
        board.accept(Samples.curved("open", 0.9, 0.8, 0.7));
        board.accept(Samples.curved("soon", 0.4, 0.3, 0.2));
        board.accept(Samples.curved("late", 0.9, 0.8, 0.4));
        board.accept(Samples.curved("untold", 0.9, 0.8, Double.NaN));

        assertThat(creatives("?sort=stop-date")).containsExactly("soon", "late", "open", "untold");
        assertThat(creatives("?sort=stop-date&order=asc"))
                .containsExactly("open", "late", "soon", "untold");
        JsonNode open = json("/api/creatives/search/open").get("stopDate");
        assertThat(open.get("median").isNull()).isTrue();
        assertThat(open.get("curveEnd").asText())
                .isEqualTo(Instant.ofEpochMilli(Samples.LAUNCH).plus(11, DAYS).toString());
        assertThat(json("/api/creatives/search/untold").get("stopDate").isNull()).isTrue();
    }

    @Test
    void servesASmallCopyOfAPictureAndNothingElse() throws Exception {
        byte[] copy = {(byte) 0xff, (byte) 0xd8, 1, 2};
        board.accept(Samples.score("a&b", 1, -9));
        board.accept(Samples.score("plain", 1, -5));
        Optional<Preview> preview = Optional.of(new Preview(240, 120, copy));
        board.cards().put("search", "a&b", CreativeCard.of(5, "Shoes", preview));
        board.cards().put("search", "plain", CreativeCard.of(6, "Words", Optional.empty()));

        JsonNode rows = json("/api/creatives").get("creatives");
        String link = rows.get(1).get("picture").asText();
        HttpResponse<byte[]> answer =
                HTTP.send(
                        HttpRequest.newBuilder(at(link)).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        HttpResponse<String> unversioned = get("/api/picture?model=search&creative=a%26b");

        assertThat(answer.body()).isEqualTo(copy);
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'self'");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("private, max-age=86400");
        assertThat(unversioned.headers().firstValue("Cache-Control")).contains("no-store");
        JsonNode card = json("/api/creative?model=search&creative=a%26b").get("card");
        assertThat(card.get("width").asInt()).isEqualTo(240);
        assertThat(card.get("picture").asText()).isEqualTo(link);
        assertThat(rows.get(0).has("picture")).isFalse();
        assertThat(json("/api/creatives/search/plain").get("card").toString())
                .isEqualTo("{\"text\":\"Words\"}");
        assertThat(get("/api/picture?model=search&creative=plain").statusCode()).isEqualTo(404);
        assertThat(get("/api/picture?model=search&creative=none").statusCode()).isEqualTo(404);
        assertThat(get("/api/picture?model=search").statusCode()).isEqualTo(400);
    }

    @Test
    void ordersEitherWayWithWhatIsUnknownBehind() throws Exception {
        board.accept(Samples.score("late", 3, -9));
        board.accept(Samples.score("early", 1, -1));
        board.accept(Samples.score("unknown", 2, Double.NaN));

        assertThat(creatives("?sort=at")).containsExactly("late", "unknown", "early");
        assertThat(creatives("?sort=at&order=asc")).containsExactly("early", "unknown", "late");
        assertThat(creatives("?sort=risk&order=asc")).containsExactly("late", "early", "unknown");
        assertThat(creatives("?sort=cut-out")).hasSize(3);
    }

    /** A new creative has the fewest days left by what is known of it, and spends nothing. */
    @Test
    void ordersByTheMoneyThatIsLostUntilTheNextCheck() throws Exception {
        board.accept(Samples.wasting("new", -1, 0, Action.UNKNOWN));
        board.accept(Samples.wasting("small", -2, 3, Action.STOP));
        board.accept(Samples.wasting("large", -9, 12, Action.WATCH));
        board.accept(Samples.wasting("gone", -1, 50, Action.STOPPED));

        assertThat(creatives("?sort=risk")).containsExactly("new", "small", "large", "gone");
        assertThat(creatives("?sort=urgency")).containsExactly("large", "small", "new", "gone");
        assertThat(creatives("?action=unknown")).containsExactly("new");
    }

    @Test
    void whatIfNeedsAView() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(at("/api/what-if"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("dashboard.view is empty");
        assertThat(json("/api/what-if").get("policy").get("stop-above").asDouble()).isEqualTo(0.75);
    }

    @Test
    void tellsWhatWasMeasuredOfTheJob() throws Exception {
        assertThat(json("/api/health").get("checkpoint").isNull()).isTrue();
        assertThat(json("/api/health").get("inputLag").isNull()).isTrue();

        health.measured(new JobHealth.Measures(Optional.of(Instant.EPOCH), OptionalLong.of(7)));

        assertThat(json("/api/health").get("checkpoint").asText())
                .isEqualTo("1970-01-01T00:00:00Z");
        assertThat(json("/api/health").get("inputLag").asInt()).isEqualTo(7);
    }

    @Test
    void tellsAllOfOneCreative() throws Exception {
        board.accept(new Samples("a/b", "c d", "Shoes", 1, -1, Action.STOP).score());

        JsonNode creative = json("/api/creatives/a%2Fb/c%20d");

        assertThat(creative.get("action").asText()).isEqualTo("stop");
        assertThat(creative.get("at").asText())
                .isEqualTo(Instant.ofEpochMilli(Samples.LAUNCH + 1).toString());
        assertThat(creative.get("hazard").get(2).isNull()).isTrue();
        assertThat(creative.get("clickThrough")).hasSize(1);
        assertThat(creative.get("actions").get(0).get("action").asText()).isEqualTo("stop");
    }

    @Test
    void marksACopyInTheListAndNamesItsTwinsOnItsPage() throws Exception {
        board.accept(Samples.score("first", 1, -9));
        board.accept(Samples.score("copy", 2, -8));
        board.accept(Samples.same("first", 1, "first"));
        board.accept(Samples.same("copy", 2, "first", new Twin("first", 0.97, Tie.SAME)));

        JsonNode rows = json("/api/creatives").get("creatives");
        JsonNode page = json("/api/creatives/search/copy").get("duplicates");

        assertThat(rows.get(0).get("sameAs").asText()).isEqualTo("first");
        assertThat(rows.get(1).has("sameAs")).isFalse();
        assertThat(page.get("group").asText()).isEqualTo("first");
        assertThat(page.get("twins").get(0).get("similarity").asDouble()).isEqualTo(0.97);
        assertThat(page.get("twins").get(0).get("tie").asText()).isEqualTo("same");
        assertThat(board.recognised()).isEqualTo(1);
    }

    @Test
    void aCreativeThatIsNotKnownIsNotFound() throws Exception {
        HttpResponse<String> answer = get("/api/creatives/search/none");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(answer.body()).get("error").asText()).contains("Nothing is known");
    }

    @Test
    void tellsMetricsWithNullForWhatIsNotANumber() throws Exception {
        board.accept(Samples.metrics("search", 1, 0.7));

        JsonNode newest = json("/api/metrics?model=search").get("metrics").get(0);

        assertThat(newest.get("concordanceShort").asDouble()).isEqualTo(0.7);
        assertThat(newest.get("concordanceAll").isNull()).isTrue();
        assertThat(json("/api/models").get("models").get(0).asText()).isEqualTo("search");
    }

    @Test
    void tellsTheSummaryAndTheHealth() throws Exception {
        board.accept(Samples.score("a", 1, -9));
        board.deadLetter("not JSON");
        health.become(JobHealth.State.RESTARTING, "a task manager was lost");

        JsonNode summary = json("/api/summary");

        assertThat(summary.get("creatives").asInt()).isEqualTo(1);
        assertThat(summary.get("deadLetters").get("not JSON").asInt()).isEqualTo(1);
        assertThat(json("/api/health").get("state").asText()).isEqualTo("restarting");
        assertThat(json("/api/health").get("message").asText()).contains("task manager");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/creatives?limit=0",
                "/api/creatives?limit=many",
                "/api/creatives?offset=-1",
                "/api/creatives?sort=beauty",
                "/api/creatives?state=asleep",
                "/api/creatives?action=sell",
                "/api/creatives?order=sideways",
                "/api/creatives?probability=1.5",
                "/api/creatives?spend=-1",
                "/api/creatives?spend=much",
                "/api/metrics"
            })
    void refusesBadParametersWithAReason(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).get("error").asText()).isNotBlank();
    }

    @Test
    void sendsTheSummaryToOpenPages() throws Exception {
        HttpResponse<InputStream> answer =
                HTTP.send(
                        HttpRequest.newBuilder(at("/api/events"))
                                .header("Accept", "text/event-stream")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("event: tick");
            assertThat(lines.readLine()).startsWith("data: {\"revision\":0");
            assertThat(lines.lines().filter("event: tick"::equals).findFirst()).isPresent();
        }
    }

    @Test
    void servesThePageWithoutForeignSources() throws Exception {
        HttpResponse<String> page = get("/");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.body()).contains("app.js").doesNotContain("http://", "https://");
        assertThat(get("/webjars/echarts.min.js").body()).contains("echarts");
    }

    @Test
    void anOccupiedPortIsNamedInOneLine() {
        try (DashboardServer second = new DashboardServer(page(), health, Optional.empty())) {
            assertThatThrownBy(() -> second.start(server.port()))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("Port " + server.port() + " is in use")
                    .hasMessageContaining("--port")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void needsATokenToBeSeenFromOtherMachines() {
        try (DashboardServer open = new DashboardServer(page(), health, Optional.empty())) {
            assertThatThrownBy(() -> open.start("0.0.0.0", 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("token");
        }
    }

    @Test
    void answersOnlyThoseWhoBringTheToken() throws Exception {
        try (DashboardServer open =
                new DashboardServer(page(), health, Optional.of("s3cret")).start("0.0.0.0", 0)) {
            URI summary = URI.create("http://127.0.0.1:" + open.port() + "/api/summary");

            assertThat(status(HttpRequest.newBuilder(summary))).isEqualTo(401);
            assertThat(status(bearer(summary, "wrong"))).isEqualTo(401);
            assertThat(status(bearer(summary, "s3cret"))).isEqualTo(200);
            assertThat(status(HttpRequest.newBuilder(URI.create(summary + "?token=s3cret"))))
                    .isEqualTo(200);
            assertThat(
                            status(
                                    HttpRequest.newBuilder(summary)
                                            .header("Cookie", "kedge-dashboard=s3cret")))
                    .isEqualTo(200);
        }
    }

    private static HttpRequest.Builder bearer(URI uri, String token) {
        return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
    }

    private static int status(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private List<String> creatives(String query) throws IOException, InterruptedException {
        return json("/api/creatives" + query).get("creatives").findValuesAsText("creative");
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(at(path)).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }

    private CreativesPage page() {
        return new CreativesPage(board, Optional.empty(), Policy.DEFAULT);
    }
}
