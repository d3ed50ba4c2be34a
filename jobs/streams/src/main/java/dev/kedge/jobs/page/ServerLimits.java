// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import java.time.Duration;

/**
 * What the page's server grants at most, so that nobody who may ask can keep it from answering
 * others.
 *
 * @param connections open connections; beyond them the one that waits longest for a request leaves
 * @param idle how long a connection may take to bring a whole request, or a part of its body
 * @param answer how long a request may take until its answer is read, streams of events aside
 * @param body how long the body of a request may take in all
 * @param bodies bodies that are read at once
 * @param requests requests that are answered at once, those for health and summary aside
 * @param questions questions about the past that are answered at once
 * @param scores newest scores that one question reads
 */
record ServerLimits(
        int connections,
        Duration idle,
        Duration answer,
        Duration body,
        int bodies,
        int requests,
        int questions,
        long scores) {
    /** Bytes of a request's line and headers: names of some thousand characters fit. */
    static final int HEAD_BYTES = 32 * 1024;

    /** Bytes of a body: a policy is some hundred. */
    static final int BODY_BYTES = 16 * 1024;

    /** Bytes of a body that is too long which are read all the same, and dropped. */
    static final int READ_BYTES = 4 * BODY_BYTES;

    /** Threads of the server: more than the requests, bodies and questions together. */
    static final int THREADS = 64;

    /** Changes that are written at once; each waits for the brokers. */
    static final int CHANGES = 4;

    /** Tables that are taken away at once. */
    static final int DOWNLOADS = 2;

    /** How much longer than another answer a table may take until it is read. */
    static final Duration DOWNLOAD = Duration.ofMinutes(5);

    static final ServerLimits DEFAULT =
            new ServerLimits(
                    512,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    8,
                    24,
                    2,
                    250_000);
}
