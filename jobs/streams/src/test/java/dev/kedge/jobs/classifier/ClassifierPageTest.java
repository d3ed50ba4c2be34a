// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.connectors.image.ImageFile.Format;
import dev.kedge.connectors.image.Pixels;
import dev.kedge.jobs.page.DashboardServer;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierMetrics.ClassFigures;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.classifier.Sample;
import dev.kedge.operators.classifier.hpcr.Prediction;
import dev.kedge.operators.image.ImageShape;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierPageTest {
    private static final long AT = 1_700_000_000_000L;
    private static final ImageShape SHAPE = new ImageShape(1, 2, 2);

    private final ClassifierBoard board = new ClassifierBoard(Clock.systemUTC());
    private final JobHealth health = new JobHealth(Clock.systemUTC());
    private final HttpClient client = HttpClient.newHttpClient();
    private DashboardServer server;

    @BeforeEach
    void start() {
        server =
                ClassifierPages.server(board, Optional.of(SHAPE), health, Optional.empty())
                        .start(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(server.uri().resolve(path)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get(path).body());
    }

    private static ClassifierScore score(String id, long millis, Optional<String> label) {
        return new ClassifierScore(
                "m",
                id,
                AT + millis,
                List.of(new Prediction.Ranked("cat", 0.75), new Prediction.Ranked("dog", 0.25)),
                0.5,
                3,
                AT,
                label);
    }

    private static ClassifierMetrics metrics(long millis, int classes) {
        List<ClassFigures> figures = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            figures.add(new ClassFigures("c%02d".formatted(c), c, 1, 2, 0.5, Double.NaN));
        }
        return new ClassifierMetrics(
                "m",
                AT + millis,
                3,
                new ClassifierMetrics.Counts(10, 9, 1, 0, 0, 0, 0),
                new ClassifierMetrics.Quality(0.5, 0.75, Double.NaN, 2.5, 1),
                5,
                2,
                figures);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/app.css",
                "/classifier.css",
                "/classifier.js",
                "/charts.js",
                "/learner.css",
                "/learner.js",
                "/icon.svg",
                "/webjars/echarts.min.js"
            })
    void servesThePage(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void tellsTheNewestSamplesWithWhatWasSaid() throws Exception {
        board.score(score("x", 1, Optional.empty()));
        board.score(score("y", 2, Optional.of("dog")));
        board.score(score("x", 1, Optional.of("cat")));
        board.score(score("x", 1, Optional.empty()));
        JsonNode samples = json("/api/samples?model=m").get("samples");

        assertThat(samples).hasSize(2);
        assertThat(samples.get(0).get("id").asText()).isEqualTo("y");
        assertThat(samples.get(0).get("correct").asBoolean()).isFalse();
        assertThat(samples.get(1).get("label").asText()).isEqualTo("cat");
        assertThat(samples.get(1).get("correct").asBoolean()).isTrue();
        assertThat(samples.get(1).get("ranked").get(0).get("probability").asDouble())
                .isEqualTo(0.75);
        assertThat(samples.get(1).get("picture").asBoolean()).isFalse();
        assertThat(json("/api/summary").get("health").get("lastEvent").isNull()).isFalse();
    }

    @Test
    void showsPicturesAsPng() throws Exception {
        byte[] pixels = {1, 2, 3, 4};
        board.picture(new Sample("m", "a/b", AT, pixels, Optional.empty()));
        HttpResponse<byte[]> picture = get("/api/picture?model=m&id=a%2Fb");

        assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(Pixels.decode(picture.body(), Format.PNG, SHAPE)).isEqualTo(pixels);
        assertThat(get("/api/picture?model=m&id=none").statusCode()).isEqualTo(404);
        assertThat(get("/api/picture?model=m").statusCode()).isEqualTo(400);
    }

    @Test
    void tellsMetricsOverTimeOfTheClassesJudgedMost() throws Exception {
        board.metrics(metrics(1, 2));
        board.metrics(metrics(5, 30));
        board.metrics(metrics(5, 1));
        board.metrics(metrics(3, 1));
        JsonNode history = json("/api/metrics?model=m").get("metrics");

        assertThat(history).hasSize(2);
        assertThat(history.get(0).get("forgetting").isNull()).isTrue();
        assertThat(history.get(1).get("classes")).hasSize(ClassifierBoard.MAX_CLASSES);
        assertThat(history.get(1).get("classes").get(0).get("label").asText()).isEqualTo("c10");
        assertThat(json("/api/summary").get("models").get(0).get("classes")).hasSize(30);
        assertThat(json("/api/metrics?model=other").get("metrics")).isEmpty();
        assertThat(get("/api/metrics").statusCode()).isEqualTo(400);
    }

    @Test
    void whatItKeepsIsBounded() throws Exception {
        for (int i = 0; i < 2000; i++) {
            board.score(score("s" + i, i, Optional.empty()));
            board.metrics(metrics(i, 1));
            board.deadLetter("reason " + i);
        }

        assertThat(board.samples("m", Integer.MAX_VALUE)).hasSize(512);
        assertThat(board.history("m")).hasSize(ClassifierBoard.MAX_POINTS);
        assertThat(json("/api/summary").get("deadLetters")).hasSize(101);
    }
}
