// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.settings;

import java.time.Duration;
import java.util.List;

/** Keeps bounds, and says them. */
final class Bounds {
    private Bounds() {}

    static void check(Range range, String field, Number number) {
        double value = number.doubleValue();
        boolean inside =
                Double.isFinite(value)
                        && value >= range.min()
                        && value <= range.max()
                        && value > range.above()
                        && value < range.below();
        Checks.require(inside, field, number, words(range));
    }

    private static String words(Range range) {
        return words(
                word(range.above()), word(range.min()), word(range.below()), word(range.max()));
    }

    static void check(Lasting lasting, String field, Duration value) {
        boolean longEnough =
                lasting.min().isEmpty() || value.compareTo(duration(lasting.min())) >= 0;
        boolean shortEnough =
                lasting.max().isEmpty() || value.compareTo(duration(lasting.max())) <= 0;
        boolean above = lasting.above().isEmpty() || value.compareTo(duration(lasting.above())) > 0;
        String allowed = words(lasting.above(), lasting.min(), "", lasting.max());
        Checks.require(longEnough && shortEnough && above, field, value, allowed);
    }

    static void check(Matching matching, String field, String text) {
        Object shown = text.isBlank() ? "'" + text + "'" : text;
        Checks.require(text.matches(matching.value()), field, shown, matching.allowed());
    }

    static void check(Count count, String field, List<?> values) {
        String once = count.distinct() ? ", each once" : "";
        String number = count.min() == 1 ? "one" : Integer.toString(count.min());
        boolean different =
                !count.distinct() || values.stream().distinct().count() == values.size();
        boolean counted = values.size() >= count.min() && values.size() <= count.max();
        String allowed =
                count.max() == Integer.MAX_VALUE
                        ? "at least " + number + once
                        : count.min() == 0
                                ? "at most " + count.max() + once
                                : count.min() + " to " + count.max() + once;
        Checks.require(counted && different, field, values, allowed);
    }

    private static String words(String above, String min, String below, String max) {
        if (!min.isEmpty() && !max.isEmpty()) {
            return "between " + min + " and " + max;
        }
        String from = above.isEmpty() ? "at least " + min : "above " + above;
        if (above.isEmpty() && min.isEmpty()) {
            return max.isEmpty() ? "a finite number" : "at most " + max;
        }
        if (!below.isEmpty()) {
            return from + " and below " + below;
        }
        return max.isEmpty() ? from : from + ", at most " + max;
    }

    private static String word(double bound) {
        if (Double.isInfinite(bound)) {
            return "";
        }
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? Long.toString((long) bound)
                : Double.toString(bound);
    }

    private static Duration duration(String words) {
        int space = words.indexOf(' ');
        if (space < 0) {
            return Duration.ofMillis(Long.parseLong(words));
        }
        long number = Long.parseLong(words.substring(0, space));
        return switch (words.substring(space + 1)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "minute", "minutes" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "day", "days" -> Duration.ofDays(number);
            default -> throw new IllegalStateException(words);
        };
    }
}
