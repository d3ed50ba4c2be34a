// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.survival;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.replay.ReplaySettings;
import dev.kedge.operators.survival.DiscontinuationSettings;
import dev.kedge.operators.survival.reference.BatchHazardNet;
import dev.kedge.state.settings.Checks;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * One survival experiment.
 *
 * @param name name of the experiment, and of its folder
 * @param folder where experiments go
 * @param kind what is learned from
 * @param data where the data lie; empty for a simulated market
 * @param seeds one run of each variant for each
 * @param market the simulated market, for that kind
 * @param ads the history of ads, for that kind
 * @param sets the sets of patients, for that kind
 * @param batch how the batch learners are fitted
 * @param discontinuation the learner that all variants begin from
 * @param variants what the runs of the live learner differ in
 * @param nets what the fits of the net in batch differ in
 */
public record SurvivalExperimentSettings(
        String name,
        String folder,
        Kind kind,
        String data,
        List<Long> seeds,
        Market market,
        Ads ads,
        Sets sets,
        Batch batch,
        DiscontinuationSettings discontinuation,
        List<Variant> variants,
        List<Variant> nets) {

    /** Everything as it is without a file. */
    public static final SurvivalExperimentSettings DEFAULT =
            new SurvivalExperimentSettings(
                    "survival",
                    "experiments",
                    Kind.MARKET,
                    "",
                    List.of(1L, 2L, 3L, 4L, 5L),
                    new Market(10, 240, 500),
                    new Ads(ReplaySettings.DEFAULT.columns(), 1000, 1, 0.3, Duration.ofDays(30)),
                    new Sets(List.of(), 0.3, 10, Duration.ofDays(1)),
                    new Batch(0.001, 0, 64, 100, 5, 0.1, true, 10),
                    DiscontinuationSettings.DEFAULT,
                    List.of(new Variant("single pass", JsonNodeFactory.instance.objectNode())),
                    List.of());

    /** Checks the lists and the name. */
    public SurvivalExperimentSettings {
        seeds = List.copyOf(seeds);
        variants = List.copyOf(variants);
        nets = List.copyOf(nets);
        Checks.require(
                name.matches("[a-zA-Z0-9._-]{1,100}") && !name.startsWith("."),
                "name",
                name,
                "letters, digits, . _ - (1 to 100), not beginning with a dot");
        Checks.require(!seeds.isEmpty(), "seeds", seeds, "at least one");
        Checks.require(!variants.isEmpty(), "variants", variants, "at least one");
        List<String> names =
                Stream.concat(variants.stream(), nets.stream()).map(Variant::name).toList();
        Checks.require(
                names.stream().distinct().count() == names.size(),
                "variants",
                names,
                "different names, also from nets");
        for (Variant variant : variants) {
            variant.of(discontinuation);
        }
        for (Variant net : nets) {
            net.of(batch);
        }
    }

    /** What is learned from. */
    public enum Kind {
        /** A simulated market whose hazards are known. */
        MARKET,
        /** Real ads with start and stop. */
        ADS,
        /** Sets of patients in ARFF. */
        SETS
    }

    /**
     * A simulated market.
     *
     * @param launchesPerDay mean launches a day
     * @param days how long it goes on
     * @param warmUp first launches that are learned from and not judged
     */
    public record Market(double launchesPerDay, int days, int warmUp) {
        /** Checks the numbers. */
        public Market {
            Checks.require(
                    launchesPerDay > 0, "market.launches-per-day", launchesPerDay, "above 0");
            Checks.require(days > 0, "market.days", days, "at least 1");
            Checks.require(warmUp >= 0, "market.warm-up", warmUp, "at least 0");
        }
    }

    /**
     * A history of ads.
     *
     * @param columns which column of the CSV file means what
     * @param warmUp first launches that are learned from and not judged
     * @param first share of the launches, the first by time, that there are for this experiment;
     *     the rest is as if it had not happened yet. Below 1 for choosing settings
     * @param last share of these launches, the last by time, that is judged by itself, too
     * @param refit event time between two fits of the batch learners
     */
    public record Ads(
            ReplaySettings.Columns columns, int warmUp, double first, double last, Duration refit) {
        /** Checks the numbers. */
        public Ads {
            Checks.require(warmUp > 1, "ads.warm-up", warmUp, "at least 2");
            Checks.require(first > 0 && first <= 1, "ads.first", first, "above 0, at most 1");
            Checks.require(last > 0 && last < 1, "ads.last", last, "between 0 and 1");
            Checks.require(refit.toHours() >= 1, "ads.refit", refit, "at least 1 h");
        }
    }

    /**
     * Sets of patients.
     *
     * @param sets the sets
     * @param test share of the patients, drawn by the seed, that is tested on
     * @param intervals hazard intervals, between quantiles of the training rows' event times
     * @param every simulated time between two patients who enter
     */
    public record Sets(List<PatientSet> sets, double test, int intervals, Duration every) {
        /** Checks the numbers. */
        public Sets {
            sets = List.copyOf(sets);
            Checks.require(test > 0 && test < 1, "sets.test", test, "between 0 and 1");
            Checks.require(
                    intervals >= 3 && intervals <= 100,
                    "sets.intervals",
                    intervals,
                    "between 3 and 100");
            Checks.require(!every.isNegative() && !every.isZero(), "sets.every", every, "above 0");
        }
    }

    /**
     * A set of patients.
     *
     * @param file name of the ARFF file
     * @param time attribute that holds the time, in days
     * @param event attribute that tells whether the event happened then
     * @param happened value of it if so
     * @param leaveOut attributes that are no input, because they tell the outcome
     */
    public record PatientSet(
            String file, String time, String event, String happened, List<String> leaveOut) {
        /** Freezes the list. */
        public PatientSet {
            leaveOut = List.copyOf(leaveOut);
        }
    }

    /**
     * How the batch learners are fitted.
     *
     * @param rate learning rate of the net's Adam
     * @param decay its weight decay
     * @param rows lives of a batch
     * @param epochs most epochs
     * @param patience epochs without a better held-out loss after which to stop
     * @param heldOut share of the past, the newest, that tells when to stop
     * @param again whether to fit once more on all the past for as many epochs as were best
     * @param ridge penalty of Cox's regression
     */
    public record Batch(
            double rate,
            double decay,
            int rows,
            int epochs,
            int patience,
            double heldOut,
            boolean again,
            double ridge) {
        /** The net's settings, with the terms of the live learner. */
        BatchHazardNet.Settings net(DiscontinuationSettings.Learning learning) {
            return new BatchHazardNet.Settings(
                    rate,
                    decay,
                    rows,
                    epochs,
                    patience,
                    heldOut,
                    again,
                    learning.shortTerm(),
                    learning.longTerm(),
                    learning.baseHazard());
        }
    }

    /**
     * What a run differs in.
     *
     * @param name what it is called
     * @param change fields of the learner, or of the fit, with other values
     */
    public record Variant(String name, JsonNode change) {
        /** Checks the form. */
        public Variant {
            Checks.require(
                    change.isObject(), "variants.change", change, "fields of discontinuation");
        }

        /** The live learner. */
        DiscontinuationSettings of(DiscontinuationSettings base) {
            return StrictYaml.change(
                    base, change, DiscontinuationSettings.class, "variants: '" + name + "'");
        }

        /** The fit in batch. */
        Batch of(Batch base) {
            return StrictYaml.change(base, change, Batch.class, "nets: '" + name + "'");
        }
    }

    /** The same with data that lie elsewhere. */
    public SurvivalExperimentSettings withData(String path) {
        return new SurvivalExperimentSettings(
                name,
                folder,
                kind,
                path,
                seeds,
                market,
                ads,
                sets,
                batch,
                discontinuation,
                variants,
                nets);
    }
}
