// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.laboratory.ads.reference.BatchHazardNet;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings;
import dev.kedge.jobs.laboratory.data.CreativeColumns;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Count;
import dev.kedge.state.settings.Group;
import dev.kedge.state.settings.Lasting;
import dev.kedge.state.settings.Matching;
import dev.kedge.state.settings.Range;
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
        @Matching(value = "(?!\\.)" + Matching.NAME, allowed = ExperimentSettings.ALLOWED_NAME)
                String name,
        String folder,
        Kind kind,
        String data,
        @Count(min = 1) List<Long> seeds,
        Market market,
        Ads ads,
        Sets sets,
        Batch batch,
        DiscontinuationSettings discontinuation,
        @Count(min = 1) List<Variant> variants,
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
                    new Ads(CreativeColumns.DEFAULT, 1000, 1, 0.3, Duration.ofDays(30)),
                    new Sets(List.of(), 0.3, 10, Duration.ofDays(1)),
                    new Batch(new BatchHazardNet.Fit(0.001, 0, 64, 100, 5, 0.1, true), 10),
                    DiscontinuationSettings.DEFAULT,
                    List.of(new Variant("single pass", JsonNodeFactory.instance.objectNode())),
                    List.of());

    /** Freezes the lists and checks the variants. */
    public SurvivalExperimentSettings {
        seeds = List.copyOf(seeds);
        variants = List.copyOf(variants);
        nets = List.copyOf(nets);
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
    public record Market(
            @Range(above = 0) double launchesPerDay,
            @Range(min = 1) int days,
            @Range(min = 0) int warmUp) {}

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
            CreativeColumns columns,
            @Range(min = 2) int warmUp,
            @Range(above = 0, max = 1) double first,
            @Range(above = 0, below = 1) double last,
            @Lasting(min = "1 h") Duration refit) {}

    /**
     * Sets of patients.
     *
     * @param sets the sets
     * @param test share of the patients, drawn by the seed, that is tested on
     * @param intervals hazard intervals, between quantiles of the training rows' event times
     * @param every simulated time between two patients who enter
     */
    public record Sets(
            List<PatientSet> sets,
            @Range(above = 0, below = 1) double test,
            @Range(min = 3, max = 100) int intervals,
            @Lasting(above = "0") Duration every) {
        /** Freezes the list. */
        public Sets {
            sets = List.copyOf(sets);
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
     * @param fit how the net is
     * @param ridge penalty of Cox's regression
     */
    public record Batch(@Group BatchHazardNet.Fit fit, double ridge) {
        /** The net's settings, with the terms of the live learner. */
        BatchHazardNet.Settings net(DiscontinuationSettings.Learning learning) {
            return new BatchHazardNet.Settings(
                    fit, learning.shortTerm(), learning.longTerm(), learning.baseHazard());
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
            Checks.require(change.isObject(), "change", change, "fields of discontinuation");
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
}
