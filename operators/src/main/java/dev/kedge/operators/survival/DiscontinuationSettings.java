// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.survival;

import dev.kedge.operators.learner.RateSchedule;
import dev.kedge.operators.recall.RecallSettings;
import dev.kedge.operators.survival.ClickThroughWeight.Mode;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Everything that can be set about ad discontinuation. A job file has the same names with hyphens.
 *
 * @param intervals the hazard intervals
 * @param horizons days ahead for which a probability is given; increasing
 * @param statistics how statistics are reported
 * @param lateness how far a model's clock stays behind the newest event
 * @param ahead how far an event's time may be ahead of the time at which its record was produced
 * @param censoring reasons for which a discontinuation tells nothing of the creative: it is
 *     censored
 * @param landmarks from which moments an interval's outcome is learned
 * @param weight click-through-rate weighting
 * @param features inputs
 * @param network encoder
 * @param learning optimiser and batches
 * @param policy when to recommend what
 * @param ledger bounds of what is remembered
 * @param evaluation prequential evaluation
 * @param creativeMemory recognition of re-uploaded and reworked creatives, off by default
 * @param seed seed of every generator
 */
public record DiscontinuationSettings(
        Cuts intervals,
        List<Double> horizons,
        Statistics statistics,
        Duration lateness,
        Duration ahead,
        List<String> censoring,
        Landmarks landmarks,
        Weight weight,
        Features features,
        Network network,
        Learning learning,
        Policy policy,
        Ledger ledger,
        Evaluation evaluation,
        RecallSettings creativeMemory,
        long seed)
        implements Serializable {

    /** The values that the specification names, or ours where it names none. */
    public static final DiscontinuationSettings DEFAULT =
            new DiscontinuationSettings(
                    Cuts.DEFAULT,
                    List.of(1.0, 3.0, 7.0, 14.0, 30.0),
                    Statistics.DEFAULT,
                    Duration.ofHours(6),
                    Duration.ofDays(1),
                    List.of("unobserved"),
                    Landmarks.BOTH,
                    Weight.DEFAULT,
                    Features.DEFAULT,
                    Network.DEFAULT,
                    Learning.DEFAULT,
                    Policy.DEFAULT,
                    Ledger.DEFAULT,
                    Evaluation.DEFAULT,
                    RecallSettings.DEFAULT,
                    2026);

    /** Checks what no single part can check. */
    public DiscontinuationSettings {
        horizons = List.copyOf(horizons);
        censoring = List.copyOf(censoring);
        Checks.require(!horizons.isEmpty(), "horizons", horizons, "at least one number of days");
        for (int i = 0; i < horizons.size(); i++) {
            double least = i == 0 ? 0 : horizons.get(i - 1);
            Checks.require(
                    horizons.get(i) > least && horizons.get(i) <= 365,
                    "horizons",
                    horizons,
                    "increasing numbers of days between 0 and 365");
        }
        Checks.require(
                !lateness.isNegative() && lateness.compareTo(Duration.ofDays(30)) <= 0,
                "lateness",
                lateness,
                "between 0 and 30 days");
        Checks.require(!ahead.isNegative(), "ahead", ahead, "at least 0");
        Checks.require(
                lateness.toMillis() / statistics.every().toMillis() <= 1_000,
                "lateness",
                lateness,
                "at most 1000 times statistics.every (" + statistics.every() + ")");
    }

    /**
     * The hazard intervals.
     *
     * @param cuts starts of the intervals in days since launch
     * @param boundary day at which cut-out ends and wear-out begins
     */
    public record Cuts(List<Double> cuts, double boundary) implements Serializable {
        /** Daily to 14, then weekly to 12 weeks, then open. */
        public static final Cuts DEFAULT =
                new Cuts(
                        DoubleStream.concat(
                                        DoubleStream.iterate(0, d -> d < 14, d -> d + 1),
                                        DoubleStream.iterate(14, d -> d <= 84, d -> d + 7))
                                .boxed()
                                .toList(),
                        14);

        /** Checks the cuts. */
        public Cuts {
            cuts = List.copyOf(cuts);
            new Intervals(cuts, boundary).columns();
        }
    }

    /**
     * How statistics are reported.
     *
     * @param every length of a reporting period
     */
    public record Statistics(Duration every) implements Serializable {
        /** Daily. */
        public static final Statistics DEFAULT = new Statistics(Duration.ofDays(1));

        /** Checks the length. */
        public Statistics {
            Checks.require(
                    every.compareTo(Duration.ofMinutes(1)) >= 0
                            && every.compareTo(Duration.ofDays(31)) <= 0,
                    "statistics.every",
                    every,
                    "between 1 minute and 31 days");
        }
    }

    /** From which moments the outcome of an interval is learned. */
    public enum Landmarks {
        /**
         * The start of the interval: the sum over person-periods of the specification, and nothing
         * else.
         */
        START,
        /**
         * The launch: what a prediction made at launch may know, as in Gensheimer and Narasimhan
         * 2019.
         */
        LAUNCH,
        /**
         * Both, with half the weight each, so that near and far hazards are both trained the way
         * they are used.
         */
        BOTH
    }

    /**
     * Click-through-rate weighting.
     *
     * @param mode which weight
     * @param priorStrength impressions behind the prior rate
     * @param minimum least weight
     * @param maximum largest weight
     */
    public record Weight(Mode mode, double priorStrength, double minimum, double maximum)
            implements Serializable {
        /** Smoothed, strength 100, clipped to 0.1 to 10. */
        public static final Weight DEFAULT = new Weight(Mode.SMOOTHED, 100, 0.1, 10);

        /** Checks the numbers. */
        public Weight {
            Checks.require(priorStrength > 0, "weight.prior-strength", priorStrength, "above 0");
            Checks.require(minimum >= 0, "weight.minimum", minimum, "at least 0");
            Checks.require(maximum > minimum, "weight.maximum", maximum, "above weight.minimum");
        }

        ClickThroughWeight.Settings settings() {
            return new ClickThroughWeight.Settings(mode, priorStrength, minimum, maximum);
        }
    }

    /**
     * Inputs.
     *
     * @param text whether to read the text
     * @param maxTokens most tokens kept of a text
     * @param textBuckets rows of the text table
     * @param categories whether to read the categories and the advertiser
     * @param categoryBuckets rows of the category table
     * @param facts names of the numeric facts to read
     * @param embedding width of the ready embedding, 0 for none
     * @param delivery whether to read what was delivered so far
     * @param advertisers of how many advertisers to remember, and read, what their other creatives
     *     did; 0 for none
     */
    public record Features(
            boolean text,
            int maxTokens,
            int textBuckets,
            boolean categories,
            int categoryBuckets,
            List<String> facts,
            int embedding,
            boolean delivery,
            int advertisers)
            implements Serializable {
        /** Everything, with tables of 2,048 and 1,024 rows. */
        public static final Features DEFAULT =
                new Features(true, 128, 2048, true, 1024, List.of(), 0, true, 10_000);

        /** Checks the sizes. */
        public Features {
            facts = List.copyOf(facts);
            Checks.within("features.max-tokens", maxTokens, 1, 4096);
            Checks.within("features.text-buckets", textBuckets, 1, 1 << 22);
            Checks.within("features.category-buckets", categoryBuckets, 1, 1 << 22);
            Checks.within("features.embedding", embedding, 0, 4096);
            Checks.within("features.advertisers", advertisers, 0, 1_000_000);
            Checks.require(
                    facts.size() <= 256, "features.facts", facts.size(), "at most 256 names");
        }
    }

    /**
     * Encoder.
     *
     * @param textWidth width of a token's embedding
     * @param categoryWidth width of a category's embedding
     * @param layers widths of the layers
     */
    public record Network(int textWidth, int categoryWidth, List<Integer> layers)
            implements Serializable {
        /** 16, 16, and two layers of 64 and 32. */
        public static final Network DEFAULT = new Network(16, 16, List.of(64, 32));

        /** Checks the sizes. */
        public Network {
            layers = List.copyOf(layers);
            Checks.within("network.text-width", textWidth, 1, 1024);
            Checks.within("network.category-width", categoryWidth, 1, 1024);
            Checks.require(!layers.isEmpty(), "network.layers", layers, "at least one width");
            layers.forEach(width -> Checks.within("network.layers", width, 1, 8192));
        }
    }

    /** Optimisers by name. */
    public enum OptimiserName {
        /** Plain stochastic gradient descent. */
        SGD,
        /** Adam. */
        ADAM,
        /** Adagrad. */
        ADAGRAD
    }

    /**
     * Optimiser and batches.
     *
     * @param optimiser which one
     * @param rate learning rate
     * @param batch rows of a micro-batch
     * @param patience event time after which an unfilled micro-batch is learned
     * @param shortTerm factor of the cut-out term
     * @param longTerm factor of the wear-out term
     * @param baseHazard hazard of every interval before anything was learned
     * @param schedule the rate by step
     */
    public record Learning(
            OptimiserName optimiser,
            double rate,
            int batch,
            Duration patience,
            double shortTerm,
            double longTerm,
            double baseHazard,
            RateSchedule schedule)
            implements Serializable {
        /** Adam at 0.002, 8 rows, a day. */
        public static final Learning DEFAULT =
                new Learning(
                        OptimiserName.ADAM,
                        0.002,
                        8,
                        Duration.ofDays(1),
                        1,
                        1,
                        0.05,
                        RateSchedule.CONSTANT);

        /** Checks the numbers. */
        public Learning {
            Checks.require(rate > 0 && rate <= 10, "learning.rate", rate, "above 0, at most 10");
            Checks.within("learning.batch", batch, 1, 4096);
            Checks.require(
                    !patience.isNegative() && !patience.isZero(),
                    "learning.patience",
                    patience,
                    "above 0");
            Checks.require(shortTerm >= 0, "learning.short-term", shortTerm, "at least 0");
            Checks.require(longTerm >= 0, "learning.long-term", longTerm, "at least 0");
            Checks.require(
                    baseHazard > 0 && baseHazard < 1,
                    "learning.base-hazard",
                    baseHazard,
                    "between 0 and 1");
        }
    }

    /**
     * When to recommend what. The probability is that of the horizon.
     *
     * @param horizon days ahead; one of the horizons, or the next longer one is taken
     * @param stopAbove from which probability on to stop
     * @param watchAbove from which probability on to watch
     * @param minimumImpressions evidence below which nothing but watching is recommended
     */
    public record Policy(
            double horizon, double stopAbove, double watchAbove, long minimumImpressions)
            implements Serializable {
        /** Stop above 50 % within 3 days, watch above 25 %, 1,000 impressions. */
        public static final Policy DEFAULT = new Policy(3, 0.5, 0.25, 1000);

        /** Checks the numbers. */
        public Policy {
            Checks.require(horizon > 0, "policy.horizon", horizon, "above 0");
            Checks.require(
                    stopAbove > 0 && stopAbove <= 1, "policy.stop-above", stopAbove, "in (0, 1]");
            Checks.require(
                    watchAbove > 0 && watchAbove <= stopAbove,
                    "policy.watch-above",
                    watchAbove,
                    "above 0 and at most policy.stop-above");
            Checks.require(
                    minimumImpressions >= 0,
                    "policy.minimum-impressions",
                    minimumImpressions,
                    "at least 0");
        }
    }

    /**
     * Bounds of what is remembered.
     *
     * @param capacity most creatives of a model
     * @param retention how long a stopped creative is remembered, in event time
     */
    public record Ledger(int capacity, Duration retention) implements Serializable {
        /** 100,000 creatives, 90 days. */
        public static final Ledger DEFAULT = new Ledger(100_000, Duration.ofDays(90));

        /** Checks the numbers. */
        public Ledger {
            Checks.within("ledger.capacity", capacity, 1, 10_000_000);
            Checks.require(
                    !retention.isNegative() && !retention.isZero(),
                    "ledger.retention",
                    retention,
                    "above 0");
        }
    }

    /**
     * Prequential evaluation.
     *
     * @param window judged creatives in the sliding window
     * @param every event time between two metrics records
     */
    public record Evaluation(int window, Duration every) implements Serializable {
        /** 1,000 creatives, a day. */
        public static final Evaluation DEFAULT = new Evaluation(1000, Duration.ofDays(1));

        /** Checks the numbers. */
        public Evaluation {
            Checks.within("evaluation.window", window, 10, 100_000);
            Checks.require(
                    !every.isNegative() && !every.isZero(), "evaluation.every", every, "above 0");
        }
    }

    /** The same with another evaluation. */
    public DiscontinuationSettings withEvaluation(Evaluation other) {
        return with(features, ledger, other, creativeMemory, seed);
    }

    /** The same with another creative memory. */
    public DiscontinuationSettings withCreativeMemory(RecallSettings other) {
        return with(features, ledger, evaluation, other, seed);
    }

    /** The same with other inputs. */
    public DiscontinuationSettings withFeatures(Features other) {
        return with(other, ledger, evaluation, creativeMemory, seed);
    }

    /** The same with other bounds. */
    public DiscontinuationSettings withLedger(Ledger other) {
        return with(features, other, evaluation, creativeMemory, seed);
    }

    /** The same with another seed. */
    public DiscontinuationSettings withSeed(long other) {
        return with(features, ledger, evaluation, creativeMemory, other);
    }

    private DiscontinuationSettings with(
            Features newFeatures,
            Ledger newLedger,
            Evaluation newEvaluation,
            RecallSettings newMemory,
            long newSeed) {
        return new DiscontinuationSettings(
                intervals,
                horizons,
                statistics,
                lateness,
                ahead,
                censoring,
                landmarks,
                weight,
                newFeatures,
                network,
                learning,
                policy,
                newLedger,
                newEvaluation,
                newMemory,
                newSeed);
    }

    /** The intervals as an object that computes. */
    public Intervals cuts() {
        return new Intervals(intervals.cuts(), intervals.boundary());
    }
}
