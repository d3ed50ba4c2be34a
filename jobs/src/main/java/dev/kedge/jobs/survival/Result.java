// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.survival;

import dev.kedge.jobs.replay.TermJudge;
import java.util.List;

/**
 * What came out of a run.
 *
 * @param part what was judged: a part of a stream, or a set
 * @param ranking who was judged
 * @param seed the run's seed
 * @param values one for each figure of the study; not a number where it is not defined
 */
record Result(String part, String ranking, long seed, List<Double> values) {
    /** Names of the figures by term. */
    static final List<String> TERMS = List.of("short", "long", "all", "brier");

    /** The figures by term. */
    static Result of(String part, String ranking, long seed, TermJudge.Figures figures) {
        return new Result(
                part,
                ranking,
                seed,
                List.of(
                        figures.shortTerm(),
                        figures.longTerm(),
                        figures.all(),
                        figures.integratedBrier()));
    }
}
