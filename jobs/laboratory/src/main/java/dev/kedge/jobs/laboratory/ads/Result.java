// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import dev.kedge.jobs.laboratory.Figure;
import dev.kedge.jobs.laboratory.Outcome;
import dev.kedge.jobs.laboratory.ads.replay.IntervalJudge;
import dev.kedge.jobs.laboratory.ads.replay.TermJudge;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What came out of a run.
 *
 * @param part what was judged: a part of a stream, or a set
 * @param ranking who was judged
 * @param seed the run's seed
 * @param values one for each figure of the study; not a number where it is not defined
 */
record Result(String part, String ranking, long seed, List<Double> values) implements Outcome {
    /** The figures by term, and those of intervals. */
    static final List<Figure<Result>> TERMS =
            figures(
                    "short",
                    "long",
                    "all",
                    "brier",
                    "coverage",
                    "lowest_group",
                    "highest_group",
                    "open",
                    "width");

    /** Figures by their names, in the order of the values. */
    static List<Figure<Result>> figures(String... names) {
        return IntStream.range(0, names.length)
                .mapToObj(i -> Figure.<Result>of(names[i], result -> result.values().get(i)))
                .toList();
    }

    /** What came out by term, and of intervals. */
    static Result of(
            String part,
            String ranking,
            long seed,
            TermJudge.Figures figures,
            IntervalJudge.Figures intervals) {
        return new Result(
                part,
                ranking,
                seed,
                List.of(
                        figures.shortTerm(),
                        figures.longTerm(),
                        figures.all(),
                        figures.integratedBrier(),
                        intervals.coverage(),
                        intervals.lowestGroup(),
                        intervals.highestGroup(),
                        intervals.open(),
                        intervals.width()));
    }

    @Override
    public List<String> labels() {
        return List.of(part, ranking);
    }
}
