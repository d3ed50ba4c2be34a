// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which creatives to list, and in which order. Stopped creatives come last.
 *
 * @param filter which creatives
 * @param sort what they are ordered by
 * @param rising whether the least comes first, not the most
 * @param offset how many to skip
 * @param limit how many to list
 */
public record Ranking(Filter filter, Sort sort, boolean rising, int offset, int limit) {

    /** All creatives, the riskiest first. */
    public static final Ranking BY_RISK = new Ranking(Filter.ALL, Sort.RISK, false, 0, 100);

    /** All creatives, those first that are expected to lose most until the next check. */
    public static final Ranking BY_URGENCY = new Ranking(Filter.ALL, Sort.URGENCY, false, 0, 100);

    /**
     * Which creatives.
     *
     * @param state only those that run, or only those that do not
     * @param model only of this model
     * @param actions only with one of these actions; empty for all
     * @param advertiser only of this advertiser
     * @param campaign only of this campaign
     * @param search only with this in text, advertiser or name, whatever the case
     * @param leastProbability only with at least this probability of a stop within the board's
     *     horizon; 0 for all
     * @param leastSpend only if they spent at least this in their spell; 0 for all
     */
    public record Filter(
            State state,
            Optional<String> model,
            Set<Action> actions,
            Optional<String> advertiser,
            Optional<String> campaign,
            Optional<String> search,
            double leastProbability,
            double leastSpend) {
        /** Every creative. */
        public static final Filter ALL =
                new Filter(
                        State.ALL,
                        Optional.empty(),
                        Set.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        0);

        /** Whether it admits a score, whatever the campaign: a score does not tell it. */
        boolean admits(CreativeScore score, double horizon) {
            return state.admits(score.action())
                    && model.map(score.model()::equals).orElse(true)
                    && (actions.isEmpty() || actions.contains(score.action()))
                    && advertiser.map(score.description().advertiser()::equals).orElse(true)
                    && search.map(words -> found(words, score)).orElse(true)
                    && (leastProbability == 0 || risky(score, horizon))
                    && (leastSpend == 0 || score.totals().spend() >= leastSpend);
        }

        private boolean risky(CreativeScore score, double horizon) {
            return !score.action().isFinal() && Chances.within(score, horizon) >= leastProbability;
        }

        private static boolean found(String words, CreativeScore score) {
            String text =
                    score.description().text()
                            + '\n'
                            + score.description().advertiser()
                            + '\n'
                            + score.creative();
            return text.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
        }
    }

    /** Whether creatives run. */
    public enum State {
        /** All, running or not. */
        ALL,
        /** Those that run. */
        RUNNING,
        /** Those that were stopped, or lost from sight. */
        STOPPED;

        boolean admits(Action action) {
            return this == ALL || action.isFinal() == (this == STOPPED);
        }
    }

    /** What creatives are ordered by. */
    public enum Sort {
        /** The expected days left: the fewest are the riskiest. */
        RISK,
        /** The money expected to be lost if it runs on until the next check. */
        URGENCY,
        /** When it will be stopped, by its survival curve: the soonest is the most. */
        STOP_DATE,
        /** The probability of a stop within the board's horizon. */
        PROBABILITY,
        /** The probability to be cut out early. */
        CUT_OUT,
        /** The probability to wear out later. */
        WEAR_OUT,
        /** What was spent in the spell. */
        SPEND,
        /** How long the spell lasts. */
        DAYS,
        /** When it was scored. */
        AT
    }

    /**
     * A part of the list.
     *
     * @param total how many creatives match
     * @param scores those asked for, in order
     */
    public record Page(int total, List<CreativeScore> scores) {}

    Page apply(List<CreativeScore> scores, double horizon, Lens lens) {
        double sign = rising ? -1 : 1;
        List<Placed> all =
                scores.stream()
                        .filter(score -> filter.admits(score, horizon))
                        .filter(lens.admits())
                        .map(s -> new Placed(s, lens.behind().test(s), sign * worth(s, horizon)))
                        .sorted(Placed.ORDER)
                        .toList();
        int from = Math.min(offset, all.size());
        int to = (int) Math.min((long) from + limit, all.size());
        return new Page(all.size(), all.subList(from, to).stream().map(Placed::score).toList());
    }

    /** What places a score, asked once: what people decide may change while scores are sorted. */
    private record Placed(CreativeScore score, boolean behind, double worth) {
        /** What is not a number is behind what is, in either direction. */
        static final Comparator<Placed> ORDER =
                Comparator.<Placed, Boolean>comparing(one -> one.score.action().isFinal())
                        .thenComparing(Placed::behind)
                        .thenComparing(Comparator.comparingDouble(Placed::known).reversed())
                        .thenComparing(one -> one.score.model())
                        .thenComparing(one -> one.score.creative());

        private double known() {
            return Double.isNaN(worth) ? Double.NEGATIVE_INFINITY : worth;
        }
    }

    private double worth(CreativeScore score, double horizon) {
        return switch (sort) {
            case RISK -> score.forecast().risk();
            case URGENCY -> score.advice().expectedWaste();
            case STOP_DATE -> -StopDate.of(score).map(StopDate::rank).orElse(Double.NaN);
            case PROBABILITY -> Chances.within(score, horizon);
            case CUT_OUT -> score.forecast().cutOut();
            case WEAR_OUT -> score.forecast().wearOut();
            case SPEND -> score.totals().spend();
            case DAYS -> score.at() - score.launchedAt();
            case AT -> score.at();
        };
    }
}
