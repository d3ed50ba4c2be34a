// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.alerts;

import dev.kedge.connectors.json.RecordJson;
import dev.kedge.jobs.threads.Daemons;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts to an address, one after the other on a thread of its own. It follows no redirect,
 * reads no answer, waits for no answer longer than it may, and says nowhere what address and
 * headers are but for the host.
 */
final class Webhook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final RecordJson<Alert> JSON = RecordJson.of(Alert.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    private final WebhookSettings settings;
    private final URI address;
    private final Duration pause;
    private final BlockingQueue<Alert> waiting;
    private final HttpClient http;
    private final Thread thread;
    private long sent;
    private long dropped;
    private String trouble = "";

    /** What came of an attempt. */
    private enum Outcome {
        /** It was taken. */
        TAKEN,
        /** It may be taken later. */
        LATER,
        /** It will never be taken. */
        NEVER
    }

    Webhook(WebhookSettings settings, URI address) {
        this(settings, address, Duration.ofSeconds(1));
    }

    /**
     * Begins to send.
     *
     * @param pause after the first attempt that fails; twice as long after each further one
     */
    Webhook(WebhookSettings settings, URI address, Duration pause) {
        this.settings = settings;
        this.address = address;
        this.pause = pause;
        this.waiting = new ArrayBlockingQueue<>(settings.queue());
        // It has no clock of its own: whoever waits for the answer gives a call up.
        this.http = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
        this.thread = new Daemons("kedge-alerts-webhook").newThread(this::send);
        thread.start();
    }

    /** Will send an alert, if there is room for it. */
    void accept(Alert alert) {
        if (!waiting.offer(alert)) {
            drop("more than " + settings.queue() + " alerts wait");
        }
    }

    synchronized Sending status() {
        return new Sending(sent, dropped, waiting.size(), trouble);
    }

    private void send() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                send(waiting.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Alert alert) throws InterruptedException {
        long wait = pause.toMillis();
        for (int attempt = 1; attempt <= settings.attempts(); attempt++) {
            switch (attempt(alert)) {
                case TAKEN -> {
                    taken();
                    return;
                }
                case NEVER -> attempt = settings.attempts();
                case LATER -> {
                    if (attempt < settings.attempts()) {
                        TimeUnit.MILLISECONDS.sleep(wait);
                        wait = Math.min(2 * wait, LONGEST_PAUSE.toMillis());
                    }
                }
            }
        }
        drop(status().trouble());
    }

    private Outcome attempt(Alert alert) throws InterruptedException {
        CompletableFuture<HttpResponse<Void>> call =
                http.sendAsync(request(alert), BodyHandlers.discarding());
        try {
            int status =
                    call.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS).statusCode();
            return judge(status);
        } catch (TimeoutException e) {
            call.cancel(true);
            failed("does not answer within " + settings.timeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            failed("cannot be reached (" + e.getCause().getClass().getSimpleName() + ")");
        }
        return Outcome.LATER;
    }

    private Outcome judge(int status) {
        if (status >= 200 && status < 300) {
            return Outcome.TAKEN;
        }
        boolean redirects = status >= 300 && status < 400;
        failed("answers " + status + (redirects ? "; redirects are not followed" : ""));
        boolean refused = status >= 300 && status < 500 && !LATER.contains(status);
        return refused ? Outcome.NEVER : Outcome.LATER;
    }

    private HttpRequest request(Alert alert) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(JSON.encode(alert)));
        settings.headers().forEach(request::setHeader);
        return request.build();
    }

    private synchronized void taken() {
        sent++;
        trouble = "";
    }

    private synchronized void failed(String why) {
        trouble = address.getHost() + " " + why;
    }

    private synchronized void drop(String why) {
        dropped++;
        // At the 1st, 2nd, 4th ... time: an address that is gone must not fill the log.
        if (Long.bitCount(dropped) == 1) {
            LOG.warn("an alert was not sent ({} so far): {}", dropped, why);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
