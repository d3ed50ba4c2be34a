// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.dependencies;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions from one to another, written as Maven writes them: {@code [2.0,2.17.1)}.
 *
 * @param from the first, if there is one
 * @param fromIncluded whether it is in the range itself
 * @param to the last, if there is one
 * @param toIncluded whether it is in the range itself
 */
record Range(
        Optional<Version> from, boolean fromIncluded, Optional<Version> to, boolean toIncluded) {
    private static final Pattern FORM = Pattern.compile("([\\[(])([^,]*),([^,]*)([\\])])");

    static Range of(String text) {
        Matcher form = FORM.matcher(text.replace(" ", ""));
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no range such as [1.0,2.0)");
        }
        Range range =
                new Range(
                        version(form.group(2)),
                        form.group(1).equals("["),
                        version(form.group(3)),
                        form.group(4).equals("]"));
        if (range.from.isPresent()
                && range.to.isPresent()
                && range.from.get().compareTo(range.to.get()) > 0) {
            throw new IllegalArgumentException("'" + text + "' ends before it begins");
        }
        return range;
    }

    private static Optional<Version> version(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Version.of(text));
    }

    boolean contains(Version version) {
        int afterFrom = from.map(version::compareTo).orElse(1);
        int afterTo = to.map(version::compareTo).orElse(-1);
        return (afterFrom > 0 || (afterFrom == 0 && fromIncluded))
                && (afterTo < 0 || (afterTo == 0 && toIncluded));
    }
}
