// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.demo;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.feed.CountingListener;
import dev.kedge.jobs.feed.JobGuard;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.feed.OutputFeed;
import dev.kedge.jobs.files.DiskUse;
import dev.kedge.jobs.flink.EmbeddedJob;
import dev.kedge.jobs.flink.StreamJob;
import dev.kedge.jobs.kind.Opened;
import dev.kedge.jobs.page.DashboardServer;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.operators.image.ImageShape;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What every demo is: a real broker, a real Flink with RocksDB, a simulated stream, a job and its
 * page, in one process.
 */
public abstract class LiveDemo implements FollowedDemo, AutoCloseable {
    private static final int SEGMENT = 16 << 20;

    /** Of each partition: the job may be minutes behind on a busy machine. */
    private static final Map<String, String> READ = bounds(128 << 20);

    /** Of each partition: the page reads what is written at once. */
    private static final Map<String, String> WRITTEN = bounds(48 << 20);

    private final JobHealth health = new JobHealth(Clock.systemUTC());
    private final AtomicLong played = new AtomicLong();
    private final Opened opened = new Opened();
    private final CountingListener<?, ?> listener;
    private final DashboardServer dashboard;
    private final JobGuard guard;
    private final PlayedStream stream;
    private final Path folder;

    /**
     * What a demo is made of, in the order in which it is started.
     *
     * @param page a page that is not started yet
     * @param settings the job file, for a broker's address
     * @param job the job
     * @param feed a feed that is not started yet
     * @param play what is played
     * @param <F> type of the job file
     * @param <S> type of the scores
     * @param <M> type of the metrics
     */
    record Parts<F extends JobSettings, S, M>(
            Function<JobHealth, DashboardServer> page,
            Function<String, F> settings,
            Function<F, StreamJob> job,
            BiFunction<F, OutputFeed.Listener<S, M>, OutputFeed<S, M>> feed,
            Function<F, Play> play) {}

    /**
     * What is played.
     *
     * @param topic where to
     * @param pace how fast
     * @param records the records
     */
    record Play(String topic, Pace pace, Iterator<SimulatedRecord> records) {}

    /**
     * Starts everything; the page first, so that an occupied port is noticed before all else.
     *
     * @param port port of the page, 0 for any free one
     * @param folder where broker, checkpoints and page keep their files
     * @param board hears of what the job writes
     */
    <F extends JobSettings, S, M> LiveDemo(
            int port, Path folder, OutputFeed.Listener<S, M> board, Parts<F, S, M> parts) {
        this.folder = folder;
        CountingListener<S, M> counting = new CountingListener<>(board);
        listener = counting;
        try {
            dashboard = opened.keep(parts.page().apply(health).start(port));
            EmbeddedBroker broker = opened.keep(EmbeddedBroker.start(folder.resolve("broker")));
            F settings = parts.settings().apply(broker.bootstrapServers());
            LocalTopics.create(settings, READ, WRITTEN);
            EmbeddedJob job =
                    opened.keep(EmbeddedJob.start(parts.job().apply(settings), Optional.empty()));
            guard = opened.keep(JobGuard.start(job, settings, health));
            opened.keep(parts.feed().apply(settings, counting).start());
            stream = opened.keep(start(parts.play().apply(settings), broker.bootstrapServers()));
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static Map<String, String> bounds(int bytes) {
        return Map.of(
                "retention.bytes", Integer.toString(bytes),
                "segment.bytes", Integer.toString(SEGMENT));
    }

    private PlayedStream start(Play play, String bootstrapServers) {
        RecordPlayer.Progress progress = (records, at) -> played.set(records);
        RecordPlayer player =
                new RecordPlayer(bootstrapServers, play.topic(), play.pace(), progress);
        return PlayedStream.start(player, play.records());
    }

    /** The sides of images, as a job file gives them. */
    static String sides(ImageShape shape) {
        return "{channels: "
                + shape.channels()
                + ", height: "
                + shape.height()
                + ", width: "
                + shape.width()
                + "}";
    }

    /** Where checkpoints go, as a job file names it. */
    static String checkpoints(Path folder) {
        return folder.resolve("checkpoints").toAbsolutePath().toUri().toString();
    }

    /** A share in words. */
    static String percent(double value) {
        return Double.isNaN(value) ? "n/a" : format("%.1f %%", 100 * value);
    }

    @Override
    public final URI uri() {
        return dashboard.uri();
    }

    @Override
    public final boolean runs() {
        return health.status(Optional.empty()).state() == JobHealth.State.RUNNING;
    }

    @Override
    public final Optional<String> failure() {
        return guard.look();
    }

    @Override
    public final List<String> news() {
        return guard.news();
    }

    @Override
    public final DiskUse files() {
        return DiskUse.of(folder);
    }

    /** Ends the stream; the job goes on with what is on its way. */
    public final void stopPlaying() {
        stream.stop();
    }

    /** Records played so far. */
    public final long played() {
        return played.get();
    }

    /** Scores read back so far. */
    public final long scores() {
        return listener.scores();
    }

    /** Records refused so far. */
    public final long deadLetters() {
        return listener.deadLetters();
    }

    @Override
    public final void close() {
        opened.close();
    }
}
