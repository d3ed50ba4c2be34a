// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import dev.kedge.jobs.config.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An experiment that is open: runs what there is to run, several at the same time, and writes what
 * came out. Each run is decided by its seed alone, whatever runs beside it.
 */
public abstract class Study implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Study.class);
    private static final int MOST_CORES = 1024;

    private final int cores;
    private final AtomicBoolean stopped = new AtomicBoolean();

    /**
     * A run.
     *
     * @param name tells it from the others
     * @param work makes it, and ends early where it is told to; returns whether it is over
     */
    public record Trial(String name, Predicate<BooleanSupplier> work) {}

    /**
     * A study.
     *
     * @param cores runs at the same time
     */
    protected Study(int cores) {
        if (cores < 1 || cores > MOST_CORES) {
            throw ConfigurationException.of(
                    "--cores: %d is not allowed; it must be between 1 and %d", cores, MOST_CORES);
        }
        this.cores = cores;
    }

    /** What there is to run, in the order in which it is begun. */
    protected abstract List<Trial> trials();

    /** Writes the files of what is there; returns the tables for people. */
    public abstract String report();

    /**
     * What a person reads at the end.
     *
     * @param all whether all runs are finished
     */
    public abstract String ending(boolean all);

    /** How far it is. */
    public abstract StudyProgress progress();

    /** Whether what is stopped between two results goes on from there, the next time. */
    public boolean resumes() {
        return false;
    }

    /** Lets running runs stop where they can. */
    public final void stop() {
        stopped.set(true);
    }

    /**
     * Runs what is not finished; returns when all is, or after {@link #stop}.
     *
     * @return whether all runs are finished
     */
    public final boolean run() {
        ExecutorService workers = Executors.newFixedThreadPool(cores);
        try {
            List<Future<Boolean>> runs = new ArrayList<>();
            for (Trial trial : trials()) {
                runs.add(workers.submit(() -> run(trial)));
            }
            return await(runs);
        } finally {
            stop();
            workers.shutdown();
        }
    }

    private boolean run(Trial trial) {
        try {
            return trial.work().test(stopped::get);
        } catch (RuntimeException e) {
            LOG.error("run {} failed", trial.name(), e);
            stop();
            throw e;
        }
    }

    private static boolean await(List<Future<Boolean>> runs) {
        boolean all = true;
        for (Future<Boolean> run : runs) {
            try {
                all &= run.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof ConfigurationException mistake
                        ? mistake
                        : new IllegalStateException(e.getCause());
            } catch (InterruptedException | CancellationException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return all;
    }

    @Override
    public void close() {
        stop();
    }
}
