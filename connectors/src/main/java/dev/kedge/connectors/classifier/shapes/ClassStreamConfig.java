// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.classifier.shapes;

import java.time.Duration;
import java.time.Instant;

/**
 * How a stream of classes runs.
 *
 * @param model the model that it is for
 * @param labels topic of the labels that come apart from their samples
 * @param start when it begins, event time
 * @param perSecond samples a second of event time
 * @param newClassEvery event time between two classes; it begins with two of them
 * @param newest share of the samples that are of the two newest classes; the rest are of any class
 *     so far
 * @param carried share of the samples that carry their label
 * @param late share of the samples whose label comes later; the rest never get one
 * @param delay how much later a label comes at most
 * @param broken share of the records that cannot be used
 * @param seed seed of everything
 */
public record ClassStreamConfig(
        String model,
        String labels,
        Instant start,
        double perSecond,
        Duration newClassEvery,
        double newest,
        double carried,
        double late,
        Duration delay,
        double broken,
        long seed) {
    /** Checks the numbers. */
    public ClassStreamConfig {
        require(perSecond > 0, "perSecond", perSecond, "above 0");
        require(newClassEvery.toMillis() > 0, "newClassEvery", newClassEvery, "above 0");
        require(newest >= 0 && newest <= 1, "newest", newest, "between 0 and 1");
        require(carried >= 0 && late >= 0 && carried + late <= 1, "late", late, "a share");
        require(delay.toMillis() > 0, "delay", delay, "above 0");
        require(broken >= 0 && broken <= 1, "broken", broken, "between 0 and 1");
    }

    /** A new class every so often, most labels with their samples, some later, some never. */
    public static ClassStreamConfig of(String model, String labels, Instant start, long seed) {
        Duration newClass = Duration.ofSeconds(10);
        Duration delay = Duration.ofSeconds(2);
        return new ClassStreamConfig(
                model, labels, start, 100, newClass, 0.5, 0.6, 0.3, delay, 0.002, seed);
    }

    /** The same at another speed. */
    public ClassStreamConfig at(double rate, Duration newClass) {
        return new ClassStreamConfig(
                model, labels, start, rate, newClass, newest, carried, late, delay, broken, seed);
    }

    private static void require(boolean holds, String field, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(field + " is " + value + ", allowed: " + allowed);
        }
    }
}
