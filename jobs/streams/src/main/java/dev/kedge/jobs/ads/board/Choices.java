// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.operators.ads.creative.CreativeScore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a list of creatives can be narrowed to: the values that most creatives have, by name.
 *
 * @param advertisers advertisers
 * @param campaigns campaigns
 */
record Choices(List<String> advertisers, List<String> campaigns) {
    /** More are no help in a list; the search finds the others. */
    static final int MOST = 300;

    /** The values of a field that most creatives have. */
    static List<String> most(List<CreativeScore> scores, Function<CreativeScore, String> field) {
        Map<String, Integer> counts = new TreeMap<>();
        scores.forEach(score -> counts.merge(field.apply(score), 1, Integer::sum));
        counts.remove("");
        return counts.entrySet().stream()
                .sorted(
                        Comparator.comparingInt((Map.Entry<String, Integer> one) -> one.getValue())
                                .reversed())
                .limit(MOST)
                .map(Map.Entry::getKey)
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
    }
}
