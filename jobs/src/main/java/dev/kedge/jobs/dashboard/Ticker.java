// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.dashboard;

import io.javalin.http.sse.SseClient;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Sends the summary to every open page once a second. */
final class Ticker implements AutoCloseable {
    static final int MAX_CLIENTS = 64;

    private final Supplier<String> summary;
    private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Ticker::thread);
    private final ScheduledFuture<?> ticks;

    Ticker(Supplier<String> summary) {
        this.summary = summary;
        this.ticks = timer.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    void join(SseClient client) {
        if (clients.size() >= MAX_CLIENTS) {
            client.close();
            return;
        }
        client.keepAlive();
        client.onClose(() -> clients.remove(client));
        clients.add(client);
        client.sendEvent("tick", summary.get());
    }

    private void tick() {
        if (!clients.isEmpty()) {
            String now = summary.get();
            clients.forEach(client -> client.sendEvent("tick", now));
        }
    }

    @Override
    public void close() {
        ticks.cancel(false);
        timer.shutdownNow();
        clients.forEach(SseClient::close);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "kedge-dashboard-ticks");
        thread.setDaemon(true);
        return thread;
    }
}
