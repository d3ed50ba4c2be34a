// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.jobs.page.DashboardServer;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.operators.tracker.ctvis.Track;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrackerPageTest {
    private final TrackerBoard board = new TrackerBoard(Clock.systemUTC());
    private final HttpClient client = HttpClient.newHttpClient();
    private DashboardServer server;

    @BeforeEach
    void start() {
        server =
                TrackerPages.server(
                                board,
                                new TrackerSettings.Input(0, new ImageShape(3, 1, 1)),
                                new JobHealth(Clock.systemUTC()),
                                Optional.empty())
                        .start(0);
        board.picture(TrackerBoardTest.frame("a", 1, 2));
        board.score(TrackerBoardTest.score("a", 1, 3, Track.DROPPED));
        board.metrics(TrackerBoardTest.metrics(1000, Double.NaN));
        board.deadLetter("late");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = server.uri().resolve(path);
        return client.send(
                HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws Exception {
        return new ObjectMapper().readTree(get(path).body());
    }

    @Test
    void theSummaryTellsModelsAndDeadLetters() throws Exception {
        JsonNode summary = json("/api/summary");

        assertThat(summary.path("names").path(0).asText()).isEqualTo("m");
        assertThat(summary.path("models").path(0).path("switches").asInt()).isEqualTo(2);
        assertThat(summary.path("models").path(0).path("idf1").isNull()).isTrue();
        assertThat(summary.path("deadLetters").path("late").asInt()).isEqualTo(1);
        assertThat(summary.path("health").path("state").asText()).isEqualTo("starting");
    }

    @Test
    void scenesShowBoxesTracksAndPixels() throws Exception {
        JsonNode answer = json("/api/scenes?model=m");
        JsonNode detections = answer.path("scenes").path(0).path("detections");

        assertThat(answer.path("crop").path("channels").asInt()).isEqualTo(3);
        assertThat(detections.path(0).path("track").asInt()).isEqualTo(3);
        assertThat(detections.path(0).path("box").toString()).isEqualTo("[1.0,2.0,3.0,4.0]");
        assertThat(detections.path(0).path("pixels").asText()).isEqualTo("AAEC");
        assertThat(detections.path(1).path("dropped").asText()).isEqualTo("weak");
        assertThat(answer.path("instances")).hasSize(1);
    }

    @Test
    void metricsAreToldByModel() throws Exception {
        assertThat(json("/api/metrics?model=m").path("metrics")).hasSize(1);
        assertThat(json("/api/metrics?model=x").path("metrics")).isEmpty();
        assertThat(get("/api/metrics").statusCode()).isEqualTo(400);
    }

    @Test
    void thePageAndItsFilesAreServedAndNothingElse() throws Exception {
        for (String path :
                new String[] {
                    "/",
                    "/app.css",
                    "/tracker.css",
                    "/tracker.js",
                    "/charts.js",
                    "/learner.css",
                    "/learner.js",
                    "/icon.svg"
                }) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(get("/").body()).contains("tracker.js").doesNotContain("http://", "https://");
        assertThat(get("/classifier.js").statusCode()).isEqualTo(404);
    }
}
