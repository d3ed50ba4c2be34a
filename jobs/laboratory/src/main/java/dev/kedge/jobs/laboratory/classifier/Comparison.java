// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.laboratory.SeedGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Two experiments side by side: what both ran, with the difference by seed. A difference whose
 * interval does not hold 0 is more than the seeds explain.
 */
public final class Comparison {
    private static final List<Measure> MEASURES =
            List.of(Measure.END_ACCURACY, Measure.ANYTIME_ACCURACY, Measure.FORGETTING);

    private final List<Pair> pairs;

    /** The runs of one key in both, each seed once. */
    private record Pair(SeedGroup<RunResult> first, SeedGroup<RunResult> second) {
        String label() {
            return first.first().key().label();
        }
    }

    private Comparison(List<Pair> pairs) {
        this.pairs = pairs;
    }

    /**
     * Compares the experiments in two folders.
     *
     * @throws ConfigurationException if they have no run with the same key and seed
     */
    public static Comparison of(Path first, Path second) {
        Map<RunKey, RunResult> others = new LinkedHashMap<>();
        runs(second).forEach(run -> others.put(run.key(), run));
        List<RunResult> ours = new ArrayList<>();
        List<RunResult> theirs = new ArrayList<>();
        for (RunResult run : runs(first)) {
            if (others.containsKey(run.key())) {
                ours.add(run);
                theirs.add(others.get(run.key()));
            }
        }
        if (ours.isEmpty()) {
            throw ConfigurationException.of(
                    "%s and %s have no run with the same method, encoder, memory, size and seed",
                    first, second);
        }
        List<SeedGroup<RunResult>> left = SeedGroup.of(ours);
        List<SeedGroup<RunResult>> right = SeedGroup.of(theirs);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            pairs.add(new Pair(left.get(i), right.get(i)));
        }
        return new Comparison(pairs);
    }

    private static List<RunResult> runs(Path folder) {
        List<RunResult> runs = new RunFiles(folder.resolve("runs")).results();
        if (runs.isEmpty()) {
            throw new ConfigurationException(folder + ": has no finished run of an experiment");
        }
        return runs;
    }

    /** What a person reads: a line for each key and measure, in per cent. */
    public String table() {
        String line =
                Tables.line(
                        pairs.stream().map(Pair::label).toList(), " %5s %-16s %15s %15s %16s%n");
        Object[] head = {"runs", "seeds", "in %", "A", "B", "B - A"};
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, line, head));
        for (Pair pair : pairs) {
            for (Measure measure : MEASURES) {
                Object[] cells = {
                    pair.label(),
                    pair.first().runs().size(),
                    RunKey.word(measure),
                    Tables.perCent(pair.first().interval(measure::of)),
                    Tables.perCent(pair.second().interval(measure::of)),
                    Tables.perCent(pair.second().difference(pair.first(), measure::of))
                };
                text.append(String.format(Locale.ROOT, line, cells));
            }
        }
        return text.toString();
    }
}
