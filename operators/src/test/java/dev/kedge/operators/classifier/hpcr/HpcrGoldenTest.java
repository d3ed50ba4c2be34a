// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.GoldenCase;
import dev.kedge.operators.GoldenVectors;
import dev.kedge.operators.metrics.AccuracyMatrix;
import dev.kedge.operators.metrics.ConfidenceInterval;
import dev.kedge.operators.metrics.Transfers;
import dev.kedge.state.replay.MemoryBound;
import dev.kedge.state.replay.ReplayMemory;
import dev.kedge.state.replay.ReplaySample;
import dev.kedge.state.replay.Reservoir;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every file of the golden folder {@code hpcr}. */
class HpcrGoldenTest {

    @TestFactory
    Stream<DynamicTest> everyGoldenVectorIsMet() {
        return GoldenVectors.tests(
                "hpcr",
                Map.of(
                        "cosine_", HpcrGoldenTest::cosineLogits,
                        "pcr_", HpcrGoldenTest::holistic,
                        "hpcr_", HpcrGoldenTest::holistic,
                        "temperature_", HpcrGoldenTest::temperatureSchedule,
                        "supcon_", HpcrGoldenTest::supervisedContrastive,
                        "er_", HpcrGoldenTest::experienceReplay,
                        "inference_", HpcrGoldenTest::inference,
                        "reservoir_", HpcrGoldenTest::reservoir,
                        "metrics_", HpcrGoldenTest::metrics));
    }

    /** Added to lengths; fixed in the program and here. */
    private static void requireOurGuard(GoldenCase golden) {
        assertThat(golden.parameter("norm_eps", 1e-6)).as("norm_eps").isEqualTo(1e-6);
    }

    private static void cosineLogits(GoldenCase golden) {
        requireOurGuard(golden);
        double[] features = golden.input("features");
        double[] proxies = golden.input("proxies");
        double[] upstream = golden.input("upstream");
        int width = golden.width("features");
        double scale = golden.parameter("logit_scale", 0.09);
        int rows = features.length / width;
        int classes = proxies.length / width;
        CosineGeometry geometry = new CosineGeometry(rows, classes, width);
        geometry.forward(features, rows, proxies, classes);
        double[] logits = Arrays.stream(geometry.cosines()).map(cosine -> cosine / scale).toArray();
        double loss = 0;
        for (int i = 0; i < logits.length; i++) {
            loss += logits[i] * upstream[i];
            geometry.cosineGradient()[i] += upstream[i] / scale;
        }
        double[] featureGradient = new double[features.length];
        double[] proxyGradient = new double[proxies.length];
        geometry.backward(featureGradient, proxyGradient);
        golden.expectWhereGiven(
                Map.of(
                        "loss", number(loss),
                        "logits", () -> logits,
                        "grad_features", () -> featureGradient,
                        "grad_proxies", () -> proxyGradient));
    }

    private static void holistic(GoldenCase golden) {
        requireOurGuard(golden);
        double[] features = golden.input("features");
        double[] proxies = golden.input("proxies");
        int width = golden.width("features");
        int rows = features.length / width;
        int classes = proxies.length / width;
        double kappa = golden.parameter("kappa", 1);
        HpcrLoss loss = new HpcrLoss(settings(golden), rows, classes, width);
        int replayed = golden.count("n_replay", rows / 2 - golden.count("n_incoming", rows / 2));
        HpcrLoss.Step step =
                new HpcrLoss.Step(
                        features,
                        golden.integers("labels"),
                        rows,
                        2 * replayed,
                        teacher(golden, replayed, classes, width),
                        golden.flag("distill_enabled", false));
        double[] featureGradient = new double[features.length];
        double[] proxyGradient = new double[proxies.length];
        double[] temperatures = new double[classes];
        Arrays.fill(temperatures, golden.parameter("tau", 0.09));
        HpcrLoss.Parts parts =
                loss.evaluate(
                        step,
                        proxies,
                        classes,
                        temperatures,
                        kappa,
                        1,
                        featureGradient,
                        proxyGradient);
        golden.expectWhereGiven(
                Map.of(
                        "loss", number(loss.total(parts, kappa)),
                        "loss_parts", () -> parts(golden, unweighted(golden, step, proxies)),
                        "grad_features", () -> featureGradient,
                        "grad_proxies", () -> proxyGradient));
    }

    /** The terms as they are, whatever their weights: a weight of 0 leaves a term out. */
    private static HpcrLoss.Parts unweighted(
            GoldenCase golden, HpcrLoss.Step step, double[] proxies) {
        int width = golden.width("features");
        int classes = proxies.length / width;
        double[] temperatures = new double[classes];
        Arrays.fill(temperatures, golden.parameter("tau", 0.09));
        return new HpcrLoss(settings(golden).withDistillation(1, 1), step.rows(), classes, width)
                .evaluate(
                        step,
                        proxies,
                        classes,
                        temperatures,
                        1,
                        1,
                        new double[step.features().length],
                        new double[proxies.length]);
    }

    /** In the order in which the file names them. */
    private static double[] parts(GoldenCase golden, HpcrLoss.Parts parts) {
        return golden.expectedNames("loss_parts").stream()
                .mapToDouble(
                        name ->
                                switch (name.replaceFirst("_.*", "")) {
                                    case "contrastive" -> parts.contrastive();
                                    case "pcd" -> parts.proxyDistillation();
                                    case "scd" -> parts.sampleDistillation();
                                    default -> throw new IllegalArgumentException(name);
                                })
                .toArray();
    }

    private static HpcrLoss.Settings settings(GoldenCase golden) {
        HpcrLoss.Pairs pairs =
                switch (golden.word("mode", "proxy")) {
                    case "proxy" -> HpcrLoss.Pairs.OFF;
                    case "one" -> HpcrLoss.Pairs.ONE;
                    case "all" -> HpcrLoss.Pairs.ALL;
                    default -> throw new IllegalArgumentException(golden.word("mode", ""));
                };
        return new HpcrLoss.Settings(
                golden.parameter("tau", 0.09),
                golden.parameter("logit_scale", 0.09),
                pairs,
                0,
                golden.parameter("alpha_pcd", 0),
                golden.parameter("beta_scd", 0),
                ProxyDistillation.Unknown.MASK,
                false);
    }

    /** A row for each replayed sample; what a case does not compare may be missing. */
    private static Teacher teacher(GoldenCase golden, int samples, int classes, int width) {
        double[] logits = golden.input("teacher_logits", new double[samples * classes]);
        double[] features = golden.input("teacher_features", new double[samples * width]);
        Teacher teacher = new Teacher(samples, classes, width);
        for (int i = 0; i < samples; i++) {
            teacher.add(
                    Arrays.copyOfRange(logits, i * classes, (i + 1) * classes),
                    Arrays.copyOfRange(features, i * width, (i + 1) * width));
        }
        return teacher;
    }

    private static void temperatureSchedule(GoldenCase golden) {
        TemperatureSchedule schedule =
                new TemperatureSchedule(
                        golden.parameter("kappa_min", 0.5625),
                        golden.parameter("kappa_max", 1.8),
                        (int) golden.parameter("period", 500));
        double[] kappa =
                Arrays.stream(golden.input("iteration"))
                        .map(step -> schedule.factor((long) step))
                        .toArray();
        double tau = golden.parameter("tau", 0.09);
        golden.expectWhereGiven(
                Map.of(
                        "kappa",
                        () -> kappa,
                        "gradient_temperature",
                        () -> Arrays.stream(kappa).map(k -> tau / k).toArray()));
    }

    private static void supervisedContrastive(GoldenCase golden) {
        double[] views = golden.input("features");
        int[] labels = golden.integers("labels");
        int samples = labels.length;
        int width = golden.width("features");
        double[] features = viewByView(views, samples, width);
        UnitRows units = new UnitRows(2 * samples, width, UnitRows.Guard.FLOOR);
        units.normalise(features, 2 * samples);
        double[] temperatures = new double[IntStream.of(labels).max().orElseThrow() + 1];
        Arrays.fill(temperatures, golden.parameter("temperature", 0.07));
        double[] unitGradient = new double[features.length];
        double loss =
                new SupervisedContrastiveLoss(2 * samples, width, false)
                        .evaluate(
                                units.units(),
                                IntStream.range(0, 2 * samples)
                                        .map(i -> labels[i % samples])
                                        .toArray(),
                                2 * samples,
                                2 * samples,
                                temperatures,
                                1,
                                unitGradient);
        double[] gradient = new double[features.length];
        units.backward(unitGradient, 2 * samples, gradient);
        golden.expectWhereGiven(
                Map.of(
                        "loss",
                        number(loss),
                        "grad_features",
                        () -> sampleBySample(gradient, samples, width)));
    }

    private static void experienceReplay(GoldenCase golden) {
        double[] features = golden.input("features");
        double[] weight = golden.input("weight");
        double[] bias = golden.input("bias");
        int[] labels = golden.integers("labels");
        int width = golden.width("features");
        int rows = labels.length;
        int incoming = golden.count("n_incoming", rows - golden.count("n_replay", 0));
        int classes = bias.length;
        double[] logits = new double[rows * classes];
        double[] logitGradient = new double[rows * classes];
        LinearHead.forward(features, rows, weight, bias, classes, width, logits);
        boolean trick = golden.flag("labels_trick", false);
        double ofIncoming =
                CrossEntropy.evaluate(
                        logits,
                        labels,
                        0,
                        incoming,
                        classes,
                        allowed(labels, 0, incoming, classes, trick),
                        1,
                        logitGradient);
        double ofReplayed =
                CrossEntropy.evaluate(
                        logits,
                        labels,
                        incoming,
                        rows,
                        classes,
                        allowed(labels, incoming, rows, classes, trick),
                        1,
                        logitGradient);
        double[] featureGradient = new double[features.length];
        double[] weightGradient = new double[weight.length];
        double[] biasGradient = new double[classes];
        LinearHead.backward(
                features,
                rows,
                weight,
                classes,
                width,
                logitGradient,
                featureGradient,
                weightGradient,
                biasGradient);
        golden.expectWhereGiven(
                Map.of(
                        "loss",
                        number(ofIncoming + ofReplayed),
                        "loss_incoming",
                        number(ofIncoming),
                        "loss_replay",
                        number(ofReplayed),
                        "loss_replayed",
                        number(ofReplayed),
                        "grad_features",
                        () -> featureGradient,
                        "grad_proxies",
                        () -> weightGradient,
                        "grad_weight",
                        () -> weightGradient,
                        "grad_bias",
                        () -> biasGradient));
    }

    private static boolean[] allowed(int[] labels, int from, int to, int classes, boolean trick) {
        boolean[] allowed = new boolean[classes];
        Arrays.fill(allowed, true);
        if (trick) {
            CrossEntropy.allowPresent(labels, from, to, allowed);
        }
        return allowed;
    }

    private static void inference(GoldenCase golden) {
        requireOurGuard(golden);
        double[] features = golden.input("features");
        double[] proxies = golden.input("proxies");
        int width = golden.width("features");
        int rows = features.length / width;
        int classes = proxies.length / width;
        CosineGeometry geometry = new CosineGeometry(rows, classes, width);
        geometry.forward(features, rows, proxies, classes);
        boolean[] seen = new boolean[classes];
        for (int c : golden.integers("seen_classes")) {
            seen[c] = true;
        }
        boolean[] all = new boolean[classes];
        Arrays.fill(all, true);
        golden.expectWhereGiven(
                Map.of(
                        "predicted", () -> nearest(geometry, seen),
                        "predicted_without_mask", () -> nearest(geometry, all)));
    }

    private static double[] nearest(CosineGeometry geometry, boolean[] allowed) {
        return IntStream.range(0, geometry.rows())
                .mapToDouble(row -> geometry.nearest(row, allowed))
                .toArray();
    }

    private static void reservoir(GoldenCase golden) {
        int capacity = golden.count("capacity", 0);
        Iterator<Double> draws =
                Arrays.stream(golden.input("uniform_draws_per_batch")).boxed().iterator();
        Reservoir reservoir = new Reservoir(Reservoir.Rule.BATCH);
        ReplayMemory memory = new ReplayMemory(MemoryBound.ofSamples(capacity), reservoir);
        List<Double> stored = new ArrayList<>();
        for (int size : golden.integers("batch_sizes")) {
            List<ReplaySample> batch = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                long arrival = memory.offered() + i;
                batch.add(new ReplaySample(new byte[0], 0, arrival, new float[0], new float[0]));
            }
            memory.offer(batch, draws::next);
            for (int slot = 0; slot < capacity; slot++) {
                boolean filled = slot < memory.slots().size();
                stored.add(filled ? (double) memory.slots().get(slot).arrival() : -1.0);
            }
        }
        golden.expectWhereGiven(
                Map.of(
                        "stored_item_ids_after_each_batch",
                        () -> stored.stream().mapToDouble(Double::doubleValue).toArray(),
                        "n_seen",
                        number((double) reservoir.seen())));
    }

    private static void metrics(GoldenCase golden) {
        int tasks = golden.width("accuracy_run_after_task_on_task");
        double[] flat = golden.input("accuracy_run_after_task_on_task");
        AccuracyMatrix[] runs = new AccuracyMatrix[flat.length / (tasks * tasks)];
        for (int r = 0; r < runs.length; r++) {
            double[][] matrix = new double[tasks][];
            for (int t = 0; t < tasks; t++) {
                int from = (r * tasks + t) * tasks;
                matrix[t] = Arrays.copyOfRange(flat, from, from + tasks);
            }
            runs[r] = AccuracyMatrix.of(matrix);
        }
        double confidence = golden.parameter("confidence", 0.95);
        golden.expectWhereGiven(
                Map.of(
                        "avg_end_acc", interval(runs, confidence, AccuracyMatrix::end),
                        "avg_end_forgetting_repo",
                                interval(runs, confidence, Transfers::forgettingOverAllTasks),
                        "avg_incremental_acc", interval(runs, confidence, AccuracyMatrix::anytime),
                        "bwt_plus", interval(runs, confidence, Transfers::positiveBackwardTransfer),
                        "fwt", interval(runs, confidence, Transfers::forwardTransfer),
                        "forgetting_standard_per_run", each(runs, AccuracyMatrix::forgetting),
                        "learning_acc_per_run", each(runs, AccuracyMatrix::learning)));
    }

    private static Supplier<double[]> interval(
            AccuracyMatrix[] runs, double confidence, ToDoubleFunction<AccuracyMatrix> metric) {
        return () -> {
            ConfidenceInterval interval =
                    ConfidenceInterval.of(each(runs, metric).get(), confidence);
            return new double[] {interval.mean(), interval.halfWidth()};
        };
    }

    private static Supplier<double[]> each(
            AccuracyMatrix[] runs, ToDoubleFunction<AccuracyMatrix> metric) {
        return () -> Arrays.stream(runs).mapToDouble(metric).toArray();
    }

    private static double[] viewByView(double[] bySample, int samples, int width) {
        double[] byView = new double[bySample.length];
        for (int i = 0; i < samples; i++) {
            for (int view = 0; view < 2; view++) {
                int to = (view * samples + i) * width;
                System.arraycopy(bySample, (2 * i + view) * width, byView, to, width);
            }
        }
        return byView;
    }

    private static double[] sampleBySample(double[] byView, int samples, int width) {
        double[] bySample = new double[byView.length];
        for (int i = 0; i < samples; i++) {
            for (int view = 0; view < 2; view++) {
                int from = (view * samples + i) * width;
                System.arraycopy(byView, from, bySample, (2 * i + view) * width, width);
            }
        }
        return bySample;
    }

    private static Supplier<double[]> number(double value) {
        return () -> new double[] {value};
    }
}
