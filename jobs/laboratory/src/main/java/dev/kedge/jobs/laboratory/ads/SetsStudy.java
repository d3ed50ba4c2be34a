// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import static dev.kedge.state.text.Text.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.laboratory.Figure;
import dev.kedge.jobs.laboratory.Sweep;
import dev.kedge.jobs.laboratory.ads.Patients.Patient;
import dev.kedge.jobs.laboratory.ads.reference.BaselineHazard;
import dev.kedge.jobs.laboratory.ads.reference.BatchHazardNet;
import dev.kedge.jobs.laboratory.ads.reference.CoxRegression;
import dev.kedge.jobs.laboratory.data.CreativeHistory;
import dev.kedge.jobs.laboratory.data.CreativeLife;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.LaunchInputs;
import dev.kedge.operators.ads.LaunchInputs.Input;
import dev.kedge.operators.ads.Outlook;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.hazards.HazardCurve;
import dev.kedge.operators.ads.metrics.BrierScore;
import dev.kedge.operators.ads.metrics.Concordance;
import dev.kedge.operators.ads.metrics.KaplanMeier;
import dev.kedge.operators.ads.metrics.Outcomes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sets of patients: the live model sees the training rows once, as they enter one after another on
 * a simulated calendar and as their outcomes become known, and scores the test rows at the end. The
 * batch learners have the same rows at once.
 */
final class SetsStudy implements Lives {
    private static final double DAY = 86_400_000.0;
    private static final Instant START = Instant.parse("2000-01-01T00:00:00Z");
    private static final String MODEL = "patients";

    private final SurvivalExperimentSettings settings;
    private final List<Patients> sets;

    private SetsStudy(SurvivalExperimentSettings settings, List<Patients> sets) {
        this.settings = settings;
        this.sets = sets;
    }

    /**
     * Reads the sets.
     *
     * @throws ConfigurationException if they cannot be read, or there are none
     */
    static SetsStudy of(SurvivalExperimentSettings settings) {
        if (settings.sets().sets().isEmpty()) {
            throw new ConfigurationException(
                    "sets.sets: [] is not allowed; at least one is needed");
        }
        return new SetsStudy(
                settings,
                settings.sets().sets().stream()
                        .map(set -> Patients.read(Path.of(settings.data()), set))
                        .toList());
    }

    @Override
    public List<Figure<Result>> figures() {
        return Result.figures("harrell", "ipcw", "brier");
    }

    @Override
    public List<Sweep.Part<Result>> parts() {
        // Beside variants and nets, Cox and Kaplan-Meier.
        int results = settings.variants().size() + settings.nets().size() + 2;
        List<Sweep.Part<Result>> parts = new ArrayList<>();
        for (Patients set : sets) {
            for (long seed : settings.seeds()) {
                String name = set.name() + ", seed " + seed;
                parts.add(new Sweep.Part<>(name, results, out -> run(set, seed, out)));
            }
        }
        return parts;
    }

    private void run(Patients set, long seed, Consumer<Result> out) {
        Fold fold = new Fold(set, PatientSplit.of(set, settings.sets().test(), seed), seed);
        for (SurvivalExperimentSettings.Variant variant : settings.variants()) {
            judge(fold, variant.name(), fold.stream(variant), out);
        }
        for (SurvivalExperimentSettings.Variant net : settings.nets()) {
            judge(fold, net.name(), fold.net(net), out);
        }
        judge(fold, "Cox, in batch", fold.cox(), out);
        judge(fold, "Kaplan-Meier, no features", fold.kaplanMeier(), out);
    }

    /**
     * What a learner says of the test rows.
     *
     * @param risks the higher, the sooner the event is expected
     * @param survival probability to run past each cut after the first, rows x cuts
     */
    record Said(double[] risks, double[][] survival) {}

    private static void judge(Fold fold, String name, Said said, Consumer<Result> out) {
        Outcomes training = Patients.outcomes(fold.split.training());
        Outcomes test = Patients.outcomes(fold.split.test());
        double tau = fold.cuts.get(fold.cuts.size() - 1);
        out.accept(
                new Result(
                        format("%s, %,d test rows", fold.set.name(), test.size()),
                        name,
                        fold.seed,
                        List.of(
                                Concordance.harrell(test, said.risks()).index(),
                                defined(
                                        () ->
                                                Concordance.uno(
                                                                training,
                                                                test,
                                                                said.risks(),
                                                                tau,
                                                                Concordance.TOLERANCE)
                                                        .index()),
                                defined(() -> fold.brier(training, test, said.survival())))));
    }

    private static double defined(DoubleSupplier figure) {
        try {
            return figure.getAsDouble();
        } catch (IllegalArgumentException e) {
            // The censoring distribution of the training rows is zero or unknown at an event.
            return Double.NaN;
        }
    }

    /** One split of one set. */
    final class Fold {
        private final Patients set;
        private final PatientSplit split;
        private final long seed;
        private final List<Double> cuts;
        private final DiscontinuationSettings base;
        private final List<CreativeLife> training = new ArrayList<>();
        private final List<CreativeLaunched> test = new ArrayList<>();

        Fold(Patients set, PatientSplit split, long seed) {
            this.set = set;
            this.split = split;
            this.seed = seed;
            this.cuts = split.cuts(settings.sets().intervals());
            this.base = settings.discontinuation();
            enter();
        }

        private void enter() {
            long every = settings.sets().every().toMillis();
            long at = START.toEpochMilli();
            long last = at;
            for (Patient patient : split.training()) {
                CreativeLaunched launched =
                        new CreativeLaunched(MODEL, "p" + training.size(), at, patient.content());
                long until = at + Math.round(patient.days() * DAY);
                training.add(new CreativeLife(launched, until, patient.event()));
                last = Math.max(last, until);
                at += every;
            }
            // Late enough for everything to be known and learned.
            long end =
                    last
                            + base.lateness().toMillis()
                            + base.learning().patience().toMillis()
                            + every;
            for (Patient patient : split.test()) {
                test.add(new CreativeLaunched(MODEL, "t" + test.size(), end, patient.content()));
            }
        }

        private List<CreativeEvent> events() {
            List<CreativeEvent> events =
                    new ArrayList<>(new CreativeHistory(training, List.of()).events());
            events.addAll(test);
            return events;
        }

        /** The learner with this fold's intervals and inputs. */
        DiscontinuationSettings learner(SurvivalExperimentSettings.Variant variant) {
            ObjectNode change = JsonNodeFactory.instance.objectNode();
            ArrayNode starts = change.putObject("intervals").putArray("cuts");
            cuts.forEach(starts::add);
            ((ObjectNode) change.get("intervals")).put("boundary", cuts.get(cuts.size() / 2));
            ObjectNode features = change.putObject("features");
            features.put("text", false);
            features.put("delivery", false);
            features.put("advertisers", 0);
            set.numbers().forEach(features.putArray("facts")::add);
            return StrictYaml.change(
                            variant.of(base), change, DiscontinuationSettings.class, set.name())
                    .with("seed", seed);
        }

        Said stream(SurvivalExperimentSettings.Variant variant) {
            Map<String, CreativeScore> scores = new HashMap<>();
            PlainStream.play(
                    learner(variant),
                    events(),
                    score -> {
                        if (score.cause() == CreativeScore.Cause.LAUNCH) {
                            scores.put(score.creative(), score);
                        }
                    });
            List<CreativeScore> said =
                    test.stream().map(launched -> scores.get(launched.creative())).toList();
            return new Said(
                    said.stream().mapToDouble(score -> score.forecast().risk()).toArray(),
                    said.stream()
                            .map(
                                    score ->
                                            Arrays.copyOf(
                                                    score.outlook().survival(), cuts.size() - 1))
                            .toArray(double[][]::new));
        }

        Said net(SurvivalExperimentSettings.Variant variant) {
            DiscontinuationSettings learner = learner(settings.variants().get(0));
            Map<String, Input> inputs = new HashMap<>();
            try (LaunchInputs reader = new LaunchInputs(learner);
                    BatchHazardNet net =
                            new BatchHazardNet(
                                    reader.encoder(),
                                    learner.cuts(),
                                    variant.of(settings.batch()).net(learner.learning()))) {
                for (CreativeEvent event : events()) {
                    reader.see(event).ifPresent(input -> inputs.put(event.creative(), input));
                }
                List<BatchHazardNet.Life> lives =
                        training.stream()
                                .map(
                                        life ->
                                                new BatchHazardNet.Life(
                                                        inputs.get(life.launched().creative()),
                                                        life.until() - life.launched().at(),
                                                        life.stopped()))
                                .toList();
                BatchHazardNet.Fitted fitted = net.fit(lives, seed);
                double[] risks = new double[test.size()];
                double[][] survival = new double[risks.length][];
                double window = cuts.get(cuts.size() - 1);
                for (int i = 0; i < risks.length; i++) {
                    double[] hazards = net.hazards(fitted, inputs.get(test.get(i).creative()));
                    risks[i] = -new Outlook(net.intervals(), hazards, 0, 0).expectedDays(window);
                    HazardCurve.survival(hazards, hazards);
                    survival[i] = Arrays.copyOf(hazards, cuts.size() - 1);
                }
                return new Said(risks, survival);
            }
        }

        Said cox() {
            PatientCovariates covariates = new PatientCovariates(split.training());
            double[][] rows = covariates.of(split.training());
            Outcomes outcomes = Patients.outcomes(split.training());
            CoxRegression fitted =
                    CoxRegression.fit(
                            rows,
                            outcomes,
                            new CoxRegression.Settings(
                                    CoxRegression.Ties.EFRON, settings.batch().ridge(), 50, 1e-6));
            BaselineHazard baseline =
                    BaselineHazard.of(
                            outcomes, Arrays.stream(rows).mapToDouble(fitted::risk).toArray());
            double[] risks =
                    Arrays.stream(covariates.of(split.test())).mapToDouble(fitted::risk).toArray();
            return new Said(
                    risks,
                    Arrays.stream(risks)
                            .mapToObj(
                                    risk ->
                                            horizons()
                                                    .mapToDouble(
                                                            day -> baseline.survival(risk, day))
                                                    .toArray())
                            .toArray(double[][]::new));
        }

        Said kaplanMeier() {
            KaplanMeier curve = KaplanMeier.survival(Patients.outcomes(split.training()));
            double[][] survival = new double[test.size()][];
            Arrays.fill(survival, horizons().mapToDouble(curve::atOrLast).toArray());
            return new Said(new double[test.size()], survival);
        }

        private Stream<Double> horizons() {
            return cuts.subList(1, cuts.size()).stream();
        }

        /** Over those cuts that lie in the follow-up time of the test rows. */
        double brier(Outcomes known, Outcomes tested, double[][] survival) {
            double least = Arrays.stream(tested.times()).min().orElseThrow();
            double most = Arrays.stream(tested.times()).max().orElseThrow();
            int[] inside =
                    IntStream.range(1, cuts.size())
                            .filter(j -> cuts.get(j) >= least && cuts.get(j) < most)
                            .toArray();
            double[] days = Arrays.stream(inside).mapToDouble(cuts::get).toArray();
            double[][] there =
                    Arrays.stream(survival)
                            .map(
                                    row ->
                                            Arrays.stream(inside)
                                                    .mapToDouble(j -> row[j - 1])
                                                    .toArray())
                            .toArray(double[][]::new);
            return BrierScore.of(known, tested, there, days).integrated();
        }
    }
}
