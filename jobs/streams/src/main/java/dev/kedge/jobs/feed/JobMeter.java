// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import dev.kedge.connectors.kafka.BrokerUnreachableException;
import dev.kedge.connectors.kafka.ClientRefusedException;
import dev.kedge.connectors.kafka.TopicChanges;
import dev.kedge.connectors.kafka.Topics;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.flink.Checkpoints;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.jobs.page.JobHealth.Concern;
import dev.kedge.jobs.threads.Daemons;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures a job from outside, every few seconds on a thread of its own: when its newest checkpoint
 * was complete, how many records of its input it had not read by then, whether brokers answer, and
 * whether its topics are those of the start. What cannot be measured is not known; nothing fails.
 */
public final class JobMeter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobMeter.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration END = Duration.ofSeconds(1);
    private static final Duration READS = Duration.ofMinutes(2);
    private static final int INTERVALS = 5;

    private final JobSettings settings;
    private final JobHealth health;
    private final Supplier<Optional<Instant>> newest;
    private final TopicChanges changes;
    private final InputProgress progress;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new Daemons("kedge-job-meter"));
    private final ScheduledFuture<?> measuring;
    private volatile Optional<Topics> topics = Optional.empty();
    private volatile Optional<String> end = Optional.empty();

    /**
     * When it looks.
     *
     * @param every between two looks
     * @param topicBack how long a topic may be away before it counts as deleted
     */
    public record Times(Duration every, Duration topicBack) {
        public static final Times DEFAULT =
                new Times(Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    private JobMeter(
            JobSettings settings,
            JobHealth health,
            Consumer<String> told,
            Times times,
            Supplier<Optional<Instant>> newest) {
        this.newest = newest;
        Clock clock = Clock.systemUTC();
        Duration several = settings.checkpoints().every().multipliedBy(INTERVALS);
        this.settings = settings;
        this.health = health;
        this.changes = changes(settings, times, clock, told);
        this.progress = new InputProgress(several.compareTo(READS) < 0 ? READS : several, clock);
        long every = times.every().toMillis();
        long first = Math.min(every, FIRST.toMillis());
        this.measuring =
                timer.scheduleWithFixedDelay(this::measure, first, every, TimeUnit.MILLISECONDS);
    }

    private static TopicChanges changes(
            JobSettings settings, Times times, Clock clock, Consumer<String> told) {
        Set<String> read = new LinkedHashSet<>(settings.topics().inputs());
        read.add(settings.topics().control());
        Set<String> written = new LinkedHashSet<>(settings.topics().data());
        written.removeAll(read);
        return new TopicChanges(read, written, times.topicBack(), clock, told);
    }

    /**
     * Begins to measure.
     *
     * @param told hears, in lines and on the meter's thread, of topics that changed
     */
    public static JobMeter start(
            JobSettings settings, JobHealth health, Consumer<String> told, Times times) {
        String folder = settings.checkpointUri();
        return new JobMeter(settings, health, told, times, () -> Checkpoints.newestAt(folder));
    }

    /**
     * Begins to measure a job whose checkpoints somebody else knows.
     *
     * @param told hears, in lines and on the meter's thread, of topics that changed
     * @param newest when the newest checkpoint was complete, if that is known; asked by the meter's
     *     thread
     */
    public static JobMeter start(
            JobSettings settings,
            JobHealth health,
            Consumer<String> told,
            Supplier<Optional<Instant>> newest) {
        return new JobMeter(settings, health, told, Times.DEFAULT, newest);
    }

    /** Why the job cannot go on; empty while it can. */
    public Optional<String> end() {
        return end;
    }

    private void measure() {
        health.measured(new JobHealth.Measures(checkpoint(), input()));
    }

    private Optional<Instant> checkpoint() {
        try {
            return newest.get();
        } catch (RuntimeException e) {
            // Flink deletes old checkpoints while they are looked at.
            LOG.debug("the checkpoints cannot be read", e);
            return Optional.empty();
        }
    }

    private OptionalLong input() {
        try {
            Topics asked = connected();
            Map<String, Topics.Description> present = asked.describe(changes.names());
            health.clear(Concern.BROKER);
            TopicChanges.Finding finding = changes.look(present);
            say(Concern.TOPICS, finding.warning());
            end = end.or(finding::end);
            return lag(asked);
        } catch (BrokerUnreachableException e) {
            if (!measuring.isCancelled()) {
                String servers = settings.kafka().bootstrapServers();
                health.warn(Concern.BROKER, "no Kafka broker answers at " + servers);
            }
        } catch (ClientRefusedException e) {
            health.warn(Concern.BROKER, e.getMessage());
        } catch (RuntimeException e) {
            LOG.debug("the topics cannot be looked at", e);
        }
        return OptionalLong.empty();
    }

    private OptionalLong lag(Topics asked) {
        Map<TopicPartition, Topics.Place> places =
                asked.places(settings.name(), settings.topics().inputs());
        say(Concern.INPUT, progress.look(places.values()));
        return OptionalLong.of(places.values().stream().mapToLong(Topics.Place::unread).sum());
    }

    private void say(Concern concern, Optional<String> wrong) {
        wrong.ifPresentOrElse(text -> health.warn(concern, text), () -> health.clear(concern));
    }

    private Topics connected() {
        if (topics.isEmpty()) {
            JobSettings.Kafka kafka = settings.kafka();
            topics =
                    Optional.of(Topics.connect(kafka.bootstrapServers(), PATIENCE, kafka.client()));
        }
        return topics.get();
    }

    @Override
    public void close() {
        measuring.cancel(false);
        timer.shutdownNow();
        // A question that waits for a broker ends with its client.
        topics.ifPresent(Topics::close);
        try {
            if (!timer.awaitTermination(END.toSeconds(), TimeUnit.SECONDS)) {
                LOG.debug("the meter still waits for the brokers");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        topics.ifPresent(Topics::close);
    }
}
