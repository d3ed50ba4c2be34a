// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.settings;

import static dev.kedge.state.text.Text.format;

import java.time.Duration;
import java.util.List;

/** Durations as people write them and as a job file takes them: {@code 5 ms}, {@code 10 s}. */
public final class Durations {
    private record Unit(String word, Duration length) {}

    private static final List<Unit> UNITS =
            List.of(
                    new Unit("d", Duration.ofDays(1)),
                    new Unit("h", Duration.ofHours(1)),
                    new Unit("min", Duration.ofMinutes(1)),
                    new Unit("s", Duration.ofSeconds(1)),
                    new Unit("ms", Duration.ofMillis(1)),
                    new Unit("\u00b5s", Duration.ofNanos(1000)));

    private Durations() {}

    /** A duration in the largest unit of which it is a whole number: {@code 90 min}. */
    public static String word(Duration duration) {
        if (duration.isZero()) {
            return "0 ms";
        }
        return UNITS.stream()
                .filter(unit -> isWhole(duration, unit.length()))
                .findFirst()
                .map(unit -> duration.dividedBy(unit.length()) + " " + unit.word())
                .orElseGet(() -> nanoseconds(duration) + " ns");
    }

    private static boolean isWhole(Duration duration, Duration unit) {
        return unit.multipliedBy(duration.dividedBy(unit)).equals(duration);
    }

    private static String nanoseconds(Duration duration) {
        return duration.getSeconds() == 0
                ? Integer.toString(duration.getNano())
                : format("%d%09d", duration.getSeconds(), duration.getNano());
    }
}
