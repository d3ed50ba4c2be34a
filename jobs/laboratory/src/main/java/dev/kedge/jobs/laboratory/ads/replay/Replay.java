// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.replay;

import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.jobs.ads.CreativeFeed;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.ads.DiscontinuationJob;
import dev.kedge.jobs.feed.JobGuard;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.flink.EmbeddedJob;
import dev.kedge.jobs.flink.JobFailedException;
import dev.kedge.jobs.kind.Opened;
import dev.kedge.jobs.laboratory.data.CreativeHistory;
import dev.kedge.jobs.laboratory.data.CreativeLife;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.operators.ads.creative.CreativeEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Plays a history onto the topics of a job and hears what the job says. In this process with a
 * broker and a job of its own, or on the user's brokers, where a job runs already.
 */
public final class Replay implements AutoCloseable {
    private final HistorySettings settings;
    private final CreativeHistory history;
    private final List<CreativeEvent> events;
    private final StreamVerdicts verdicts;
    private final AtomicLong played = new AtomicLong();
    private final Opened opened = new Opened();
    private final long began;
    private Optional<JobGuard> guard = Optional.empty();
    private CompletableFuture<Void> playing = CompletableFuture.completedFuture(null);

    private Replay(HistorySettings settings, CreativeHistory history) {
        this.settings = settings;
        this.history = history;
        this.events = history.events();
        this.verdicts = new StreamVerdicts(settings.job().discontinuation().cuts().boundary());
        this.began = System.nanoTime();
    }

    /**
     * Plays in this process.
     *
     * @param folder where broker and checkpoints keep their files
     */
    public static Replay embedded(
            HistorySettings settings, CreativeHistory history, Pace pace, Path folder) {
        Replay replay = new Replay(settings, history);
        replay.orClose(
                () -> {
                    EmbeddedBroker broker =
                            replay.opened.keep(EmbeddedBroker.start(folder.resolve("broker")));
                    DiscontinuationFile job =
                            settings.job()
                                    .local(
                                            broker.bootstrapServers(),
                                            folder.resolve("checkpoints"));
                    LocalTopics.create(job);
                    EmbeddedJob running =
                            replay.opened.keep(
                                    EmbeddedJob.start(
                                            new DiscontinuationJob(job), Optional.empty()));
                    replay.guard =
                            Optional.of(
                                    replay.opened.keep(
                                            JobGuard.start(
                                                    running,
                                                    job,
                                                    new JobHealth(Clock.systemUTC()))));
                    replay.play(job, pace);
                });
        return replay;
    }

    /** Plays onto the user's brokers. */
    public static Replay live(HistorySettings settings, CreativeHistory history, Pace pace) {
        LocalTopics.require(settings.job());
        Replay replay = new Replay(settings, history);
        replay.orClose(() -> replay.play(settings.job(), pace));
        return replay;
    }

    private void orClose(Runnable start) {
        try {
            start.run();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void play(DiscontinuationFile job, Pace pace) {
        opened.keep(CreativeFeed.of(job, verdicts)).startAtEnd();
        RecordPlayer player =
                opened.keep(
                        new RecordPlayer(
                                job.kafka().client(),
                                job.topics().creatives(),
                                pace,
                                (records, at) -> played.set(records)));
        playing =
                CompletableFuture.runAsync(
                        () -> player.play(events.stream().map(SimulatedRecord::of).iterator()));
    }

    /**
     * Whether every event was answered.
     *
     * @throws JobFailedException if the job is over, or an event could not be played
     */
    public boolean done() {
        guard.flatMap(JobGuard::look)
                .ifPresent(
                        reason -> {
                            throw new JobFailedException("the job is over: " + reason);
                        });
        if (playing.isCompletedExceptionally()) {
            try {
                playing.join();
            } catch (CompletionException e) {
                throw new JobFailedException(String.valueOf(e.getCause().getMessage()), e);
            }
        }
        return answered() >= events.size();
    }

    /** What happened to the job since the last time, a line each. */
    public List<String> news() {
        return guard.map(JobGuard::news).orElse(List.of());
    }

    /** Events to play. */
    public long events() {
        return events.size();
    }

    /** Events handed to Kafka so far. */
    public long played() {
        return played.get();
    }

    /** Events answered so far, each launch and each stop by a score or by a dead letter. */
    public long answered() {
        return verdicts.answered();
    }

    /** What came of it so far. */
    public ReplayReport report() {
        double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
        return new ReplayReport(
                history.lives().size(),
                history.lives().stream().filter(CreativeLife::stopped).count(),
                history.rejected().size(),
                played(),
                verdicts.scores(),
                verdicts.deadLetters(),
                seconds,
                new Comparison(
                                history.lives(),
                                verdicts,
                                settings.job().discontinuation(),
                                settings.trainingShare())
                        .parts());
    }

    @Override
    public void close() {
        opened.close();
    }
}
