// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.state.flink.DamagedStateException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job's checkpoints while it runs: nobody else's, checked before use, with checksums as soon as
 * they are complete, and pruned. Of checkpoints in other file systems than this machine's nothing
 * is known: they are left to Flink.
 */
public final class JobCheckpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobCheckpoints.class);

    private final JobSettings settings;
    private final Optional<Path> folder;
    private final Optional<JobLock> lock;
    private final Consumer<String> tell;
    private Optional<CheckpointKeeper> keeper = Optional.empty();

    private JobCheckpoints(
            JobSettings settings,
            Optional<Path> folder,
            Optional<JobLock> lock,
            Consumer<String> tell) {
        this.settings = settings;
        this.folder = folder;
        this.lock = lock;
        this.tell = tell;
    }

    /**
     * Takes the job's checkpoints for this process.
     *
     * @param settings the job
     * @param tell takes lines for people, from several threads
     * @throws ConfigurationException if another job has them
     */
    public static JobCheckpoints open(JobSettings settings, Consumer<String> tell) {
        Optional<Path> folder = StoredCheckpoints.local(settings.checkpointUri());
        return new JobCheckpoints(
                settings, folder, folder.map(path -> JobLock.take(path, settings.name())), tell);
    }

    /**
     * Chooses what to go on from, tells of what cannot be used, and begins to look after what
     * comes. Called again when the job is started again in this process.
     *
     * @param from what the user named
     * @param fresh whether to start anew
     * @return checkpoint or savepoint as Flink takes it; empty to start anew
     * @throws ConfigurationException if what there is cannot be used
     */
    public Optional<String> resume(Optional<String> from, boolean fresh) {
        ResumePoint point = choose(folder, from, fresh);
        point.lines().forEach(this::say);
        keeper.ifPresent(CheckpointKeeper::close);
        keeper =
                folder.map(
                        path ->
                                new CheckpointKeeper(
                                                path,
                                                settings.checkpoints().retained(),
                                                point.path().flatMap(StoredCheckpoints::local),
                                                Clock.systemUTC(),
                                                this::say)
                                        .start());
        return point.path();
    }

    private void say(String line) {
        LOG.warn(line);
        tell.accept(line);
    }

    private static ResumePoint choose(Optional<Path> folder, Optional<String> from, boolean fresh) {
        if (fresh) {
            return ResumePoint.NONE;
        }
        return from.map(ResumePoint::named)
                .or(() -> folder.map(ResumePoint::newest))
                .orElse(ResumePoint.NONE);
    }

    /**
     * What a run would go on from now, and what it would tell; changes nothing.
     *
     * @throws ConfigurationException if it would be refused for what there is to go on from
     */
    public static ResumePoint outlook(JobSettings settings, Optional<String> from, boolean fresh) {
        Optional<Path> folder = StoredCheckpoints.local(settings.checkpointUri());
        Optional<String> holder = folder.flatMap(JobLock::held);
        ResumePoint point = choose(folder, from, fresh);
        return holder.map(
                        process ->
                                new ResumePoint(
                                        point.path(),
                                        List.of(
                                                JobLock.refusal(
                                                        folder.get(), settings.name(), process))))
                .orElse(point);
    }

    /**
     * Takes note of why the job ended: if its state was found to be damaged, the next run goes on
     * from an older checkpoint.
     *
     * @param reason why, in one line
     */
    public void ended(String reason) {
        if (keeper.isEmpty() || !DamagedStateException.isSaidIn(reason)) {
            return;
        }
        try {
            keeper.get().markDamaged(reason);
        } catch (IOException e) {
            LOG.warn("the damaged checkpoints in {} could not be marked", folder.get(), e);
        }
    }

    @Override
    public void close() {
        keeper.ifPresent(CheckpointKeeper::close);
        lock.ifPresent(JobLock::close);
    }
}
