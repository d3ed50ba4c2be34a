// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.files.UserFiles;
import dev.kedge.jobs.laboratory.ResultFiles;
import dev.kedge.jobs.laboratory.SeedGroup;
import dev.kedge.jobs.laboratory.Study;
import dev.kedge.jobs.laboratory.StudyProgress;
import dev.kedge.state.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A grid of continual classifiers in its folder: runs what the folder lacks, goes on with what was
 * stopped, and writes what came out. Only one process works in a folder at a time.
 */
public final class Experiment extends Study {
    private static final String REPORT = "report.html";

    private final Path folder;
    private final FileChannel lock;
    private final Laboratory laboratory;
    private final Machine machine;
    private final List<RunKey> keys;
    private final StudyProgress progress;

    private Experiment(
            Path folder,
            FileChannel lock,
            Laboratory laboratory,
            Machine machine,
            LongSupplier nanoTime) {
        super(laboratory.settings().running().cores());
        this.folder = folder;
        this.lock = lock;
        this.laboratory = laboratory;
        this.machine = machine;
        this.keys = RunKey.all(laboratory.settings().grid());
        this.progress = new StudyProgress(each() * keys.size(), keys.size(), nanoTime);
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
            FileChannel channel = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
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
        progress.skip(finished() * each());
    }

    private void requireSame(RunResult result) {
        if (!result.fingerprint().equals(laboratory.fingerprint())) {
            throw ConfigurationException.of(
                    "%s: holds runs of other data, protocol, learner or evaluation; give the experiment another name, or forget them with --fresh",
                    folder);
        }
    }

    @Override
    public StudyProgress progress() {
        return progress;
    }

    @Override
    public boolean resumes() {
        return true;
    }

    /** Runs of the grid. */
    public int runs() {
        return keys.size();
    }

    /** Runs that the folder holds already. */
    public long finished() {
        return keys.stream().filter(key -> laboratory.files().result(key).isPresent()).count();
    }

    @Override
    protected List<Trial> trials() {
        return keys.stream().map(key -> new Trial(key.id(), stopped -> run(key, stopped))).toList();
    }

    private boolean run(RunKey key, BooleanSupplier stopped) {
        boolean over =
                laboratory.files().result(key).isPresent() || learn(key, stopped).isPresent();
        if (over) {
            progress.runIsOver();
        }
        return over;
    }

    private Optional<RunResult> learn(RunKey key, BooleanSupplier stopped) {
        if (stopped.getAsBoolean()) {
            return Optional.empty();
        }
        AtomicBoolean began = new AtomicBoolean();
        return new Run(laboratory, key, System::nanoTime)
                .run(
                        (same, learned) -> {
                            if (began.compareAndSet(false, true)) {
                                progress.skip(learned - 1);
                            }
                            progress.step();
                            return !stopped.getAsBoolean();
                        });
    }

    /** Writes tables, report, configuration and machine; returns the table for people. */
    @Override
    public String report() {
        List<SeedGroup<RunResult>> groups =
                SeedGroup.of(
                        keys.stream()
                                .flatMap(key -> laboratory.files().result(key).stream())
                                .toList());
        Tables tables = new Tables(groups);
        String configuration = StrictYaml.write(laboratory.settings());
        ResultFiles.write(folder.resolve("results.csv"), tables.results());
        ResultFiles.write(folder.resolve("summary.csv"), tables.summary());
        ResultFiles.write(folder.resolve("speed.csv"), tables.speed());
        ResultFiles.write(folder.resolve("matrices.csv"), tables.matrices());
        ResultFiles.write(folder.resolve("configuration.yaml"), configuration);
        ResultFiles.write(folder.resolve("machine.yaml"), StrictYaml.write(machine));
        ResultFiles.write(
                folder.resolve(REPORT),
                new Report(laboratory.settings(), groups, machine, laboratory.samples().note())
                        .html());
        return tables.forPeople() + notes(groups);
    }

    @Override
    public String ending(boolean all) {
        return all
                ? "The report is " + folder.resolve(REPORT)
                : "Interrupted; the same command goes on.";
    }

    /** What was not learned, and why: nothing is left out in silence. */
    private String notes(List<SeedGroup<RunResult>> groups) {
        StringBuilder notes = new StringBuilder();
        if (laboratory.samples().leftOut() > 0) {
            notes.append(laboratory.samples().note()).append(System.lineSeparator());
        }
        for (SeedGroup<RunResult> group : groups) {
            long refused =
                    group.runs().stream().mapToLong(run -> run.progress().stepsRefused()).sum();
            if (refused > 0) {
                String label = group.first().key().label();
                notes.append(
                        Text.format(
                                "%s: %,d steps refused: loss or gradient not finite, or absurdly large.%n",
                                label, refused));
            }
        }
        return notes.toString();
    }

    /** Lets another process work in the folder. */
    @Override
    public void close() {
        super.close();
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
