// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.dependencies;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A version of an artefact, in the order that Maven's users expect: parts between dots and hyphens,
 * numbers by value, {@code alpha}, {@code beta}, {@code M}, {@code rc} and {@code SNAPSHOT} before
 * the release.
 *
 * @param parts numbers and words
 */
record Version(List<String> parts) implements Comparable<Version> {
    private static final Set<String> BEFORE = Set.of("alpha", "beta", "m", "rc", "cr", "snapshot");
    private static final String RELEASE = "0";

    static Version of(String text) {
        String split =
                text.toLowerCase(Locale.ROOT)
                        .replaceAll("(?<=\\d)(?=[a-z])|(?<=[a-z])(?=\\d)", ".");
        List<String> parts =
                Arrays.stream(split.split("[.\\-_+]", -1)).filter(p -> !p.isEmpty()).toList();
        if (parts.isEmpty() || !isNumber(parts.get(0))) {
            throw new IllegalArgumentException("'" + text + "' is no version");
        }
        return new Version(parts);
    }

    @Override
    public int compareTo(Version other) {
        int most = Math.max(parts.size(), other.parts.size());
        for (int i = 0; i < most; i++) {
            int order = compare(part(i), other.part(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private String part(int i) {
        return i < parts.size() ? parts.get(i) : RELEASE;
    }

    private static int compare(String a, String b) {
        if (isNumber(a) && isNumber(b)) {
            return Long.compare(Long.parseLong(a), Long.parseLong(b));
        }
        return rank(a) == rank(b) && rank(a) < 0
                ? a.compareTo(b)
                : Integer.compare(rank(a), rank(b));
    }

    /** Other words, such as jre or Final, say nothing about the order. */
    private static int rank(String part) {
        if (isNumber(part)) {
            return Long.parseLong(part) == 0 ? 0 : 1;
        }
        return BEFORE.contains(part) ? -1 : 0;
    }

    private static boolean isNumber(String part) {
        return part.matches("\\d{1,18}");
    }
}
