// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.dashboard;

import dev.kedge.operators.creative.CreativeScore;
import dev.kedge.operators.creative.CreativeScore.Action;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which creatives to list, and in which order. Stopped creatives come last.
 *
 * @param model only of this model
 * @param actions only with one of these actions; empty for all
 * @param advertiser only of this advertiser
 * @param search only with this in text, advertiser or name, whatever the case
 * @param sort what comes first
 * @param offset how many to skip
 * @param limit how many to list
 */
public record Ranking(
        Optional<String> model,
        Set<Action> actions,
        Optional<String> advertiser,
        Optional<String> search,
        Sort sort,
        int offset,
        int limit) {

    /** All creatives, the riskiest first. */
    public static final Ranking BY_RISK =
            new Ranking(
                    Optional.empty(),
                    Set.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Sort.RISK,
                    0,
                    100);

    /** What comes first. */
    public enum Sort {
        /** The riskiest. */
        RISK,
        /** What spent most. */
        SPEND,
        /** What was scored last. */
        AT
    }

    /**
     * A part of the list.
     *
     * @param total how many creatives match
     * @param scores those asked for, in order
     */
    public record Page(int total, List<CreativeScore> scores) {}

    Page apply(List<CreativeScore> scores) {
        List<CreativeScore> all = scores.stream().filter(this::matches).sorted(order()).toList();
        int from = Math.min(offset, all.size());
        int to = (int) Math.min((long) from + limit, all.size());
        return new Page(all.size(), List.copyOf(all.subList(from, to)));
    }

    private boolean matches(CreativeScore score) {
        return model.map(score.model()::equals).orElse(true)
                && (actions.isEmpty() || actions.contains(score.action()))
                && advertiser.map(score.advertiser()::equals).orElse(true)
                && search.map(words -> found(words, score)).orElse(true);
    }

    private static boolean found(String words, CreativeScore score) {
        String text = score.text() + '\n' + score.advertiser() + '\n' + score.creative();
        return text.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }

    private Comparator<CreativeScore> order() {
        return Comparator.<CreativeScore, Boolean>comparing(s -> s.action().isFinal())
                .thenComparing(Comparator.comparingDouble(this::worth).reversed())
                .thenComparing(CreativeScore::model)
                .thenComparing(CreativeScore::creative);
    }

    private double worth(CreativeScore score) {
        double worth =
                switch (sort) {
                    case RISK -> score.risk();
                    case SPEND -> score.totals().spend();
                    case AT -> score.at();
                };
        return Double.isNaN(worth) ? Double.NEGATIVE_INFINITY : worth;
    }
}
