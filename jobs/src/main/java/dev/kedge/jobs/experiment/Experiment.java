// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.experiment;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.files.UserFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An experiment in its folder: runs what the folder lacks, in parallel, and writes what came out.
 * Each run is decided by its seed alone, whatever runs beside it. Only one process works in a
 * folder at a time.
 */
public final class Experiment implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Experiment.class);

    private final Path folder;
    private final FileChannel lock;
    private final Laboratory laboratory;
    private final Machine machine;
    private final List<RunKey> keys;
    private final ExperimentProgress progress;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private Experiment(
            Path folder,
            FileChannel lock,
            Laboratory laboratory,
            Machine machine,
            LongSupplier nanoTime) {
        this.folder = folder;
        this.lock = lock;
        this.laboratory = laboratory;
        this.machine = machine;
        this.keys = RunKey.all(laboratory.settings().grid());
        this.progress = new ExperimentProgress(each() * keys.size(), keys.size(), nanoTime);
    }

    /** Samples of a run. */
    private long each() {
        return (long) laboratory.samples().train().size()
                * laboratory.settings().protocol().passes();
    }

    /**
     * Reads the data and checks everything; runs nothing.
     *
     * @param folder of this experiment
     * @param fresh whether to forget the runs that the folder holds
     * @throws ConfigurationException if settings and data do not belong together, or the folder is
     *     in use or holds runs of other settings
     */
    public static Experiment open(ExperimentSettings settings, Path folder, boolean fresh) {
        Samples samples = DataFolder.read(settings.data());
        Machine machine = Machine.here();
        Laboratory laboratory = Laboratory.open(settings, samples, folder, machine.commit());
        for (RunKey key : RunKey.all(settings.grid())) {
            laboratory.learners().check(key);
        }
        TaskStream.of(samples, settings.protocol(), settings.grid().seeds().get(0));
        FileChannel lock = lock(folder);
        Experiment experiment = new Experiment(folder, lock, laboratory, machine, System::nanoTime);
        try {
            experiment.prepare(fresh);
        } catch (RuntimeException e) {
            experiment.close();
            throw e;
        }
        return experiment;
    }

    private static FileChannel lock(Path folder) {
        try {
            UserFiles.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(
                            folder.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (isLocked(channel)) {
                return channel;
            }
            channel.close();
        } catch (IOException e) {
            throw new ConfigurationException(folder + ": cannot be written (" + e + ")");
        }
        throw new ConfigurationException(folder + ": another process runs this experiment");
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock taken = channel.tryLock();
            return taken != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void prepare(boolean fresh) {
        if (fresh) {
            laboratory.files().clear();
        }
        for (RunKey key : keys) {
            laboratory.files().result(key).ifPresent(this::requireSame);
        }
    }

    private void requireSame(RunResult result) {
        if (!result.fingerprint().equals(laboratory.fingerprint())) {
            throw new ConfigurationException(
                    String.format(
                            Locale.ROOT,
                            "%s: holds runs of other data, protocol, learner or evaluation; give the experiment another name, or forget them with --fresh",
                            folder));
        }
    }

    /** How far it is. */
    public ExperimentProgress progress() {
        return progress;
    }

    /** Runs that the folder holds already. */
    public long finished() {
        return keys.stream().filter(key -> laboratory.files().result(key).isPresent()).count();
    }

    /** Lets running runs write a snapshot and stop. */
    public void stop() {
        stopped.set(true);
    }

    /**
     * Runs what is not finished; returns when all is, or after {@link #stop}.
     *
     * @return whether all runs are finished
     */
    public boolean run() {
        progress.skip(finished() * each());
        ExecutorService workers =
                Executors.newFixedThreadPool(laboratory.settings().running().cores());
        try {
            List<Future<Boolean>> runs = new ArrayList<>();
            for (RunKey key : keys) {
                runs.add(workers.submit(() -> run(key)));
            }
            return await(runs);
        } finally {
            stop();
            workers.shutdown();
        }
    }

    private boolean await(List<Future<Boolean>> runs) {
        boolean all = true;
        for (Future<Boolean> run : runs) {
            try {
                all &= run.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException | CancellationException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return all;
    }

    private boolean run(RunKey key) {
        try {
            boolean over = laboratory.files().result(key).isPresent() || learn(key).isPresent();
            if (over) {
                progress.runIsOver();
            }
            return over;
        } catch (RuntimeException e) {
            LOG.error("run {} failed", key.id(), e);
            stop();
            throw e;
        }
    }

    private Optional<RunResult> learn(RunKey key) {
        if (stopped.get()) {
            return Optional.empty();
        }
        AtomicBoolean began = new AtomicBoolean();
        return new Run(laboratory, key, System::nanoTime)
                .run(
                        (same, learned) -> {
                            if (began.compareAndSet(false, true)) {
                                progress.skip(learned - 1);
                            }
                            progress.learnedOne();
                            return !stopped.get();
                        });
    }

    /** Writes tables, report, configuration and machine; returns the table for people. */
    public String report() {
        List<Group> groups =
                Group.of(
                        keys.stream()
                                .flatMap(key -> laboratory.files().result(key).stream())
                                .toList());
        Tables tables = new Tables(groups);
        String configuration = StrictYaml.write(laboratory.settings());
        RunFiles.write(folder.resolve("results.csv"), tables.results());
        RunFiles.write(folder.resolve("speed.csv"), tables.speed());
        RunFiles.write(folder.resolve("matrices.csv"), tables.matrices());
        RunFiles.write(folder.resolve("configuration.yaml"), configuration);
        RunFiles.write(folder.resolve("machine.yaml"), StrictYaml.write(machine));
        RunFiles.write(
                folder.resolve("report.html"),
                new Report(laboratory.settings(), groups, machine, laboratory.samples().note())
                        .html());
        return tables.forPeople() + notes(groups);
    }

    /** What was not learned, and why: nothing is left out in silence. */
    private String notes(List<Group> groups) {
        StringBuilder notes = new StringBuilder();
        if (laboratory.samples().leftOut() > 0) {
            notes.append(laboratory.samples().note()).append(System.lineSeparator());
        }
        for (Group group : groups) {
            long refused =
                    group.runs().stream().mapToLong(run -> run.progress().stepsRefused()).sum();
            if (refused > 0) {
                notes.append(
                        String.format(
                                Locale.ROOT,
                                "%s: %,d steps refused: loss or gradient not finite, or absurdly large.%n",
                                group.label(),
                                refused));
            }
        }
        return notes.toString();
    }

    /** Lets another process work in the folder. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
