// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import dev.kedge.connectors.kafka.Topics;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.dashboard.JobHealth;
import dev.kedge.jobs.flink.Checkpoints;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures a job from outside, every few seconds on a thread of its own: when its newest checkpoint
 * was complete, and how many records of its input it had not read by then. What cannot be measured
 * is not known; nothing fails.
 */
public final class JobMeter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobMeter.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final JobSettings settings;
    private final JobHealth health;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(JobMeter::thread);
    private final ScheduledFuture<?> measuring;
    private Optional<Topics> topics = Optional.empty();

    private JobMeter(JobSettings settings, JobHealth health) {
        this.settings = settings;
        this.health = health;
        this.measuring =
                timer.scheduleWithFixedDelay(this::measure, 1, EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    /** Begins to measure. */
    public static JobMeter start(JobSettings settings, JobHealth health) {
        return new JobMeter(settings, health);
    }

    private void measure() {
        health.measured(new JobHealth.Measures(checkpoint(), lag()));
    }

    private Optional<Instant> checkpoint() {
        try {
            return Checkpoints.newestAt(settings.checkpointUri());
        } catch (RuntimeException e) {
            // Flink deletes old checkpoints while they are looked at.
            LOG.debug("the checkpoints cannot be read", e);
            return Optional.empty();
        }
    }

    private OptionalLong lag() {
        try {
            if (topics.isEmpty()) {
                topics =
                        Optional.of(
                                Topics.connect(
                                        settings.kafka().bootstrapServers(),
                                        PATIENCE,
                                        settings.kafka().client()));
            }
            return OptionalLong.of(topics.get().lag(settings.name(), settings.topics().inputs()));
        } catch (RuntimeException e) {
            LOG.debug("the lag cannot be read", e);
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        measuring.cancel(false);
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.debug("the meter still waits for the brokers");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        topics.ifPresent(Topics::close);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "kedge-job-meter");
        thread.setDaemon(true);
        return thread;
    }
}
