// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.operators.GoldenCase;
import dev.kedge.operators.GoldenVectors;
import dev.kedge.operators.tracker.ctvis.ContrastiveClip.Negatives;
import dev.kedge.operators.tracker.metrics.ClearFigures;
import dev.kedge.operators.tracker.metrics.HotaFigures;
import dev.kedge.operators.tracker.metrics.IdentityFigures;
import dev.kedge.operators.tracker.metrics.TrackedSequence;
import dev.kedge.state.bank.BankEntry;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.bank.ReadOut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every file of the golden folder {@code ctvis}. */
class CtvisGoldenTest {
    private static final int PLENTY = 10_000;

    @TestFactory
    Stream<DynamicTest> everyGoldenVectorIsMet() {
        return GoldenVectors.tests(
                "ctvis",
                Map.of(
                        "loss_", CtvisGoldenTest::loss,
                        "average_", CtvisGoldenTest::average,
                        "match_", CtvisGoldenTest::match,
                        "clip_", CtvisGoldenTest::clip,
                        "track_", CtvisGoldenTest::track,
                        "metric_", CtvisGoldenTest::metric));
    }

    private static void loss(GoldenCase golden) {
        JsonNode items = golden.json().path("inputs").path("items");
        JsonNode expected = golden.json().path("expected");
        EmbeddingLoss.Weights weights =
                new EmbeddingLoss.Weights(
                        golden.parameter("embedding_weight", 2),
                        golden.parameter("auxiliary_weight", 3));
        double count = Math.max(1, items(items));
        double embedding = 0;
        double auxiliary = 0;
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            double[] anchor = numbers(item.path("anchor"));
            int positives = item.path("positives").size();
            int keyCount = positives + item.path("negatives").size();
            double[] vectors =
                    concatenated(
                            anchor,
                            numbers(item.path("positives")),
                            numbers(item.path("negatives")));
            int width = anchor.length;
            int[] keys = IntStream.rangeClosed(1, keyCount).toArray();
            double[] gradient = new double[vectors.length];
            EmbeddingLoss loss = new EmbeddingLoss(width, weights);
            loss.evaluate(vectors, 0, keys, 0, positives, keyCount, 1 / count, gradient);
            embedding += loss.embedding() / count;
            auxiliary += loss.auxiliary() / count;
            JsonNode wanted = expected.path("gradients").path(i);
            int negativesAt = width * (1 + positives);
            golden.compareNumbers("anchor", wanted.path("anchor"), Arrays.copyOf(gradient, width));
            golden.compareNumbers(
                    "positives",
                    wanted.path("positives"),
                    Arrays.copyOfRange(gradient, width, negativesAt));
            golden.compareNumbers(
                    "negatives",
                    wanted.path("negatives"),
                    Arrays.copyOfRange(gradient, negativesAt, gradient.length));
        }
        golden.compareNumbers("loss_embedding", expected.path("loss_embedding"), embedding);
        golden.compareNumbers("loss_auxiliary", expected.path("loss_auxiliary"), auxiliary);
        golden.compareNumbers("loss", expected.path("loss"), weights.total(embedding, auxiliary));
        assertThat(expected.path("gradients")).hasSameSizeAs(items);
    }

    private static long items(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false)
                .filter(
                        item ->
                                EmbeddingLoss.isItem(
                                        item.path("positives").size(),
                                        item.path("negatives").size()))
                .count();
    }

    private static void average(GoldenCase golden) {
        Map<String, Supplier<double[]>> computed = new HashMap<>();
        for (ReadOut readOut : ReadOut.values()) {
            computed.put(name(readOut), () -> readOuts(golden, readOut));
        }
        computed.put("beta", () -> betas(golden));
        golden.expectWhereGiven(computed);
    }

    private static String name(ReadOut readOut) {
        return readOut.name().toLowerCase(Locale.ROOT);
    }

    private static double[] readOuts(GoldenCase golden, ReadOut readOut) {
        int width = golden.width("embeddings");
        double[] embeddings = golden.input("embeddings");
        int count = embeddings.length / width;
        double[] scores = golden.input("scores", new double[count]);
        MemoryBank bank = bank(golden, width, readOut);
        double[] read = new double[embeddings.length];
        for (int s = 0; s < count; s++) {
            see(bank, s, embeddings, scores[s]);
            System.arraycopy(bank.get(0).readOut(), 0, read, s * width, width);
        }
        return read;
    }

    private static double[] betas(GoldenCase golden) {
        int width = golden.width("embeddings");
        double[] embeddings = golden.input("embeddings");
        MemoryBank bank = bank(golden, width, ReadOut.SIMILARITY_GUIDED);
        double[] betas = new double[embeddings.length / width];
        betas[0] = Double.NaN;
        for (int s = 0; s < betas.length; s++) {
            if (s > 0) {
                BankEntry entry = bank.get(0);
                betas[s] = entry.guide(Arrays.copyOfRange(embeddings, s * width, (s + 1) * width));
            }
            see(bank, s, embeddings, 0);
        }
        return betas;
    }

    private static void see(MemoryBank bank, int row, double[] embeddings, double score) {
        if (bank.size() == 0) {
            bank.add(row, embeddings, row, score, "");
        } else {
            bank.see(0, row, embeddings, row, score, "");
        }
    }

    private static MemoryBank bank(GoldenCase golden, int width, ReadOut readOut) {
        return new MemoryBank(
                new BankSettings(
                        width,
                        new BankSettings.Bounds(
                                (int) golden.parameter("maximum_instances", PLENTY),
                                (int)
                                        golden.parameter(
                                                "maximum_cache",
                                                BankSettings.Bounds.REFERENCE.history()),
                                (long)
                                        golden.parameter(
                                                "dead_frames",
                                                BankSettings.Bounds.REFERENCE.deadFrames()),
                                readOut,
                                golden.parameter(
                                        "fixed_momentum",
                                        BankSettings.Bounds.REFERENCE.momentum()))),
                "");
    }

    private static void match(GoldenCase golden) {
        int width = golden.width("detections");
        double[] detections = golden.input("detections");
        double[] entries = golden.input("bank");
        MemoryBank bank = bank(golden, width, ReadOut.SIMILARITY_GUIDED);
        for (int j = 0; j < entries.length / width; j++) {
            bank.add(0, entries, j, 1, "");
        }
        int[] rows = IntStream.range(0, detections.length / width).toArray();
        int[] places = IntStream.range(0, bank.size()).toArray();
        golden.expectWhereGiven(
                Map.of(
                        "bisoftmax",
                        () -> scores(Match.BISOFTMAX, detections, rows, bank, places),
                        "cosine",
                        () -> scores(Match.COSINE, detections, rows, bank, places)));
    }

    private static double[] scores(
            Match match, double[] detections, int[] rows, MemoryBank bank, int[] places) {
        double[] all = new MatchScores(match).of(detections, rows, bank, places);
        return Arrays.copyOf(all, rows.length * places.length);
    }

    private static void clip(GoldenCase golden) {
        int width = width(golden.json().path("inputs").path("frames"));
        double[] embeddings = golden.input("frames");
        ClipPlan plan = plan(golden.json().path("inputs"));
        ContrastiveClip clip = new ContrastiveClip(clipSettings(golden), width);
        double[] gradient = new double[embeddings.length];
        double loss = clip.evaluate(plan, embeddings, 0, 1, gradient);
        JsonNode expected = golden.json().path("expected");
        golden.compareNumbers("loss_embedding", expected.path("loss_embedding"), clip.embedding());
        golden.compareNumbers("loss_auxiliary", expected.path("loss_auxiliary"), clip.auxiliary());
        golden.compareNumbers("loss", expected.path("loss"), loss);
        golden.compareNumbers("gradients", expected.path("gradients"), gradient);
        assertThat(clip.items()).hasSameSizeAs(expected.path("items"));
        for (int i = 0; i < clip.items().size(); i++) {
            ContrastiveClip.Item item = clip.items().get(i);
            JsonNode wanted = expected.path("items").path(i);
            assertThat(item.source().name().toLowerCase(Locale.ROOT))
                    .isEqualTo(wanted.path("positive").asText());
            golden.compareNumbers("frame", wanted.path("frame"), item.frame());
            golden.compareNumbers("instance", wanted.path("instance"), item.instance());
            golden.compareNumbers(
                    "positive_frame", wanted.path("positive_frame"), item.positiveFrame());
            golden.compareNumbers("negatives", wanted.path("negatives"), item.negatives());
            golden.compareNumbers("item loss", wanted.path("loss_embedding"), item.loss());
            golden.compareNumbers("item cosines", wanted.path("loss_auxiliary"), item.auxiliary());
        }
    }

    private static ContrastiveClip.Settings clipSettings(GoldenCase golden) {
        return new ContrastiveClip.Settings(
                switch (golden.word("negatives", "previous-frame")) {
                    case "previous-frame" -> Negatives.PREVIOUS_FRAME;
                    case "bank" -> Negatives.BANK;
                    default -> throw new IllegalArgumentException(golden.word("negatives", ""));
                },
                true,
                golden.flag("noise_anchors", false),
                (int) golden.parameter("maximum_cache", 10),
                golden.parameter("embedding_weight", 2),
                golden.parameter("auxiliary_weight", 3));
    }

    private static ClipPlan plan(JsonNode inputs) {
        JsonNode assignment = inputs.path("assignment");
        ClipPlan plan = new ClipPlan();
        int instances = assignment.path(0).size();
        plan.begin(instances);
        for (int t = 0; t < inputs.path("frames").size(); t++) {
            plan.addFrame(inputs.path("frames").get(t).size());
            for (int i = 0; i < instances; i++) {
                int row = assignment.path(t).path(i).asInt();
                int noise = inputs.path("noise").path(t).path(i).asInt(ClipPlan.ABSENT);
                if (row >= 0) {
                    plan.show(i, row);
                }
                if (noise >= 0) {
                    plan.confuse(i, noise);
                }
                if (inputs.path("use_average").path(t).path(i).asBoolean()) {
                    plan.useAverage(i);
                }
            }
        }
        return plan;
    }

    private static void track(GoldenCase golden) {
        JsonNode frames = golden.json().path("inputs").path("frames");
        JsonNode expected = golden.json().path("expected");
        int width = width(frames);
        MemoryBank bank = bank(golden, width, readOut(golden));
        OnlineTracker tracker = new OnlineTracker(trackerSettings(golden));
        TrackReport report =
                new TrackReport(
                        (int) golden.parameter("report_after", 8),
                        (int) golden.parameter("report_min_sightings", 3),
                        (int) golden.parameter("report_absent_frames", 2));
        assertThat(expected.path("frames")).hasSameSizeAs(frames);
        for (int t = 0; t < frames.size(); t++) {
            List<Track> tracks =
                    tracker.track(
                            bank,
                            t,
                            detections(frames.get(t)),
                            numbers(frames.get(t).path("embeddings")));
            report.add(t, tracks);
            compareFrame(golden, "frame " + t, expected.path("frames").get(t), tracks, bank);
        }
        if (expected.has("report")) {
            Map<String, List<Long>> wanted = new HashMap<>();
            expected.path("report")
                    .properties()
                    .forEach(
                            e ->
                                    wanted.put(
                                            e.getKey(),
                                            Arrays.stream(numbers(e.getValue()))
                                                    .mapToObj(number -> (long) number)
                                                    .toList()));
            Map<String, List<Long>> reported = new HashMap<>();
            report.frames().forEach((id, seen) -> reported.put(String.valueOf(id), seen));
            assertThat(reported).isEqualTo(wanted);
        }
    }

    private static void compareFrame(
            GoldenCase golden, String name, JsonNode wanted, List<Track> tracks, MemoryBank bank) {
        assertThat(tracks.stream().map(Track::id))
                .as(name)
                .containsExactlyElementsOf(longs(wanted.path("track_ids")));
        assertThat(IntStream.range(0, bank.size()).mapToObj(place -> bank.get(place).id()))
                .as(name)
                .containsExactlyElementsOf(longs(wanted.path("bank_ids")));
        if (wanted.has("similarity")) {
            golden.compareNumbers(
                    name,
                    wanted.path("similarity"),
                    tracks.stream().mapToDouble(t -> t.similarity().orElse(Double.NaN)).toArray());
        }
    }

    private static ReadOut readOut(GoldenCase golden) {
        String word = golden.word("read_out", "similarity-guided");
        return ReadOut.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static OnlineTracker.Settings trackerSettings(GoldenCase golden) {
        return new OnlineTracker.Settings(
                Match.valueOf(golden.word("match", "bisoftmax").toUpperCase(Locale.ROOT)),
                OnlineTracker.Pairing.valueOf(
                        golden.word("assignment", "greedy").toUpperCase(Locale.ROOT)),
                golden.parameter("match_threshold", 0.2),
                golden.parameter("select_threshold", 0.01),
                golden.parameter("init_threshold", 0.01),
                golden.parameter("nms_threshold", 0.6),
                golden.flag("weigh_by_sightings", true));
    }

    private static List<Detection> detections(JsonNode frame) {
        List<Detection> detections = new ArrayList<>();
        for (int i = 0; i < frame.path("scores").size(); i++) {
            Detection detection = Detection.of(new byte[0], frame.path("scores").get(i).asDouble());
            if (frame.path("boxes").has(i)) {
                double[] box = numbers(frame.path("boxes").get(i));
                detection = detection.withBox(new Box(box[0], box[1], box[2], box[3]));
            }
            detections.add(detection);
        }
        return detections;
    }

    private static void metric(GoldenCase golden) {
        TrackedSequence sequence = new TrackedSequence();
        for (JsonNode frame : golden.json().path("inputs").path("frames")) {
            sequence.add(
                    array(frame.path("truth")),
                    array(frame.path("tracks")),
                    numbers(frame.path("similarity")));
        }
        double threshold = golden.parameter("threshold", 0.5);
        IdentityFigures identity = IdentityFigures.of(sequence, threshold);
        ClearFigures clear = ClearFigures.of(sequence, threshold);
        HotaFigures hota = HotaFigures.of(sequence);
        Map<String, Supplier<double[]>> computed = new HashMap<>();
        computed.put("IDTP", number(identity.truePositives()));
        computed.put("IDFN", number(identity.falseNegatives()));
        computed.put("IDFP", number(identity.falsePositives()));
        computed.put("IDF1", number(identity.f1()));
        computed.put("IDP", number(identity.precision()));
        computed.put("IDR", number(identity.recall()));
        computed.put("CLR_TP", number(clear.truePositives()));
        computed.put("CLR_FN", number(clear.falseNegatives()));
        computed.put("CLR_FP", number(clear.falsePositives()));
        computed.put("IDSW", number(clear.switches()));
        computed.put("Frag", number(clear.fragments()));
        computed.put("MT", number(clear.mostlyTracked()));
        computed.put("PT", number(clear.partlyTracked()));
        computed.put("ML", number(clear.mostlyLost()));
        computed.put("MOTA", number(clear.accuracy()));
        computed.put("MODA", number(clear.detectionAccuracy()));
        computed.put("CLR_Re", number(clear.recall()));
        computed.put("CLR_Pr", number(clear.precision()));
        computed.put("MTR", number(clear.mostlyTrackedShare()));
        computed.put("PTR", number(clear.partlyTrackedShare()));
        computed.put("MLR", number(clear.mostlyLostShare()));
        computed.put("MOTP", number(clear.similarity()));
        putHota(computed, "HOTA", hota.hota());
        putHota(computed, "DetA", hota.detection());
        putHota(computed, "AssA", hota.association());
        putHota(computed, "DetRe", hota.detectionRecall());
        putHota(computed, "DetPr", hota.detectionPrecision());
        putHota(computed, "AssRe", hota.associationRecall());
        putHota(computed, "AssPr", hota.associationPrecision());
        putHota(computed, "LocA", hota.localisation());
        golden.expectWhereGiven(computed);
    }

    private static void putHota(
            Map<String, Supplier<double[]>> computed, String name, double[] byThreshold) {
        computed.put(name, number(HotaFigures.mean(byThreshold)));
        computed.put(name + "_alpha", () -> byThreshold);
    }

    private static Supplier<double[]> number(double value) {
        return () -> new double[] {value};
    }

    private static double[] concatenated(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[] numbers(JsonNode node) {
        return node.isNumber()
                ? new double[] {node.doubleValue()}
                : StreamSupport.stream(node.spliterator(), false)
                        .flatMapToDouble(child -> Arrays.stream(numbers(child)))
                        .toArray();
    }

    /** Length of the first embedding, wherever it is. */
    private static int width(JsonNode node) {
        if (node.isArray() && node.path(0).isNumber()) {
            return node.size();
        }
        for (JsonNode child : node.has("embeddings") ? node.path("embeddings") : node) {
            int width = width(child);
            if (width > 0) {
                return width;
            }
        }
        return 0;
    }

    private static long[] array(JsonNode node) {
        return longs(node).stream().mapToLong(Long::longValue).toArray();
    }

    private static List<Long> longs(JsonNode node) {
        return Arrays.stream(numbers(node)).mapToObj(number -> (long) number).toList();
    }
}
