// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import dev.kedge.jobs.threads.Daemons;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * The open connections of the page's server. One that brings no whole request for a while is
 * closed, however often it drips a byte, and so is one whose answer nobody reads; when there are
 * too many, the one that waits longest for its request makes room. Streams of events stay.
 */
final class Connections implements Connection.Listener, AutoCloseable {
    private final int most;
    private final Duration idle;
    private final Duration answer;
    private final Map<Connection, Watch> open = new ConcurrentHashMap<>();
    private final ScheduledFuture<?> sweeps;
    private final AtomicLong closed = new AtomicLong();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new Daemons("kedge-dashboard-connections"));

    /** Whether a connection's request is being answered, and since when. */
    private static final class Watch {
        private boolean working;
        private boolean stream;
        private long extra;
        private long since = System.nanoTime();

        synchronized void become(boolean nowWorking) {
            working = nowWorking;
            stream = false;
            extra = 0;
            since = System.nanoTime();
        }

        synchronized void stream() {
            stream = true;
        }

        synchronized void allow(Duration more) {
            extra = more.toNanos();
        }

        synchronized boolean waits() {
            return !working;
        }

        synchronized long nanos() {
            return stream ? 0 : System.nanoTime() - since - extra;
        }
    }

    Connections(ServerLimits limits) {
        most = limits.connections();
        idle = limits.idle();
        answer = limits.answer();
        long every = Math.min(Duration.ofSeconds(1).toNanos(), idle.toNanos() / 2);
        sweeps = timer.scheduleAtFixedRate(this::sweep, every, every, TimeUnit.NANOSECONDS);
    }

    /**
     * The head of a request came whole; it is in work until its answer is written or given up.
     * Meanwhile the connection may be still, for as long as an answer may take.
     */
    void begin(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        Watch watch = open.get(connection);
        if (watch != null) {
            watch.become(true);
            connection.getEndPoint().setIdleTimeout(answer.toMillis());
            Request.addCompletionListener(
                    request,
                    failure -> {
                        connection.getEndPoint().setIdleTimeout(idle.toMillis());
                        watch.become(false);
                    });
        }
    }

    /** Reads a request's body: the connection may be still for no longer than one that waits. */
    <T> T receive(Request request, Supplier<T> read) {
        EndPoint end = request.getConnectionMetaData().getConnection().getEndPoint();
        end.setIdleTimeout(idle.toMillis());
        try {
            return read.get();
        } finally {
            end.setIdleTimeout(answer.toMillis());
        }
    }

    /** From now on a request's answer is a stream: it may take as long as it likes. */
    void stream(Request request) {
        Watch watch = open.get(request.getConnectionMetaData().getConnection());
        if (watch != null) {
            watch.stream();
        }
    }

    /** A request's answer may take so much longer than others. */
    void allow(Request request, Duration more) {
        Watch watch = open.get(request.getConnectionMetaData().getConnection());
        if (watch != null) {
            watch.allow(more);
        }
    }

    /** How many are open. */
    int size() {
        return open.size();
    }

    /** How many were closed because they took too long or had to make room. */
    long closed() {
        return closed.get();
    }

    @Override
    public void onOpened(Connection connection) {
        open.put(connection, new Watch());
        makeRoom(connection);
    }

    /** One at a time: two that choose the same connection would make room once. */
    private synchronized void makeRoom(Connection newest) {
        Optional<Connection> eldest = Optional.of(newest);
        while (open.size() > most && eldest.isPresent()) {
            eldest =
                    open.entrySet().stream()
                            .filter(one -> one.getKey() != newest && one.getValue().waits())
                            .max(Comparator.comparingLong(one -> one.getValue().nanos()))
                            .map(Map.Entry::getKey);
            eldest.ifPresent(this::end);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    private void sweep() {
        open.forEach(
                (connection, watch) -> {
                    long limit = (watch.waits() ? idle : answer).toNanos();
                    if (watch.nanos() > limit) {
                        end(connection);
                    }
                });
    }

    private void end(Connection connection) {
        if (open.remove(connection) != null) {
            closed.incrementAndGet();
            connection.getEndPoint().close();
        }
    }

    @Override
    public void close() {
        sweeps.cancel(false);
        timer.shutdownNow();
    }
}
