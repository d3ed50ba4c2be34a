// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kedge.operators.encoder.ConvNet;
import dev.kedge.operators.encoder.EncoderFactory;
import dev.kedge.operators.encoder.IdentityEncoder;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.encoder.MlpEncoder;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.image.MovingView;
import dev.kedge.operators.learner.Adam;
import dev.kedge.operators.learner.Sgd;
import dev.kedge.operators.tracker.ctvis.ContrastiveClip.Negatives;
import dev.kedge.operators.tracker.ctvis.TrackingSettings.Bounds;
import dev.kedge.operators.tracker.ctvis.TrackingSettings.Input;
import dev.kedge.operators.tracker.ctvis.TrackingSettings.Learning;
import dev.kedge.operators.tracker.ctvis.TrackingSettings.Search;
import dev.kedge.operators.tracker.ctvis.TrackingSettings.Unlabelled;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.bank.ReadOut;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.settings.Schema;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrackingModelTest {
    private static final EncoderFactory MLP =
            (layout, rows, product) ->
                    new MlpEncoder(layout, Videos.INPUTS, List.of(10, 8), rows, product);
    private static final EncoderFactory IDENTITY =
            (layout, rows, product) -> new IdentityEncoder(Videos.INPUTS);
    private static final PseudoClips FEATURES = PseudoClips.ofFeatures(0.1, 0.1);
    private static final TrackingSettings SETTINGS =
            TrackingSettings.of(new Input(Videos.INPUTS, InputForm.FLOATS), 5, 11)
                    .with("bank", new BankSettings.Bounds(6, 4, 7, ReadOut.SIMILARITY_GUIDED, 0.75))
                    .with("learning", learning(Unlabelled.PSEUDO_CLIPS))
                    .with("bounds", new Bounds(3, 8));

    private static Learning learning(Unlabelled unlabelled) {
        return new Learning(unlabelled, 4, 1, ContrastiveClip.Settings.REFERENCE, 0.5, 0.3, 3, 0.6);
    }

    static Stream<Arguments> everyWayToLearn() {
        Learning everySecond =
                new Learning(
                        Unlabelled.PSEUDO_CLIPS,
                        5,
                        2,
                        new ContrastiveClip.Settings(Negatives.BANK, true, true, 3, 1, 1),
                        1,
                        0,
                        0,
                        0);
        return Stream.of(
                Arguments.of("identities", true, SETTINGS),
                Arguments.of("pseudo-clips", false, SETTINGS),
                Arguments.of(
                        "tracks", false, SETTINGS.with("learning", learning(Unlabelled.TRACKS))),
                Arguments.of("every second frame", true, SETTINGS.with("learning", everySecond)),
                Arguments.of(
                        "one length, an orthogonal start",
                        false,
                        SETTINGS.with("embedding-scale", 4.0)
                                .with("embedding-start", EmbeddingHead.Start.ORTHOGONAL)),
                Arguments.of("nothing", false, SETTINGS.with("learning", Learning.NEVER)),
                Arguments.of(
                        "temporally weighted",
                        true,
                        SETTINGS.with(
                                "bank",
                                new BankSettings.Bounds(5, 3, 5, ReadOut.TEMPORALLY_WEIGHTED, 1))),
                Arguments.of("motion", true, SETTINGS.with("tracker.motion", MOVING)),
                Arguments.of("both appearances", true, SETTINGS.with("tracker", BOTH)),
                Arguments.of(
                        "both appearances and motion",
                        false,
                        SETTINGS.with("tracker", BOTH).with("tracker.motion", MOVING)),
                Arguments.of(
                        "approximate search",
                        true,
                        SETTINGS.with(
                                        "bank",
                                        new BankSettings.Bounds(
                                                40, 2, 60, ReadOut.SIMILARITY_GUIDED, 1))
                                .with("tracker", STRICT)
                                .with("search", new Search(8, 3, 0.5))));
    }

    private static final Motion.Settings MOVING =
            new Motion.Settings(Motion.Model.CONSTANT_VELOCITY, 0.3, 1);

    private static final OnlineTracker.Settings ALONE =
            new OnlineTracker.Settings(
                    Match.COSINE, OnlineTracker.Pairing.HUNGARIAN, 0.5, 0.01, 0.01, 0.6, false);
    private static final OnlineTracker.Settings BOTH =
            Schema.with(ALONE, "appearance", Appearance.BOTH);

    /** Hardly ever matches, so that banks grow. */
    private static final OnlineTracker.Settings STRICT =
            new OnlineTracker.Settings(
                    Match.COSINE, OnlineTracker.Pairing.GREEDY, 0.995, 0.01, 0.01, 0.6, true);

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyWayToLearn")
    void aModelRestoredAfterEveryFrameAnswersAndEndsWithTheSameBytes(
            String name, boolean labelled, TrackingSettings settings) {
        try (TrackingLearner learner =
                new TrackingLearner(settings, MLP, new Adam(0.01), FEATURES)) {
            assertEndsTheSame(learner, frames(120, labelled));
        }
    }

    @Test
    void whoComparesByBothGoesOnFromWhatTheLearnedOneKnewAndBack() {
        List<VideoFrame> frames = frames(90, false);
        MemoryPartStore store = new MemoryPartStore();
        play(SETTINGS.with("tracker", ALONE), frames.subList(0, 30), store);
        assertThat(store.parts()).noneSatisfy((name, bytes) -> assertThat(name).contains("given/"));

        play(SETTINGS.with("tracker", BOTH), frames.subList(30, 60), store);
        assertThat(store.parts()).containsKey("appearances");
        assertThat(store.parts()).anySatisfy((name, bytes) -> assertThat(name).contains("given/"));

        play(SETTINGS.with("tracker", ALONE), frames.subList(60, 90), store);
        assertThat(store.parts("stream/0000000000000000/given/")).isEmpty();
    }

    private static void play(
            TrackingSettings settings, List<VideoFrame> frames, MemoryPartStore store) {
        try (TrackingLearner learner =
                new TrackingLearner(settings, MLP, new Adam(0.01), FEATURES)) {
            TrackingModel model = learner.load("key", store);
            frames.forEach(model::trackThenLearn);
            model.flush(store);
        }
    }

    /** Frames of five streams, of which three fit; those come back under new instances. */
    private static List<VideoFrame> frames(int count, boolean labelled) {
        SplittableRandom random = new SplittableRandom(5);
        List<Videos> videos = IntStream.range(0, 5).mapToObj(i -> new Videos(i, 5, 0.4)).toList();
        List<VideoFrame> frames = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            int stream = random.nextInt(1 + Math.min(4, n / 20));
            VideoFrame frame = videos.get(stream).next("stream/" + stream, labelled && n % 3 > 0);
            frames.add(moving(frame, random));
        }
        return frames;
    }

    /** The same where all but some detections have boxes that move and tremble. */
    private static VideoFrame moving(VideoFrame frame, SplittableRandom random) {
        List<Detection> detections = new ArrayList<>();
        for (Detection detection : frame.detections()) {
            double left = 40.0 * detections.size() + 3.0 * frame.frame() + random.nextDouble();
            Box box = Box.ofSides(left, 2.0 * frame.frame(), 20 + random.nextDouble(), 30);
            detections.add(random.nextInt(9) == 0 ? detection : detection.withBox(box));
        }
        return new VideoFrame(frame.stream(), frame.frame(), frame.at(), detections);
    }

    private static void assertEndsTheSame(TrackingLearner learner, List<VideoFrame> frames) {
        MemoryPartStore whole = new MemoryPartStore();
        TrackingModel uninterrupted = learner.load("key", whole);
        MemoryPartStore store = new MemoryPartStore();
        for (VideoFrame frame : frames) {
            TrackedFrame expected = uninterrupted.trackThenLearn(frame);
            TrackingModel restored = learner.load("key", store);
            TrackedFrame actual = restored.trackThenLearn(frame);
            restored.flush(store);

            assertThat(actual).isEqualTo(expected);
            if (frame.frame() % 5 == 0) {
                uninterrupted.flush(whole);
                assertThat(readable(store)).isEqualTo(readable(whole));
            }
        }
        uninterrupted.flush(whole);
        assertThat(readable(store)).isEqualTo(readable(whole));
        // A search index is made when it is first asked.
        if (learner.settings().search().above() == 0) {
            assertThat(uninterrupted.bytes()).isEqualTo(learner.load("key", store).bytes());
        } else {
            assertThat(uninterrupted.bytes()).isGreaterThan(learner.load("key", store).bytes());
        }
        boolean learns = learner.settings().learning().learns();
        assertThat(uninterrupted.steps() > 20).isEqualTo(learns);
    }

    @Test
    void imagesThatMoveAreLearnedFromPseudoClips() {
        ImageShape shape = new ImageShape(3, 8, 8);
        EncoderFactory convNet =
                (layout, rows, product) ->
                        new ConvNet(
                                layout,
                                new ConvNet.Settings(3, 8, 8, List.of(4), 6),
                                rows,
                                product);
        TrackingSettings settings =
                TrackingSettings.of(new Input(shape.bytes(), InputForm.BYTES), 4, 1)
                        .with("learning", learning(Unlabelled.PSEUDO_CLIPS))
                        .with("bounds", new Bounds(2, 4));
        List<VideoFrame> frames = new ArrayList<>();
        for (int t = 0; t < 30; t++) {
            List<Detection> detections = new ArrayList<>();
            for (int object = 0; object < 3; object++) {
                detections.add(Detection.of(Videos.image(object, t, shape.pixels()), 0.9));
            }
            frames.add(new VideoFrame("camera", t, t, detections));
        }
        try (TrackingLearner learner =
                new TrackingLearner(
                        settings,
                        convNet,
                        new Adam(0.003),
                        PseudoClips.ofImages(shape, MovingView.Settings.REFERENCE))) {
            assertEndsTheSame(learner, frames);
        }
    }

    @Test
    void learningFromIdentitiesMakesEmbeddingsOfAnInstanceAlike() {
        try (TrackingLearner learner =
                new TrackingLearner(SETTINGS, MLP, new Adam(0.005), FEATURES)) {
            TrackingModel model = learner.load("key", new MemoryPartStore());
            Videos videos = new Videos(3, 5, 1.2);
            double before = contrast(model, new Videos(3, 5, 1.2));
            double firstLosses = 0;
            double lastLosses = 0;
            for (int n = 0; n < 400; n++) {
                model.track(videos.next("s", true));
                double loss = model.learn("s").orElse(0);
                firstLosses += n < 50 ? loss : 0;
                lastLosses += n >= 350 ? loss : 0;
            }

            assertThat(lastLosses).isLessThan(0.6 * firstLosses);
            assertThat(contrast(model, new Videos(3, 5, 1.2))).isGreaterThan(before + 0.3);
        }
    }

    /** Mean cosine of pairs of one instance, less that of pairs of two, over some frames. */
    private static double contrast(TrackingModel model, Videos videos) {
        List<Detection> all = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            all.addAll(videos.next("s", true).detections());
        }
        List<Detection> some = all.subList(0, 8);
        double[] embeddings = model.embed(some).clone();
        double[] sums = new double[4];
        for (int i = 0; i < some.size(); i++) {
            for (int j = 0; j < i; j++) {
                int kind = some.get(i).identity().equals(some.get(j).identity()) ? 0 : 2;
                sums[kind] += cosine(embeddings, i, j);
                sums[kind + 1]++;
            }
        }
        return sums[0] / sums[1] - sums[2] / sums[3];
    }

    private static double cosine(double[] rows, int a, int b) {
        double dot = 0;
        double squareA = 0;
        double squareB = 0;
        for (int k = 0; k < 5; k++) {
            dot += rows[a * 5 + k] * rows[b * 5 + k];
            squareA += rows[a * 5 + k] * rows[a * 5 + k];
            squareB += rows[b * 5 + k] * rows[b * 5 + k];
        }
        return dot / Math.sqrt(squareA * squareB);
    }

    @Test
    void aFrameIsScoredBeforeItIsLearned() {
        try (TrackingLearner learner = new TrackingLearner(SETTINGS, MLP, new Sgd(0.1), FEATURES)) {
            TrackingModel model = learner.load("key", new MemoryPartStore());
            Videos videos = new Videos(1, 4, 0.1);

            assertThat(model.trackThenLearn(videos.next("s", false)).modelVersion()).isZero();
            TrackedFrame second = model.trackThenLearn(videos.next("s", false));
            assertThat(second.modelVersion()).isEqualTo(1);
            assertThat(second.bankSize()).isEqualTo(model.bank("s").orElseThrow().size());
            assertThat(second.at()).isEqualTo(40 * second.frame());
        }
    }

    @Test
    void lookingChangesNothing() {
        TrackingSettings searched =
                SETTINGS.with(
                                "bank",
                                new BankSettings.Bounds(60, 2, 90, ReadOut.SIMILARITY_GUIDED, 1))
                        .with("tracker", STRICT)
                        .with("search", new Search(8, 3, 0.5));
        for (TrackingSettings settings : List.of(SETTINGS, searched)) {
            try (TrackingLearner learner =
                    new TrackingLearner(settings, MLP, new Sgd(0.01), FEATURES)) {
                TrackingModel model = learner.load("key", new MemoryPartStore());
                frames(60, true).forEach(model::trackThenLearn);
                MemoryPartStore before = new MemoryPartStore();
                model.flush(before);
                Detection asked = new Videos(0, 5, 0.1).next("stream/0", true).detections().get(0);
                List<Neighbour> nearest = model.nearest("stream/0", asked, 3);

                assertThat(nearest).hasSize(3);
                assertThat(nearest)
                        .isSortedAccordingTo(
                                (a, b) -> Double.compare(b.similarity(), a.similarity()));
                assertThat(nearest.get(0).label()).startsWith("c");
                assertThat(model.nearest("unknown", asked, 3)).isEmpty();
                MemoryPartStore after = new MemoryPartStore();
                model.flush(after);
                assertThat(after.parts()).isEmpty();
                assertThat(learner.load("key", before).nearest("stream/0", asked, 3))
                        .isEqualTo(nearest);
            }
        }
    }

    @Test
    void streamsOfOneModelHaveBanksOfTheirOwn() {
        try (TrackingLearner learner =
                new TrackingLearner(SETTINGS, IDENTITY, new Sgd(0.01), FEATURES)) {
            TrackingModel model = learner.load("key", new MemoryPartStore());
            VideoFrame frame = new Videos(1, 4, 0.1).next("a", false);
            TrackedFrame first = model.track(frame);
            TrackedFrame other =
                    model.track(new VideoFrame("a/b", frame.frame(), 0, frame.detections()));

            assertThat(other.tracks()).isEqualTo(first.tracks());
            assertThat(model.streams()).isEqualTo(2);
            model.forgetStream("a");
            model.forgetStream("unknown");
            assertThat(model.streams()).isEqualTo(1);
            assertThat(model.bank("a")).isEmpty();
            assertThat(model.lastFrame("a/b")).hasValue(frame.frame());
            assertThat(model.learn("a")).isEmpty();
        }
    }

    @Test
    void theStreamThatIsUnseenForMostFramesGivesWayAndItsPartsGo() {
        try (TrackingLearner learner =
                new TrackingLearner(SETTINGS, IDENTITY, new Sgd(0.01), FEATURES)) {
            MemoryPartStore store = new MemoryPartStore();
            TrackingModel model = learner.load("key", store);
            Videos videos = new Videos(1, 4, 0.1);
            for (String stream : List.of("a", "b", "c", "a")) {
                model.track(videos.next(stream, false));
            }
            model.flush(store);
            model.track(videos.next("d", false));
            model.flush(store);

            assertThat(model.lastFrame("b")).isEmpty();
            assertThat(model.lastFrame("a")).isPresent();
            assertThat(store.names("stream/0000000000000001/")).isEmpty();
            assertThat(store.names("stream/0000000000000000/")).isNotEmpty();
            TrackingSettings tight = SETTINGS.with("bounds", new Bounds(1, 8));
            try (TrackingLearner tighter =
                    new TrackingLearner(tight, IDENTITY, new Sgd(0.01), FEATURES)) {
                TrackingModel left = tighter.load("key", store);
                assertThat(left.lastFrame("d")).isPresent();
                assertThat(left.streams()).isEqualTo(1);
            }
        }
    }

    @Test
    void framesThatDoNotFitTighterBoundsAreForgottenButNotTheirInstances() {
        MemoryPartStore store = new MemoryPartStore();
        Videos videos = new Videos(1, 5, 0.1);
        try (TrackingLearner learner =
                new TrackingLearner(SETTINGS, MLP, new Sgd(0.01), FEATURES)) {
            TrackingModel model = learner.load("key", store);
            for (int n = 0; n < 8; n++) {
                model.trackThenLearn(videos.next("s", true));
            }
            model.flush(store);
        }
        assertThat(store.names("stream/0000000000000000/clip/")).hasSize(4);
        TrackingSettings tight = SETTINGS.with("bounds", new Bounds(3, 2));
        try (TrackingLearner learner = new TrackingLearner(tight, MLP, new Sgd(0.01), FEATURES)) {
            TrackingModel model = learner.load("key", store);

            assertThat(model.bank("s").orElseThrow().size()).isPositive();
            assertThat(model.learn("s")).isEmpty();
            model.flush(store);
            assertThat(store.names("stream/0000000000000000/clip/")).isEmpty();
        }
    }

    @Test
    void whatCannotBeTrackedIsRefusedWithTheReasonAndChangesNothing() {
        try (TrackingLearner learner =
                new TrackingLearner(SETTINGS, MLP, new Sgd(0.01), FEATURES)) {
            TrackingModel model = learner.load("key", new MemoryPartStore());
            model.track(new Videos(1, 4, 0.1).next("s", false));
            model.flush(new MemoryPartStore());
            Detection fine = Detection.of(new float[Videos.INPUTS], 1);
            float[] infinite = new float[Videos.INPUTS];
            infinite[3] = Float.POSITIVE_INFINITY;

            refused(model, 1, List.of(fine), "frame: 1 of stream 's' comes after frame");
            refused(model, -1, List.of(fine), "frame: -1, it must be at least 0");
            refused(model, 9, List.of(Detection.of(new float[2], 1)), "input: 8 bytes, there must");
            refused(model, 9, List.of(Detection.of(infinite, 1)), "input: a value is not a finite");
            refused(
                    model,
                    9,
                    Stream.generate(() -> fine).limit(9).toList(),
                    "detections: 9, there may be 8");
            MemoryPartStore after = new MemoryPartStore();
            model.flush(after);
            assertThat(after.parts()).isEmpty();
        }
    }

    private static void refused(
            TrackingModel model, long frame, List<Detection> detections, String words) {
        VideoFrame refused = new VideoFrame("s", frame, 0, detections);
        assertThat(model.refusal(refused)).isPresent();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.track(refused))
                .withMessageContaining(words);
    }

    @Test
    void settingsThatCannotBeAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SETTINGS.with("bounds.streams", 0))
                .withMessageContaining("bounds.streams: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SETTINGS.with("search.nearest", 0))
                .withMessageContaining("search.nearest: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SETTINGS.with("learning.noise", 1.5))
                .withMessageContaining("learning.noise: 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SETTINGS.with("embedding", -1))
                .withMessageContaining("embedding: -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SETTINGS.with("bank.instances", 0))
                .withMessageContaining("bank.instances: 0");
    }

    private static SortedMap<String, String> readable(MemoryPartStore store) {
        SortedMap<String, String> parts = new TreeMap<>();
        store.parts().forEach((name, bytes) -> parts.put(name, HexFormat.of().formatHex(bytes)));
        return parts;
    }
}
