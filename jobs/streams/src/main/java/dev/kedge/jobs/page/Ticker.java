// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import dev.kedge.jobs.threads.Daemons;
import io.javalin.http.sse.SseClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the summary to every open page once a second. A page that does not read what it was sent
 * gets nothing more until it does, and holds up no other.
 */
final class Ticker implements AutoCloseable {
    static final int MAX_CLIENTS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private static final String THREADS = "kedge-dashboard-ticks";

    private final Supplier<String> summary;
    private final Runnable look;
    private final Map<SseClient, AtomicBoolean> clients = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new Daemons(THREADS));
    private final ExecutorService senders =
            new ThreadPoolExecutor(
                    0,
                    MAX_CLIENTS,
                    5,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    new Daemons(THREADS));
    private final ScheduledFuture<?> ticks;

    /**
     * Begins to tick.
     *
     * @param summary what pages are sent
     * @param look runs at every tick, pages or none
     */
    Ticker(Supplier<String> summary, Runnable look) {
        this.summary = summary;
        this.look = look;
        this.ticks = timer.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** Whether no more pages can be sent to. */
    boolean full() {
        return clients.size() >= MAX_CLIENTS;
    }

    /** Sends to a page from now on; tells whether there was room for it. */
    boolean join(SseClient client) {
        AtomicBoolean busy = new AtomicBoolean(true);
        if (!add(client, busy)) {
            client.close();
            return false;
        }
        client.keepAlive();
        client.onClose(() -> clients.remove(client));
        client.sendEvent("tick", summary.get());
        busy.set(false);
        return true;
    }

    private synchronized boolean add(SseClient client, AtomicBoolean busy) {
        return !full() && clients.put(client, busy) == null;
    }

    private void tick() {
        try {
            look.run();
            if (!clients.isEmpty()) {
                String now = summary.get();
                clients.forEach((client, busy) -> send(client, busy, now));
            }
        } catch (RuntimeException e) {
            // Thrown on, it would end all ticks for good.
            LOG.warn("the open pages could not be told of the newest", e);
        }
    }

    private void send(SseClient client, AtomicBoolean busy, String now) {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            senders.execute(
                    () -> {
                        try {
                            client.sendEvent("tick", now);
                        } finally {
                            busy.set(false);
                        }
                    });
        } catch (RejectedExecutionException e) {
            // Pages that have left still hold their threads: the next tick tells it.
            busy.set(false);
        }
    }

    @Override
    public void close() {
        ticks.cancel(false);
        timer.shutdownNow();
        senders.shutdownNow();
        clients.keySet().forEach(SseClient::close);
    }
}
