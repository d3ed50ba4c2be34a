// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.connectors.testing.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.Condition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Those who ask too much, too slowly or never to the end do not keep the server from others. */
class ServerPressureTest {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String HALF =
            "POST /api/what-if HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
                    + "Content-Length: 100\n\n{";
    private static final Duration LONG = Patience.TIME;

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<RawSocket> sockets = new ArrayList<>();
    private final Page page = new Page();
    private DashboardServer server;

    /** A page whose questions wait, and whose answers may be large. */
    private final class Page implements PageContent {
        private volatile String word = "";

        @Override
        public List<PageAsset> assets() {
            return List.of();
        }

        @Override
        public ObjectNode summary() {
            return JsonNodeFactory.instance.objectNode().put("word", word);
        }

        @Override
        public Optional<Instant> lastScored() {
            return Optional.empty();
        }

        @Override
        public void routes(PageRoutes routes) {
            routes.question("/api/what-if", this::answer);
            routes.get("/api/large", request -> DashboardServer.answer(request, summary()));
        }

        private ObjectNode answer(byte[] body) {
            entered.countDown();
            try {
                assertThat(released.await(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private void start(int connections, Duration idle, Duration answer, int requests) {
        ServerLimits limits =
                new ServerLimits(connections, idle, answer, idle, 8, requests, 2, 1000);
        server =
                new DashboardServer(
                                page, new JobHealth(Clock.systemUTC()), Optional.empty(), limits)
                        .start(0);
    }

    @AfterEach
    void stop() throws IOException {
        released.countDown();
        for (RawSocket socket : sockets) {
            socket.close();
        }
        server.close();
    }

    @Test
    void aFloodOfQuestionsAndHalfSentBodiesIsRefusedWhileHealthIsAnswered() throws Exception {
        // Nobody is cut off for being slow: so may be whoever asks well, on a busy machine.
        start(512, LONG, LONG, 24);
        CompletableFuture<HttpResponse<String>> first = ask();
        assertThat(entered.await(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();

        for (int i = 0; i < 100; i++) {
            raw().send(HALF);
        }
        List<CompletableFuture<HttpResponse<String>>> flood =
                IntStream.range(0, 260).mapToObj(i -> ask()).toList();
        assertHealthIsAnswered();
        for (CompletableFuture<HttpResponse<String>> one : flood) {
            HttpResponse<String> answer = one.get(Patience.SECONDS, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(new ObjectMapper().readTree(answer.body()).get("error").asText())
                    .isNotBlank();
        }
        assertHealthIsAnswered();
        assertThat(first).isNotDone();
        released.countDown();

        assertThat(first.get(Patience.SECONDS, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        List<String> halves = new ArrayList<>();
        Awaitility.await("most halves are refused at once")
                .until(
                        () -> {
                            halves.addAll(answers());
                            return halves.size() >= 80;
                        });
        assertThat(halves).allMatch(line -> line.startsWith("HTTP/1.1 429 "));
        for (RawSocket socket : sockets) {
            socket.close();
        }
        Awaitility.await("again")
                .until(() -> ask().get(Patience.SECONDS, TimeUnit.SECONDS).statusCode() == 200);
    }

    @Test
    void halvesOfQuestionsAreDroppedAtOnceOrWhenTheyTakeTooLong() throws Exception {
        start(512, Duration.ofSeconds(2), LONG, 24);
        for (int i = 0; i < 100; i++) {
            raw().send(HALF);
        }

        List<String> halves = new ArrayList<>();
        for (RawSocket socket : sockets) {
            halves.add(socket.rest(Patience.TIME).lines().findFirst().orElse(""));
        }

        assertThat(halves)
                .allMatch(line -> line.isEmpty() || line.matches("HTTP/1.1 (429|408|400) .*"))
                .areAtLeast(1, new Condition<>(line -> line.contains("429"), "429"));
        released.countDown();
        Awaitility.await("again")
                .ignoreExceptions()
                .until(() -> ask().get(Patience.SECONDS, TimeUnit.SECONDS).statusCode() == 200);
    }

    @Test
    void aHeadThatDripsAndNeverEndsIsCutOff() throws Exception {
        start(512, Duration.ofMillis(500), LONG, 24);
        RawSocket slow = raw().send("GET /api/health HTTP/1.1\nHost: localhost\nX-Drip: ");

        Awaitility.await("cut off")
                .pollInterval(Duration.ofMillis(50))
                .until(() -> slow.isClosedAfter("a"));

        assertThat(server.connections().closed()).isEqualTo(1);
    }

    @Test
    void aBodyThatDripsAndNeverEndsIsCutOff() throws Exception {
        start(512, Duration.ofMillis(500), LONG, 24);
        RawSocket slow = raw().send(HALF);

        Awaitility.await("refused")
                .pollInterval(Duration.ofMillis(50))
                .until(() -> slow.isClosedAfter(" ") || slow.read(11).contains("TTP/1.1 408"));
    }

    @Test
    void aQuestionMayTakeLongerThanAConnectionMayWait() throws Exception {
        Duration idle = Duration.ofSeconds(3);
        start(512, idle, LONG, 24);
        CompletableFuture.delayedExecutor(idle.toMillis() + 1500, TimeUnit.MILLISECONDS)
                .execute(released::countDown);

        assertThat(ask().get(Patience.SECONDS, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void whoeverBringsNoRequestMakesRoomForOthers() throws Exception {
        start(20, LONG, LONG, 24);
        for (int i = 0; i < 60; i++) {
            raw();
        }

        assertHealthIsAnswered();
        Awaitility.await("room").until(() -> server.connections().size() <= 21);
    }

    @Test
    void anAnswerThatNobodyReadsIsGivenUp() throws Exception {
        page.word = "x".repeat(32 << 20);
        start(512, LONG, Duration.ofSeconds(3), 1);
        raw().send("GET /api/large HTTP/1.1\nHost: localhost\n\n").read(8);

        assertThat(status("/api/large")).as("no room beside it").isEqualTo(429);
        page.word = "";
        Awaitility.await("room again").until(() -> status("/api/large") == 200);
    }

    @Test
    void aPageThatDoesNotReadHoldsUpNoOther() throws Exception {
        page.word = "x".repeat(4 << 20);
        start(512, LONG, LONG, 24);
        String events = "GET /api/events HTTP/1.1\nHost: localhost\nAccept: text/event-stream\n\n";
        raw().send(events).read(8);
        page.word = "small";

        HttpRequest request =
                HttpRequest.newBuilder(at("/api/events"))
                        .header("Accept", "text/event-stream")
                        .build();
        try (InputStream reading = HTTP.send(request, BodyHandlers.ofInputStream()).body()) {
            String read = "";
            while (read.split("event: tick", -1).length < 4) {
                read += new String(reading.readNBytes(64), StandardCharsets.UTF_8);
            }
            assertThat(read).contains("small");
        }
    }

    @Test
    void soManyPagesAreToldOfNewsAndNoMore() throws Exception {
        start(512, Duration.ofMillis(900), Duration.ofMillis(900), 24);
        String events = "GET /api/events HTTP/1.1\nHost: localhost\nAccept: text/event-stream\n\n";
        for (int i = 0; i < Ticker.MAX_CLIENTS; i++) {
            raw().send(events).readTo("event: tick");
        }
        RawSocket none = raw().send(events);

        assertThat(none.read(12)).isEqualTo("HTTP/1.1 429");
        assertHealthIsAnswered();
        sockets.get(0).close();
        Awaitility.await("room for one again")
                .until(() -> raw().send(events).read(12).equals("HTTP/1.1 200"));
    }

    /** First lines of answers that have come since they were last asked for. */
    private List<String> answers() throws IOException {
        List<String> lines = new ArrayList<>();
        for (RawSocket socket : List.copyOf(sockets)) {
            Optional<String> line = socket.answer();
            if (line.isPresent()) {
                lines.add(line.get());
                socket.close();
                sockets.remove(socket);
            }
        }
        return lines;
    }

    private RawSocket raw() throws IOException {
        RawSocket socket = new RawSocket(server.port());
        sockets.add(socket);
        return socket;
    }

    private CompletableFuture<HttpResponse<String>> ask() {
        HttpRequest request =
                HttpRequest.newBuilder(at("/api/what-if"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}"))
                        .build();
        return HTTP.sendAsync(request, BodyHandlers.ofString());
    }

    private void assertHealthIsAnswered() throws Exception {
        // What holds the server up lasts until the test lets go: seconds are the machine's own.
        HttpRequest request =
                HttpRequest.newBuilder(at("/api/health")).timeout(Patience.TIME).build();
        HttpClient fresh = HttpClient.newHttpClient();
        assertThat(fresh.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private int status(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(at(path)).build();
        return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }
}
