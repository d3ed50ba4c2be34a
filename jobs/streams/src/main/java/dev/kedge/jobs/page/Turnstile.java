// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import io.javalin.http.Context;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * Lets so many requests in at once, and of what is dear fewer; whoever finds no room is told to
 * come again, and holds no thread meanwhile.
 */
final class Turnstile {
    private final Semaphore requests;
    private final Semaphore bodies;
    private final Semaphore questions;
    private final Semaphore changes = new Semaphore(ServerLimits.CHANGES);
    private final Semaphore downloads = new Semaphore(ServerLimits.DOWNLOADS);
    private final Set<String> asking = ConcurrentHashMap.newKeySet();

    Turnstile(ServerLimits limits) {
        requests = new Semaphore(limits.requests());
        bodies = new Semaphore(limits.bodies());
        questions = new Semaphore(limits.questions());
    }

    /** Lets a request in until its answer is written to the end, or its connection is gone. */
    void enter(Context request) {
        take(requests, "Too many requests are being answered; try again");
        Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(request.req()),
                failure -> requests.release());
    }

    /** Reads a body, if not too many are being read. */
    <T> T body(Supplier<T> read) {
        return within(bodies, "Too many bodies are being read; try again", read);
    }

    /** Answers a question: one at a time of each reader, and few in all. */
    <T> T question(String reader, Supplier<T> answer) {
        if (!asking.add(reader)) {
            throw new BusyException("A question of yours is being answered; ask again after it");
        }
        try {
            return within(questions, "Too many questions are being answered; ask again", answer);
        } finally {
            asking.remove(reader);
        }
    }

    /** Makes a change, if not too many are being made. */
    <T> T change(Supplier<T> change) {
        return within(changes, "Too many changes are being written; try again", change);
    }

    /** Writes a table, if not too many are being written. */
    void download(Runnable write) {
        take(downloads, "Too many tables are being taken away; try again");
        try {
            write.run();
        } finally {
            downloads.release();
        }
    }

    private static <T> T within(Semaphore room, String none, Supplier<T> work) {
        take(room, none);
        try {
            return work.get();
        } finally {
            room.release();
        }
    }

    private static void take(Semaphore room, String none) {
        if (!room.tryAcquire()) {
            throw new BusyException(none);
        }
    }
}
