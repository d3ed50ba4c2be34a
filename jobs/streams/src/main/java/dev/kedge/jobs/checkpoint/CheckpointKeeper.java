// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.files.OwnerOnly;
import dev.kedge.jobs.threads.Daemons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the checkpoints of a running job, on a thread of its own: writes the checksums of
 * each as soon as it is complete, and prunes what earlier runs left. Each file is summed once, as
 * Flink never changes one, so the work is that of what is new.
 */
final class CheckpointKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointKeeper.class);
    private static final long EVERY_MS = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path folder;
    private final int retained;
    private final Clock clock;
    private final Consumer<String> tell;
    private final Set<String> ended;
    private final Optional<Path> resumed;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new Daemons("kedge-checkpoints"));
    private final Map<Path, FileSum> sums = new HashMap<>();
    private final Set<Path> complaints = new HashSet<>();
    private Optional<ScheduledFuture<?>> looking = Optional.empty();
    private long last;
    private boolean own;

    /**
     * Begins.
     *
     * @param folder the job's
     * @param retained how many checkpoints of ended runs to keep, together with those of this run
     * @param resumed what this run goes on from
     * @param tell takes a line when a checkpoint is found damaged while the job runs
     */
    CheckpointKeeper(
            Path folder, int retained, Optional<Path> resumed, Clock clock, Consumer<String> tell) {
        this.folder = folder;
        this.retained = retained;
        this.resumed = resumed;
        this.clock = clock;
        this.tell = tell;
        this.ended = endedRuns(folder);
        this.last = StoredCheckpoints.newestAt(folder).orElse(0);
        prune();
    }

    private static Set<String> endedRuns(Path folder) {
        try {
            return Pruning.runs(folder);
        } catch (IOException e) {
            LOG.warn("what earlier runs left in {} is kept: {}", folder, Words.of(e));
            return new HashSet<>();
        }
    }

    /** Looks again and again until it is closed. */
    CheckpointKeeper start() {
        looking =
                Optional.of(
                        timer.scheduleWithFixedDelay(
                                this::lookSafely, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS));
        return this;
    }

    private void lookSafely() {
        try {
            look();
        } catch (IOException | RuntimeException e) {
            // Flink deletes old checkpoints while they are looked at; the next look is soon.
            LOG.debug("the checkpoints in {} could not be looked at", folder, e);
        }
    }

    /** Looks once: writes the checksums of what is new. */
    synchronized void look() throws IOException {
        boolean anyNew = false;
        Set<Path> there = new HashSet<>();
        complaints.removeIf(checkpoint -> !Files.exists(checkpoint));
        for (StoredCheckpoint stored : oldestFirst()) {
            Path file = Checksums.fileOf(stored.folder());
            there.add(file);
            if (!Files.exists(file)) {
                anyNew |= sum(stored, file);
            }
        }
        if (anyNew) {
            own = true;
            forget(there);
            prune();
        }
    }

    /** Those of this run. */
    private List<StoredCheckpoint> oldestFirst() throws IOException {
        Set<String> running = new HashSet<>(Pruning.runs(folder));
        running.removeAll(ended);
        return running.stream()
                .sorted()
                .flatMap(run -> StoredCheckpoints.newestFirst(folder.resolve(run)).stream())
                .sorted(Comparator.comparingLong(StoredCheckpoint::number))
                .toList();
    }

    private boolean sum(StoredCheckpoint stored, Path file) throws IOException {
        try {
            CheckpointContents contents = CheckpointCheck.contents(stored.folder());
            CheckpointCheck.requireFiles(contents.files());
            SortedMap<Path, FileSum> all = new TreeMap<>();
            all.put(
                    Checksums.key(stored.folder(), stored.metadata()),
                    FileSum.of(stored.metadata()));
            for (StateFile needed : contents.files()) {
                all.put(Checksums.key(stored.folder(), needed.path()), sumOf(needed.path()));
            }
            last = Math.max(clock.millis(), last + 1);
            new Checksums(last, all).write(file);
            return true;
        } catch (DamagedCheckpointException e) {
            // Half deleted by Flink, unless its metadata is still there.
            if (Files.exists(stored.metadata()) && complaints.add(stored.folder())) {
                tell.accept(
                        format(
                                "checkpoint %s cannot be used: %s; a savepoint writes all"
                                        + " state anew",
                                stored.name(), e.getMessage()));
            }
            return false;
        }
    }

    private FileSum sumOf(Path file) throws IOException {
        FileSum known = sums.get(file);
        if (known == null) {
            known = FileSum.of(file);
            sums.put(file, known);
        }
        return known;
    }

    /** Checksums of checkpoints that Flink has deleted, and sums of files that are gone. */
    private void forget(Set<Path> there) throws IOException {
        Set<Path> folders = new HashSet<>();
        there.forEach(file -> folders.add(file.getParent()));
        for (Path sumsFolder : folders) {
            try (Stream<Path> files = Files.list(sumsFolder)) {
                for (Path file : files.toList()) {
                    if (!there.contains(file) && !file.toString().endsWith(".damaged")) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
        sums.keySet().removeIf(file -> !Files.exists(file));
    }

    private void prune() {
        if (ended.isEmpty()) {
            return;
        }
        try {
            Pruning.prune(folder, retained, ended, own ? Optional.empty() : resumed)
                    .ifPresent(LOG::info);
            ended.retainAll(Pruning.runs(folder));
        } catch (IOException | RuntimeException e) {
            LOG.warn("what earlier runs left in {} is kept: {}", folder, Words.of(e));
        }
    }

    /**
     * Marks what must not be gone on from: the checkpoints of this run, and what it went on from.
     *
     * @param reason why, in one line
     */
    synchronized void markDamaged(String reason) throws IOException {
        for (StoredCheckpoint stored : StoredCheckpoints.newestFirst(folder)) {
            boolean ours = !ended.contains(stored.run().getFileName().toString());
            boolean savepoint = stored.run().equals(stored.folder());
            if ((ours && !savepoint) || resumed.filter(stored.folder()::equals).isPresent()) {
                OwnerOnly.createDirectories(stored.damageMark().getParent());
                Files.writeString(stored.damageMark(), reason + "\n");
            }
        }
    }

    /** After the job: its last checkpoint has its checksums, too. */
    @Override
    public void close() {
        looking.ifPresent(task -> task.cancel(false));
        timer.shutdown();
        // Whoever is interrupted still closes: files cannot be read while the mark is set.
        boolean interrupted = Thread.interrupted();
        try {
            if (!timer.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("the newest checkpoint in {} may have no checksums", folder);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        lookSafely();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
