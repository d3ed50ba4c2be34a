// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.threads;

import java.util.concurrent.ThreadFactory;

/**
 * Makes threads that do not keep their process alive.
 *
 * @param name of each of them, for logs and thread dumps
 */
public record Daemons(String name) implements ThreadFactory {
    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
