// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.testing.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookTest {
    private static final long AT = 1_790_000_000_000L;

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/hook", this::take);
        server.createContext("/slow", exchange -> await());
        server.start();
    }

    @AfterEach
    void stop() {
        held.countDown();
        server.stop(0);
    }

    private void await() {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
        int status = Optional.ofNullable(answers.poll()).orElse(204);
        exchange.getResponseHeaders().set("Location", "/elsewhere");
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** As patient as whoever waits for it: a call that is given up has taken its answer along. */
    private Webhook webhook(String path, int attempts, int queue) {
        return webhook(path, Patience.TIME, attempts, queue);
    }

    private Webhook webhook(String path, Duration timeout, int attempts, int queue) {
        String url = "http://localhost:" + server.getAddress().getPort() + path;
        WebhookSettings settings =
                new WebhookSettings(
                        url,
                        new TreeMap<>(Map.of("Authorization", "Bearer s3cret")),
                        timeout,
                        attempts,
                        queue);
        return new Webhook(settings, URI.create(url), Duration.ofMillis(1));
    }

    private static Alert alert(String id) {
        return new Alert(id, "ads", "losing", AT, AT, "losing: c", Optional.empty());
    }

    private static void until(String what, BooleanSupplier holds) {
        Awaitility.await(what).until(holds::getAsBoolean);
    }

    @Test
    void sendsAnAlertAsJsonWithItsHeaders() throws Exception {
        try (Webhook webhook = webhook("/hook", 3, 10)) {
            webhook.accept(alert("a"));
            until("sent", () -> webhook.status().sent() == 1);

            assertThat(RecordJson.of(Alert.class).decode(bodies.get(0).getBytes(UTF_8)))
                    .isEqualTo(alert("a"));
            assertThat(tokens).containsExactly("Bearer s3cret");
            assertThat(webhook.status()).isEqualTo(new Sending(1, 0, 0, ""));
        }
    }

    @Test
    void triesAgainWhatMayBeTakenLater() {
        answers.addAll(List.of(500, 429));
        try (Webhook webhook = webhook("/hook", 3, 10)) {
            webhook.accept(alert("a"));
            until("sent", () -> webhook.status().sent() == 1);

            assertThat(bodies).hasSize(3);
            assertThat(webhook.status().dropped()).isZero();
        }
    }

    @Test
    void givesUpAfterSoManyAttemptsAndSaysWhy() {
        answers.addAll(List.of(503, 503));
        try (Webhook webhook = webhook("/hook", 2, 10)) {
            webhook.accept(alert("a"));
            until("given up", () -> webhook.status().dropped() == 1);

            assertThat(bodies).hasSize(2);
            assertThat(webhook.status().trouble()).isEqualTo("localhost answers 503");
        }
    }

    @Test
    void followsNoRedirect() {
        answers.add(307);
        try (Webhook webhook = webhook("/hook", 5, 10)) {
            webhook.accept(alert("a"));
            until("given up", () -> webhook.status().dropped() == 1);

            assertThat(bodies).hasSize(1);
            assertThat(webhook.status().trouble())
                    .isEqualTo("localhost answers 307; redirects are not followed");
        }
    }

    @Test
    void doesNotTryAgainWhatIsRefused() {
        answers.add(403);
        try (Webhook webhook = webhook("/hook", 5, 10)) {
            webhook.accept(alert("a"));
            until("given up", () -> webhook.status().dropped() == 1);

            assertThat(bodies).hasSize(1);
        }
    }

    @Test
    void waitsForNoAnswerLongerThanItMayAndDropsWhatFindsNoRoom() {
        try (Webhook webhook = webhook("/slow", Duration.ofSeconds(1), 1, 2)) {
            webhook.accept(alert("a"));
            until("the first is on its way", () -> webhook.status().waiting() == 0);
            webhook.accept(alert("b"));
            webhook.accept(alert("c"));
            webhook.accept(alert("d"));

            assertThat(webhook.status().dropped()).isEqualTo(1);
            until("all given up", () -> webhook.status().dropped() == 4);
            assertThat(webhook.status().trouble()).contains("does not answer within 1000 ms");
        }
    }

    @Test
    void saysOfAnAddressThatIsNotThereNoMoreThanItsHost() {
        server.stop(0);
        try (Webhook webhook = webhook("/hook/s3cret", 1, 2)) {
            webhook.accept(alert("a"));
            until("given up", () -> webhook.status().dropped() == 1);

            assertThat(webhook.status().trouble())
                    .isEqualTo("localhost cannot be reached (ConnectException)");
        }
    }
}
