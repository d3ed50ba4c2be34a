// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static dev.kedge.operators.ads.DiscontinuationSettings.Heads.TWO_TERM;
import static dev.kedge.operators.ads.DiscontinuationSettings.OptimiserName.ADAM;
import static dev.kedge.operators.learner.RateSchedule.CONSTANT;

import dev.kedge.operators.ads.calibration.Calibrator;
import dev.kedge.operators.ads.experts.ExpertSettings;
import dev.kedge.operators.ads.hazards.Intervals;
import dev.kedge.operators.ads.intervals.IntervalSettings;
import dev.kedge.operators.ads.policy.Policy;
import dev.kedge.operators.ads.recall.RecallSettings;
import dev.kedge.operators.encoder.Fusion;
import dev.kedge.operators.learner.RateSchedule;
import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Count;
import dev.kedge.state.settings.Durations;
import dev.kedge.state.settings.Group;
import dev.kedge.state.settings.Lasting;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import dev.kedge.state.settings.Schema;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Everything that can be set about ad discontinuation. A job file has the same names with hyphens.
 */
@PublicApi
public record DiscontinuationSettings(
        @Group Forecast forecast,
        @Group Reporting reporting,
        @Group OutcomeSettings outcomes,
        Features features,
        Network network,
        Learning learning,
        Rehearsal rehearsal,
        Calibration calibration,
        Policy policy,
        Ledger ledger,
        Evaluation evaluation,
        RecallSettings creativeMemory,
        ScoreDetail scores,
        @Meaning("Seed of every generator; each model's own follows from it and the model's name.")
                long seed)
        implements Serializable {

    /** The values that the specification names, or ours where it names none. */
    public static final DiscontinuationSettings DEFAULT =
            new DiscontinuationSettings(
                    Forecast.DEFAULT,
                    Reporting.DEFAULT,
                    OutcomeSettings.DEFAULT,
                    Features.DEFAULT,
                    Network.DEFAULT,
                    Learning.DEFAULT,
                    new Rehearsal(0, 8, 1),
                    Calibration.DEFAULT,
                    Policy.DEFAULT,
                    new Ledger(100_000, Duration.ofDays(90)),
                    new Evaluation(1000, Duration.ofDays(1)),
                    RecallSettings.DEFAULT,
                    ScoreDetail.DEFAULT,
                    2026);

    /** Checks what no single part can check. */
    public DiscontinuationSettings {
        double longest = forecast.longest();
        String allowed = "at most the longest of horizons (" + longest + ")";
        Checks.require(policy.horizon() <= longest, "policy.horizon", policy.horizon(), allowed);
    }

    /** What is forecast. */
    public record Forecast(
            Cuts intervals,
            @Meaning("Days ahead for which a probability is given; increasing, at most 365.")
                    List<Double> horizons,
            ExpertSettings experts)
            implements Serializable {
        /** Five horizons, up to 30 days, by the net alone. */
        public static final Forecast DEFAULT =
                new Forecast(
                        Cuts.DEFAULT, List.of(1.0, 3.0, 7.0, 14.0, 30.0), ExpertSettings.DEFAULT);

        /** Checks the horizons. */
        public Forecast {
            horizons = List.copyOf(horizons);
            Checks.require(
                    !horizons.isEmpty(), "horizons", horizons, "at least one number of days");
            double before = 0;
            for (double horizon : horizons) {
                String allowed = "increasing numbers of days between 0 and 365";
                boolean fits = horizon > before && horizon <= 365;
                Checks.require(fits, "horizons", horizons, allowed);
                before = horizon;
            }
        }

        double longest() {
            return horizons.get(horizons.size() - 1);
        }
    }

    /** The hazard intervals. */
    public record Cuts(
            @Meaning(
                            "Starts of the hazard intervals in days since launch: from 0, increasing, at most 36,500. The last interval is open.")
                    List<Double> cuts,
            @Meaning("Day at which cut-out ends and wear-out begins; one of the cuts after 0.")
                    double boundary)
            implements Serializable {
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

    /** When it is known what happened. */
    public record Reporting(
            Statistics statistics,
            @Meaning(
                            "How far a model's clock stays behind its newest event; 0 to 30 d, at most 1,000 reporting periods.")
                    @Lasting(min = "0", max = "30 days")
                    Duration lateness,
            @Meaning(
                            "How far an event's time may lie after its record's Kafka timestamp; at least 0.")
                    @Lasting(min = "0")
                    Duration ahead)
            implements Serializable {
        /** Daily, six hours late. */
        public static final Reporting DEFAULT =
                new Reporting(
                        new Statistics(Duration.ofDays(1)),
                        Duration.ofHours(6),
                        Duration.ofDays(1));

        /** Checks what belongs together. */
        public Reporting {
            String every = Durations.word(statistics.every());
            String allowed = "at most 1000 times statistics.every (" + every + ")";
            long periods = lateness.toMillis() / statistics.every().toMillis();
            Checks.require(periods <= 1_000, "lateness", lateness, allowed);
        }
    }

    /** How statistics are reported. */
    public record Statistics(
            @Meaning("Length of a reporting period; 1 min to 31 d.")
                    @Lasting(min = "1 minute", max = "31 days")
                    Duration every)
            implements Serializable {}

    /** Inputs. */
    public record Features(
            @Meaning("Whether to read the text.") boolean text,
            @Meaning("Most tokens kept of a text; 1 to 4,096.") @Range(min = 1, max = 4096)
                    int maxTokens,
            @Meaning("Rows of the text table; 1 to 4,194,304.") @Range(min = 1, max = 1 << 22)
                    int textBuckets,
            @Meaning("Whether to read the categories and the advertiser.") boolean categories,
            @Meaning("Rows of the category table; 1 to 4,194,304.") @Range(min = 1, max = 1 << 22)
                    int categoryBuckets,
            @Meaning("Names of the `numbers` to read; at most 256.") @Count(max = 256)
                    List<String> facts,
            @Meaning("Width of the ready `embedding`, 0 for none; at most 4,096.")
                    @Range(min = 0, max = 4096)
                    int embedding,
            @Meaning("Whether to read what was delivered so far.") boolean delivery,
            @Meaning(
                            "Of how many advertisers to remember, and read, what their other creatives did; 0 for none. The one heard of longest ago is forgotten first.")
                    @Range(min = 0, max = 1_000_000)
                    int advertisers)
            implements Serializable {
        /** Everything, with tables of 2,048 and 1,024 rows. */
        public static final Features DEFAULT =
                new Features(true, 128, 2048, true, 1024, List.of(), 0, true, 10_000);

        /** Freezes the list. */
        public Features {
            facts = List.copyOf(facts);
        }
    }

    /** Encoder. */
    public record Network(
            @Meaning("Width of a token's embedding; 1 to 1,024.") @Range(min = 1, max = 1024)
                    int textWidth,
            @Meaning("Width of a category's embedding; 1 to 1,024.") @Range(min = 1, max = 1024)
                    int categoryWidth,
            @Meaning(
                            "How the modalities come together: side by side, or side by side with every input weighed by a gate that the categories set.")
                    Fusion fusion,
            @Meaning("Widths of the layers; at least one, each 1 to 8,192.")
                    @Count(min = 1)
                    @Range(min = 1, max = 8192)
                    List<Integer> layers)
            implements Serializable {
        /** 16, 16, and two layers of 64 and 32. */
        public static final Network DEFAULT =
                new Network(16, 16, Fusion.CONCATENATED, List.of(64, 32));

        /** Freezes the list. */
        public Network {
            layers = List.copyOf(layers);
        }
    }

    /** Heads over the shared embedding. */
    public enum Heads {
        /** One for cut-out and one for wear-out: two-term estimation. */
        TWO_TERM,
        /** One over all intervals. */
        SINGLE
    }

    /** Where the factors of the two terms come from. */
    public enum TermFactors {
        /** They are set. */
        FIXED,
        /** Each term has one beside it that is learned. */
        LEARNED
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

    /** Optimiser and batches. */
    public record Learning(
            @Meaning("Which optimiser.") OptimiserName optimiser,
            @Meaning("Learning rate, which the schedule multiplies; above 0, at most 10.")
                    @Range(above = 0, max = 10)
                    double rate,
            @Meaning("Rows of a micro-batch; 1 to 4,096.") @Range(min = 1, max = 4096) int batch,
            @Meaning("Event time after which an unfilled micro-batch is learned; above 0.")
                    @Lasting(above = "0")
                    Duration patience,
            @Meaning("Factor of the cut-out term; at least 0.") @Range(min = 0) double shortTerm,
            @Meaning("Factor of the wear-out term; at least 0.") @Range(min = 0) double longTerm,
            @Meaning("Hazard of every interval before anything was learned; between 0 and 1.")
                    @Range(above = 0, below = 1)
                    double baseHazard,
            RateSchedule schedule,
            @Meaning(
                            "Two heads, one for cut-out and one for wear-out, or a single one over all intervals.")
                    Heads heads,
            @Meaning(
                            "Widths of the layers that each head has for itself between the shared encoder and its hazards; none for linear heads. At most 8, each 1 to 8,192.")
                    @Count(max = 8)
                    @Range(min = 1, max = 8192)
                    List<Integer> headLayers,
            @Meaning(
                            "Whether the two terms keep the factors that are set, or each has one beside it that is learned: it tends to one over twice the mean loss of the term. A single head has neither.")
                    TermFactors termFactors)
            implements Serializable {
        /** Adam at 0.002, 8 rows, a day, linear heads. */
        public static final Learning DEFAULT =
                new Learning(
                        ADAM,
                        0.002,
                        8,
                        Duration.ofDays(1),
                        1,
                        1,
                        0.05,
                        CONSTANT,
                        TWO_TERM,
                        List.of(),
                        TermFactors.FIXED);

        /** Freezes the list. */
        public Learning {
            headLayers = List.copyOf(headLayers);
        }
    }

    /** Person-periods that are learned again beside new ones, balanced by event and term. */
    public record Rehearsal(
            @Meaning(
                            "Most person-periods kept to be learned again, balanced by event and term; 0 for none.")
                    @Range(min = 0, max = 1_000_000)
                    int capacity,
            @Meaning("How many of them are learned again with each micro-batch; 1 to 4,096.")
                    @Range(min = 1, max = 4096)
                    int rows,
            @Meaning("Factor of their weight beside new ones; at least 0.") @Range(min = 0)
                    double weight)
            implements Serializable {
        /** Whether anything is kept. */
        boolean enabled() {
            return capacity > 0;
        }

        /** Rows that a batch needs beside new ones. */
        int rowsIfEnabled() {
            return enabled() ? rows : 0;
        }
    }

    /** Prequential calibration of the horizons' probabilities, and of predictive intervals. */
    public record Calibration(
            @Meaning(
                            "How the horizons' probabilities are calibrated, each once its outcome is known.")
                    Calibrator.Method method,
            @Meaning("Outcomes after which an old one counts only 1/e; 10 to 1e9.")
                    @Range(min = 10, max = 1e9)
                    double memory,
            @Meaning(
                            "Outcomes that the hazards' own probability counts for (`isotonic`: in each of 32 bins); above 0, at most 1e9.")
                    @Range(above = 0, max = 1e9)
                    double prior,
            @Meaning("Most forecasts of a horizon that wait for their outcome; 1 to 1,000,000.")
                    @Range(min = 1, max = 1_000_000)
                    int pending,
            IntervalSettings interval)
            implements Serializable {
        /** Isotonic, with intervals of which nine in ten are to hold. */
        public static final Calibration DEFAULT =
                new Calibration(
                        Calibrator.Method.ISOTONIC, 2000, 20, 250, IntervalSettings.DEFAULT);
    }

    /** Bounds of what is remembered. */
    public record Ledger(
            @Meaning("Most creatives that a model remembers; 1 to 10,000,000.")
                    @Range(min = 1, max = 10_000_000)
                    int capacity,
            @Meaning("How long a stopped creative is remembered, in event time; above 0.")
                    @Lasting(above = "0")
                    Duration retention)
            implements Serializable {}

    /** Prequential evaluation. */
    public record Evaluation(
            @Meaning(
                            "Discontinued creatives in the sliding window of the evaluation; 10 to 100,000.")
                    @Range(min = 10, max = 100_000)
                    int window,
            @Meaning("Event time between two records of metrics; above 0.") @Lasting(above = "0")
                    Duration every)
            implements Serializable {}

    /** The same with another value of a field; see {@link Schema#with}. */
    public DiscontinuationSettings with(String field, Object value) {
        return Schema.with(this, field, value);
    }

    /** The hazard intervals. */
    public Cuts intervals() {
        return forecast.intervals();
    }

    /** The intervals as an object that computes. */
    public Intervals cuts() {
        return new Intervals(intervals().cuts(), intervals().boundary());
    }

    /** Days ahead for which a probability is given; increasing. */
    public List<Double> horizons() {
        return forecast.horizons();
    }

    /** Simple methods beside the net. */
    public ExpertSettings experts() {
        return forecast.experts();
    }

    /** How statistics are reported. */
    public Statistics statistics() {
        return reporting.statistics();
    }

    /** How far a model's clock stays behind the newest event. */
    public Duration lateness() {
        return reporting.lateness();
    }

    /** How far an event's time may be ahead of the time at which its record was produced. */
    public Duration ahead() {
        return reporting.ahead();
    }

    /** Reasons for which a discontinuation tells nothing of the creative. */
    public List<String> censoring() {
        return outcomes.censoring();
    }

    /** Causes of discontinuation that have hazards of their own. */
    public OutcomeSettings.Causes causes() {
        return outcomes.causes();
    }

    /** From which moments an interval's outcome is learned. */
    public OutcomeSettings.Landmarks landmarks() {
        return outcomes.landmarks();
    }

    /** Click-through-rate weighting. */
    public ClickThroughWeight.Settings weight() {
        return outcomes.weight();
    }
}
