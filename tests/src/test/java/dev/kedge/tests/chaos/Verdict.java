// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a chaos run showed.
 *
 * @param kills task managers killed while the job ran and had come on
 * @param recoveries of the job from a checkpoint
 * @param records of the input, each consumed by both runs
 * @param disturbed what the run with kills left
 * @param undisturbed what the run without left
 * @param differences between the two
 * @param took from start to end
 */
public record Verdict(
        int kills,
        long recoveries,
        long records,
        Leftover disturbed,
        Leftover undisturbed,
        List<String> differences,
        Duration took) {

    /** Whether the kills left no trace. */
    public boolean same() {
        return differences.isEmpty();
    }

    /** Models of the undisturbed run. */
    public int models() {
        return undisturbed.parts().models().size();
    }

    /** Scores of the undisturbed run. */
    public long scores() {
        return undisturbed.scores().count();
    }

    /** Dead letters of the undisturbed run. */
    public long deadLetters() {
        return undisturbed.deadLetters().count();
    }

    /** Metrics records of the undisturbed run. */
    public long metrics() {
        return undisturbed.metrics().count();
    }

    /** Everything in one line. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%s: %d kills, %d recoveries, %,d records, %d models, %,d parts (%.1f MB) compared,"
                        + " %,d scores, %,d metrics, %,d dead letters, %d s",
                same() ? "SAME" : "DIFFERENT in " + differences.size(),
                kills,
                recoveries,
                records,
                models(),
                undisturbed.parts().count(),
                undisturbed.parts().bytes() / 1e6,
                scores(),
                metrics(),
                deadLetters(),
                took.toSeconds());
    }
}
