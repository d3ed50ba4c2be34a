// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import dev.kedge.jobs.config.JobSettings.Delivery;
import java.time.Duration;
import java.util.List;

/**
 * How a job is run.
 *
 * @param delivery of its scores
 * @param checkpoints time between two
 * @param parallelism tasks of each operator, and partitions of its topics
 * @param cores processors that its process may use, as {@code taskset} takes them; empty for all
 * @param cache for live models, of each task
 * @param flags further ones of its JVM
 */
record Setup(
        Delivery delivery,
        Duration checkpoints,
        int parallelism,
        String cores,
        String cache,
        List<String> flags) {
    boolean exactlyOnce() {
        return delivery == Delivery.EXACTLY_ONCE;
    }

    Setup exactlyOnce(Duration every) {
        return new Setup(Delivery.EXACTLY_ONCE, every, parallelism, cores, cache, flags);
    }

    Setup on(int cpus) {
        String list = cpus == 1 ? "0" : "0-" + (cpus - 1);
        return new Setup(delivery, checkpoints, cpus, list, cache, flags);
    }
}
