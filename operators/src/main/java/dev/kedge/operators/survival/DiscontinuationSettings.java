// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.survival;

import dev.kedge.operators.calibration.Calibrator;
import dev.kedge.operators.decision.Policy;
import dev.kedge.operators.encoder.Fusion;
import dev.kedge.operators.learner.RateSchedule;
import dev.kedge.operators.recall.RecallSettings;
import dev.kedge.operators.survival.ClickThroughWeight.Mode;
import dev.kedge.state.settings.Checks;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

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
 * @param causes causes of discontinuation that have hazards of their own
 * @param landmarks from which moments an interval's outcome is learned
 * @param weight click-through-rate weighting
 * @param features inputs
 * @param network encoder
 * @param learning optimiser and batches
 * @param rehearsal person-periods that are learned again, off by default
 * @param calibration how probabilities are calibrated
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
        Causes causes,
        Landmarks landmarks,
        Weight weight,
        Features features,
        Network network,
        Learning learning,
        Rehearsal rehearsal,
        Calibration calibration,
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
                    Causes.NONE,
                    Landmarks.BOTH,
                    Weight.DEFAULT,
                    Features.DEFAULT,
                    Network.DEFAULT,
                    Learning.DEFAULT,
                    Rehearsal.OFF,
                    Calibration.DEFAULT,
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
        double longest = horizons.get(horizons.size() - 1);
        Checks.require(
                policy.horizon() <= longest,
                "policy.horizon",
                policy.horizon(),
                "at most the longest of horizons (" + longest + ")");
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

    /**
     * Causes of discontinuation with hazards of their own, as competing risks.
     *
     * @param names reasons as the stream names them; every other reason counts as {@code other}.
     *     Empty: one hazard for all reasons
     */
    public record Causes(List<String> names) implements Serializable {
        /** One hazard for all reasons. */
        public static final Causes NONE = new Causes(List.of());

        private static final String OTHER = "other";

        /** Checks the names. */
        public Causes {
            names = List.copyOf(names);
            Checks.require(
                    names.stream().distinct().count() == names.size()
                            && names.stream().noneMatch(n -> n.isBlank() || n.equals(OTHER)),
                    "causes.names",
                    names,
                    "different names, none empty and none '" + OTHER + "', which is always there");
            Checks.within("causes.names", names.size(), 0, 16);
        }

        /** All causes, the rest included; empty if there is one hazard for all. */
        List<String> all() {
            return names.isEmpty()
                    ? List.of()
                    : Stream.concat(names.stream(), Stream.of(OTHER)).toList();
        }

        /** How many hazards an interval has. */
        int count() {
            return Math.max(1, all().size());
        }

        /** The cause that a reason counts for. */
        int of(String reason) {
            int named = names.indexOf(reason);
            return named >= 0 ? named : count() - 1;
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
     * @param fusion how the modalities come together
     * @param layers widths of the layers
     */
    public record Network(int textWidth, int categoryWidth, Fusion fusion, List<Integer> layers)
            implements Serializable {
        /** 16, 16, and two layers of 64 and 32. */
        public static final Network DEFAULT =
                new Network(16, 16, Fusion.CONCATENATED, List.of(64, 32));

        /** Checks the sizes. */
        public Network {
            layers = List.copyOf(layers);
            Checks.within("network.text-width", textWidth, 1, 1024);
            Checks.within("network.category-width", categoryWidth, 1, 1024);
            Checks.require(!layers.isEmpty(), "network.layers", layers, "at least one width");
            layers.forEach(width -> Checks.within("network.layers", width, 1, 8192));
        }
    }

    /** Heads over the shared embedding. */
    public enum Heads {
        /** One for cut-out and one for wear-out: two-term estimation. */
        TWO_TERM,
        /** One over all intervals. */
        SINGLE
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
     * @param heads heads over the embedding
     */
    public record Learning(
            OptimiserName optimiser,
            double rate,
            int batch,
            Duration patience,
            double shortTerm,
            double longTerm,
            double baseHazard,
            RateSchedule schedule,
            Heads heads)
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
                        RateSchedule.CONSTANT,
                        Heads.TWO_TERM);

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
     * Person-periods that are learned again beside new ones, balanced by event and term.
     *
     * @param capacity most person-periods kept; 0 for none
     * @param rows how many are learned again with each micro-batch
     * @param weight factor of their weight beside new ones
     */
    public record Rehearsal(int capacity, int rows, double weight) implements Serializable {
        /** None. */
        public static final Rehearsal OFF = new Rehearsal(0, 8, 1);

        /** Checks the numbers. */
        public Rehearsal {
            Checks.within("rehearsal.capacity", capacity, 0, 1_000_000);
            Checks.within("rehearsal.rows", rows, 1, 4096);
            Checks.require(
                    weight >= 0 && Double.isFinite(weight),
                    "rehearsal.weight",
                    weight,
                    "at least 0 and finite");
        }

        /** Whether anything is kept. */
        boolean enabled() {
            return capacity > 0;
        }

        /** Rows that a batch needs beside new ones. */
        int rowsIfEnabled() {
            return enabled() ? rows : 0;
        }
    }

    /**
     * Prequential calibration of the horizons' probabilities.
     *
     * @param method how
     * @param memory outcomes after which an old one counts only 1/e
     * @param prior outcomes that the hazards' own probabilities count for; with the isotonic method
     *     for each of its bins
     * @param pending most forecasts that wait for their outcome, by horizon
     */
    public record Calibration(Calibrator.Method method, double memory, double prior, int pending)
            implements Serializable {
        /** Isotonic, over some thousand outcomes. */
        public static final Calibration DEFAULT =
                new Calibration(Calibrator.Method.ISOTONIC, 2000, 20, 250);

        /** Checks the numbers. */
        public Calibration {
            Checks.require(
                    memory >= 10 && memory <= 1e9, "calibration.memory", memory, "10 to 1e9");
            Checks.require(
                    prior > 0 && prior <= 1e9, "calibration.prior", prior, "above 0, at most 1e9");
            Checks.within("calibration.pending", pending, 1, 1_000_000);
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

    /** The same with some parts replaced. */
    public Builder change() {
        return new Builder(this);
    }

    /** Settings that differ from others in a few parts. Not thread-safe. */
    public static final class Builder {
        private final DiscontinuationSettings from;
        private Cuts cuts;
        private Statistics statistics;
        private Causes causes;
        private Landmarks landmarks;
        private Weight weight;
        private Features features;
        private Network network;
        private Learning learning;
        private Rehearsal rehearsal;
        private Calibration calibration;
        private Policy policy;
        private Ledger ledger;
        private Evaluation evaluation;
        private RecallSettings creativeMemory;
        private long seed;

        private Builder(DiscontinuationSettings from) {
            this.from = from;
            cuts = from.intervals;
            statistics = from.statistics;
            causes = from.causes;
            landmarks = from.landmarks;
            weight = from.weight;
            features = from.features;
            network = from.network;
            learning = from.learning;
            rehearsal = from.rehearsal;
            calibration = from.calibration;
            policy = from.policy;
            ledger = from.ledger;
            evaluation = from.evaluation;
            creativeMemory = from.creativeMemory;
            seed = from.seed;
        }

        /** Other intervals. */
        public Builder cuts(Cuts other) {
            cuts = other;
            return this;
        }

        /** Other reporting periods. */
        public Builder statistics(Statistics other) {
            statistics = other;
            return this;
        }

        /** Other causes. */
        public Builder causes(Causes other) {
            causes = other;
            return this;
        }

        /** Other landmarks. */
        public Builder landmarks(Landmarks other) {
            landmarks = other;
            return this;
        }

        /** Other weights. */
        public Builder weight(Weight other) {
            weight = other;
            return this;
        }

        /** Other inputs. */
        public Builder features(Features other) {
            features = other;
            return this;
        }

        /** Other sizes of the encoder. */
        public Builder network(Network other) {
            network = other;
            return this;
        }

        /** Other ways to learn. */
        public Builder learning(Learning other) {
            learning = other;
            return this;
        }

        /** Other rehearsal. */
        public Builder rehearsal(Rehearsal other) {
            rehearsal = other;
            return this;
        }

        /** Other calibration. */
        public Builder calibration(Calibration other) {
            calibration = other;
            return this;
        }

        /** Other policy. */
        public Builder policy(Policy other) {
            policy = other;
            return this;
        }

        /** Other bounds. */
        public Builder ledger(Ledger other) {
            ledger = other;
            return this;
        }

        /** Other evaluation. */
        public Builder evaluation(Evaluation other) {
            evaluation = other;
            return this;
        }

        /** Other creative memory. */
        public Builder creativeMemory(RecallSettings other) {
            creativeMemory = other;
            return this;
        }

        /** Other seed. */
        public Builder seed(long other) {
            seed = other;
            return this;
        }

        /** The settings. */
        public DiscontinuationSettings build() {
            return new DiscontinuationSettings(
                    cuts,
                    from.horizons,
                    statistics,
                    from.lateness,
                    from.ahead,
                    from.censoring,
                    causes,
                    landmarks,
                    weight,
                    features,
                    network,
                    learning,
                    rehearsal,
                    calibration,
                    policy,
                    ledger,
                    evaluation,
                    creativeMemory,
                    seed);
        }
    }

    /** The same with another evaluation. */
    public DiscontinuationSettings withEvaluation(Evaluation other) {
        return change().evaluation(other).build();
    }

    /** The same with another creative memory. */
    public DiscontinuationSettings withCreativeMemory(RecallSettings other) {
        return change().creativeMemory(other).build();
    }

    /** The same with other inputs. */
    public DiscontinuationSettings withFeatures(Features other) {
        return change().features(other).build();
    }

    /** The same with other bounds. */
    public DiscontinuationSettings withLedger(Ledger other) {
        return change().ledger(other).build();
    }

    /** The same with another seed. */
    public DiscontinuationSettings withSeed(long other) {
        return change().seed(other).build();
    }

    /** The intervals as an object that computes. */
    public Intervals cuts() {
        return new Intervals(intervals.cuts(), intervals.boundary());
    }
}
