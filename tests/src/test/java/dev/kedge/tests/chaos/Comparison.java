// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a disturbed run left that an undisturbed one did not, and the other way round. */
public final class Comparison {
    private final List<String> differences = new ArrayList<>();

    /** Compares everything. */
    public static List<String> of(Leftover disturbed, Leftover undisturbed) {
        Comparison comparison = new Comparison();
        comparison.parts(disturbed.parts().models(), undisturbed.parts().models());
        comparison.records("scores", disturbed.scores(), undisturbed.scores());
        comparison.records("metrics", disturbed.metrics(), undisturbed.metrics());
        comparison.records("dead letters", disturbed.deadLetters(), undisturbed.deadLetters());
        return comparison.differences;
    }

    private void parts(
            SortedMap<String, SortedMap<String, byte[]>> disturbed,
            SortedMap<String, SortedMap<String, byte[]>> undisturbed) {
        for (String model : union(disturbed, undisturbed)) {
            Map<String, byte[]> found = disturbed.getOrDefault(model, new TreeMap<>());
            Map<String, byte[]> wanted = undisturbed.getOrDefault(model, new TreeMap<>());
            for (String part : union(found, wanted)) {
                if (!Arrays.equals(found.get(part), wanted.get(part))) {
                    differences.add(
                            "model %s, part %s: %s, undisturbed %s"
                                    .formatted(
                                            model,
                                            part,
                                            shortly(found.get(part)),
                                            shortly(wanted.get(part))));
                }
            }
        }
    }

    private static String shortly(byte[] bytes) {
        return bytes == null
                ? "absent"
                : "%d bytes (hash %08x)".formatted(bytes.length, Arrays.hashCode(bytes));
    }

    private void records(String what, CommittedRecords disturbed, CommittedRecords undisturbed) {
        for (String group : union(disturbed.groups(), undisturbed.groups())) {
            List<CommittedRecords.Entry> found = disturbed.groups().getOrDefault(group, List.of());
            List<CommittedRecords.Entry> wanted =
                    undisturbed.groups().getOrDefault(group, List.of());
            if (!found.equals(wanted)) {
                differences.add(
                        "%s of %s: %d, undisturbed %d; %d too many, %d missing, first other at %d"
                                .formatted(
                                        what,
                                        group,
                                        found.size(),
                                        wanted.size(),
                                        surplus(found, wanted),
                                        surplus(wanted, found),
                                        firstOther(found, wanted)));
            }
        }
    }

    /** How many of the first list the second has not, each counted. */
    private static long surplus(
            List<CommittedRecords.Entry> some, List<CommittedRecords.Entry> others) {
        Map<CommittedRecords.Entry, Integer> left = new HashMap<>();
        others.forEach(entry -> left.merge(entry, 1, Integer::sum));
        return some.stream().filter(entry -> left.merge(entry, -1, Integer::sum) < 0).count();
    }

    private static int firstOther(
            List<CommittedRecords.Entry> some, List<CommittedRecords.Entry> others) {
        int at = 0;
        while (at < Math.min(some.size(), others.size()) && some.get(at).equals(others.get(at))) {
            at++;
        }
        return at;
    }

    private static <T> SortedSet<String> union(Map<String, T> some, Map<String, T> others) {
        SortedSet<String> names = new TreeSet<>(some.keySet());
        names.addAll(others.keySet());
        return names;
    }
}
