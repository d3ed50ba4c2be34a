// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A study whose results are rows of one table. What is done so far is in {@code results.csv},
 * {@code summary.csv} and {@code report.md} after each result; the order of the rows does not
 * depend on which came first.
 *
 * @param <R> what comes out of a run
 */
public final class Sweep<R extends Outcome> extends Study {
    private static final String TABLE = "results.csv";

    private final ExperimentKind.Start start;
    private final Sheet<R> sheet;
    private final List<Part<R>> parts;
    private final List<List<R>> results = new ArrayList<>();
    private final StudyProgress progress;

    /**
     * A run of one or several results.
     *
     * @param name tells it from the others
     * @param results how many there are
     * @param work hands over its results one by one
     */
    public record Part<R>(String name, int results, Consumer<Consumer<R>> work) {}

    /** How results become text. */
    public interface Sheet<R extends Outcome> {
        /** Name of the experiment. */
        String name();

        /** What is said of a result as soon as it is there. */
        String line(R result);

        /** Columns of {@code results.csv} and {@code summary.csv}. */
        Columns<R> columns();

        /** Runs that differ in their seed only, in the order in which they are told of. */
        default List<SeedGroup<R>> groups(List<R> results) {
            return SeedGroup.of(results);
        }

        /** The tables for people, in Markdown. */
        String markdown(List<R> results);

        /** Draws the results, if all are there. */
        default void draw(List<R> results, Path folder) {}
    }

    /** A study of these parts. */
    public Sweep(ExperimentKind.Start start, Sheet<R> sheet, List<Part<R>> parts) {
        super(start.cores());
        this.start = start;
        this.sheet = sheet;
        this.parts = List.copyOf(parts);
        long steps = parts.stream().mapToLong(Part::results).sum();
        this.progress = new StudyProgress(steps, parts.size(), System::nanoTime);
        parts.forEach(part -> results.add(new ArrayList<>()));
    }

    @Override
    protected List<Trial> trials() {
        return IntStream.range(0, parts.size())
                .mapToObj(i -> new Trial(parts.get(i).name(), stopped -> run(i, stopped)))
                .toList();
    }

    private boolean run(int part, BooleanSupplier stopped) {
        boolean begins = !stopped.getAsBoolean();
        try {
            if (begins) {
                parts.get(part).work().accept(result -> add(part, result, stopped));
                progress.runIsOver();
            }
        } catch (CancellationException e) {
            return false;
        }
        return begins;
    }

    private synchronized void add(int part, R result, BooleanSupplier stopped) {
        if (stopped.getAsBoolean()) {
            throw new CancellationException();
        }
        results.get(part).add(result);
        progress.step();
        start.say().accept(sheet.line(result));
        write();
    }

    /** Returns the tables for people. */
    private String write() {
        List<R> all = all();
        String tables = sheet.markdown(all);
        List<SeedGroup<R>> groups = sheet.groups(all);
        ResultsCsv<R> csv = new ResultsCsv<>(sheet.columns());
        all.forEach(csv::run);
        groups.forEach(csv::mean);
        ResultFiles.write(start.folder().resolve(TABLE), csv.text());
        String summary = SummaryCsv.of(sheet.columns(), groups);
        ResultFiles.write(start.folder().resolve("summary.csv"), summary);
        ResultFiles.write(
                start.folder().resolve("report.md"),
                "# " + sheet.name() + "\n\n" + tables.stripLeading());
        return tables;
    }

    private List<R> all() {
        return results.stream().flatMap(Collection::stream).toList();
    }

    @Override
    public StudyProgress progress() {
        return progress;
    }

    @Override
    public synchronized String report() {
        if (all().isEmpty()) {
            return "";
        }
        // A process that was told to end has no graphics any more.
        if (progress.runsOver() == parts.size()) {
            sheet.draw(all(), start.folder());
        }
        return write();
    }

    @Override
    public String ending(boolean all) {
        return all
                ? "The table is " + start.folder().resolve(TABLE)
                : "Interrupted; the same command begins anew.";
    }
}
