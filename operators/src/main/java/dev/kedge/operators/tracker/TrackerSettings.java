// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.encoder.EncoderFactory;
import dev.kedge.operators.encoder.EncoderName;
import dev.kedge.operators.encoder.EncoderSettings;
import dev.kedge.operators.encoder.EncoderSizes;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.encoder.InputNormalisation;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.image.MovingView;
import dev.kedge.operators.learner.OptimiserName;
import dev.kedge.operators.learner.OptimiserSettings;
import dev.kedge.operators.tracker.ctvis.Appearance;
import dev.kedge.operators.tracker.ctvis.EmbeddingHead;
import dev.kedge.operators.tracker.ctvis.OnlineTracker;
import dev.kedge.operators.tracker.ctvis.PseudoClips;
import dev.kedge.operators.tracker.ctvis.TrackingSettings;
import dev.kedge.operators.tracker.ctvis.TrackingTuning;
import dev.kedge.state.api.PublicApi;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Durations;
import dev.kedge.state.settings.Group;
import dev.kedge.state.settings.Lasting;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import dev.kedge.state.settings.Schema;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that can be set about a tracker in a stream. A job file has the same names with
 * hyphens.
 */
@PublicApi
public record TrackerSettings(
        Input input,
        @Meaning(
                        at = "kind",
                        value =
                                "What makes features of a detection; the last three want crops, the last two of at least 8 x 8 pixels. `identity` leaves what comes in.")
                @Meaning(at = "mlp.layers", value = "Widths of the layers of `mlp`.")
                @Meaning(
                        at = "convnet.convolutions",
                        value = "Channels of the convolutions of `convnet`.")
                @Meaning(at = "convnet.features", value = "Width of the features of `convnet`.")
                EncoderSettings encoder,
        @Group EmbeddingHead.Settings head,
        BankSettings.Bounds bank,
        OnlineTracker.Settings association,
        TrackingSettings.Learning learning,
        Moves pseudoClips,
        @Meaning(at = "kind", value = "How steps are made.")
                @Meaning(
                        at = "rate",
                        value = "Rate; above 0, at most 100. A command can change it.")
                OptimiserSettings optimiser,
        TrackingSettings.Search search,
        TrackingSettings.Bounds bounds,
        Ordering ordering,
        @Meaning("How far a frame's time may lie after its record's Kafka timestamp; at least 0.")
                @Lasting(min = "0")
                Duration ahead,
        Evaluation evaluation,
        @Meaning("Seed of every generator; each model's own follows from it and the model's name.")
                long seed)
        implements Serializable {

    /** 1,024 detections with 4,096 instances each: 128 MiB, and a second or some by Hungarian. */
    private static final long MAX_PAIRS = 1L << 22;

    /** What a command can weigh while a job runs. */
    public static final List<String> WEIGHTS =
            List.of(TrackingTuning.EMBEDDING, TrackingTuning.AUXILIARY);

    /** The authors' rules over a small convolutional network and colour crops of 32 x 32. */
    public static final TrackerSettings DEFAULT =
            new TrackerSettings(
                    new Input(0, new ImageShape(3, 32, 32)),
                    new EncoderSettings(EncoderName.CONVNET, EncoderSizes.DEFAULT),
                    EmbeddingHead.Settings.linear(64),
                    BankSettings.Bounds.REFERENCE,
                    OnlineTracker.Settings.REFERENCE,
                    TrackingSettings.Learning.REFERENCE,
                    new Moves(MovingView.Settings.REFERENCE, 0.1, 0.1),
                    OptimiserSettings.of(OptimiserName.ADAM, 0.001),
                    TrackingSettings.Search.EXACT,
                    new TrackingSettings.Bounds(64, 32),
                    new Ordering(Duration.ZERO, Duration.ofMinutes(1), 256),
                    Duration.ofDays(1),
                    new Evaluation(300, 1000, Duration.ofMinutes(1), false),
                    2026);

    /** Checks what no single part can check. */
    public TrackerSettings {
        encoder.factory(input.form().width(), input.shape());
        Checks.require(
                association.appearance() == Appearance.LEARNED || input.features() > 0,
                "association.appearance",
                "both",
                "learned where detections are crops");
        Checks.within("bounds.detections", bounds.detections(), 1, 1024);
        int most = bounds.detections();
        boolean comparable = pairs(bank, search, most) <= MAX_PAIRS;
        String instances =
                "such that a frame's bounds.detections ("
                        + most
                        + ") are compared with at most "
                        + MAX_PAIRS / most
                        + " instances; see search.above for more";
        Checks.require(comparable, "bank.instances", bank.instances(), instances);
        boolean learnable = learning.frames() * (long) most <= 65_536;
        String frames =
                "such that learning.frames times bounds.detections (" + most + ") is at most 65536";
        Checks.require(learnable, "learning.frames", learning.frames(), frames);
    }

    /** Most detections times instances of one frame: pairing takes memory for each, and time. */
    private static long pairs(
            BankSettings.Bounds bank, TrackingSettings.Search search, int detections) {
        long instances = bank.instances();
        if (search.above() > 0 && instances > search.above()) {
            long found = (long) (search.stale() * instances) + (long) detections * search.nearest();
            instances = Math.min(instances, Math.max(search.above(), found));
        }
        return instances * detections;
    }

    /** What a detection shows: {@code features} numbers, or a crop. */
    public record Input(
            @Meaning("Numbers of a detection; 0 if detections are crops; at most 65,536.")
                    @Range(min = 0, max = 65_536)
                    int features,
            @Meaning(
                            at = "channels",
                            value =
                                    "1 for grey, 3 for red, green and blue; where detections are crops.")
                    @Meaning(at = "height", value = "Rows of pixels of a crop; 1 to 512.")
                    @Meaning(at = "width", value = "Columns of pixels of a crop; 1 to 512.")
                    ImageShape crop,
            @Meaning(
                            "What is made of a crop before it is encoded, by that crop alone: `none`; `centre` takes the mean of its values away; `standardise` divides by their standard deviation, too (at least 1 / sqrt(values)). `auto` centres, but a model that began before there was this setting goes on as it began. Features stay as they are: `auto` or `none`. A model keeps what it began with.")
                    InputNormalisation normalisation)
            implements Serializable {
        /** Checks that given features are not normalised. */
        public Input {
            normalisation.require(form(features));
        }

        /** Normalised as new models are. */
        public Input(int features, ImageShape crop) {
            this(features, crop, InputNormalisation.AUTO);
        }

        private static InputForm form(int features) {
            return features > 0 ? InputForm.FLOATS : InputForm.BYTES;
        }

        /** Sides of a crop, if detections are crops. */
        public Optional<ImageShape> shape() {
            return features > 0 ? Optional.empty() : Optional.of(crop);
        }

        /** The same for the learner. */
        TrackingSettings.Input form() {
            int width = shape().map(ImageShape::bytes).orElse(features);
            return new TrackingSettings.Input(width, form(features), normalisation);
        }

        /** What is made of the crops of a new model. */
        public InputNormalisation normalised() {
            return normalisation.of(form(features));
        }

        /** Why a detection cannot be tracked; empty if it can. */
        Optional<String> refusal(byte[] detection) {
            return form().form().isFinite(detection)
                    ? form().form().refusal(detection)
                    : Optional.of("a value is not a finite number");
        }

        /** What a model stores of it, to know a model of other inputs: these words never change. */
        String stored() {
            return "Input[features=" + features + ", crop=" + crop.stored("Crop") + "]";
        }

        /** Bytes of a detection. */
        public int bytes() {
            return form().form().length(form().width());
        }
    }

    /** How single detections are made to move: crops turn, features are disturbed. */
    public record Moves(
            @Group MovingView.Settings crops,
            @Meaning(
                            "Features: standard deviation of what is added to each value, times the root of the mean square of the vector; at least 0.")
                    @Range(min = 0)
                    double noise,
            @Meaning("Features: share of the values that become 0; at least 0, below 1.")
                    @Range(min = 0, below = 1)
                    double dropout)
            implements Serializable {
        PseudoClips of(Input input) {
            return input.shape()
                    .map(shape -> PseudoClips.ofImages(shape, crops))
                    .orElseGet(() -> PseudoClips.ofFeatures(noise, dropout));
        }
    }

    /** How frames are put in order. */
    public record Ordering(
            @Meaning(
                            "How far a frame may come behind the newest of its stream. Each frame waits for as long, in event time; with 0 it is tracked the moment it comes.")
                    @Lasting(min = "0")
                    Duration lateness,
            @Meaning(
                            "Event time of the whole model after which the waiting frames of a silent stream are tracked; 0 for never, else at least `ordering.lateness`.")
                    Duration idle,
            @Meaning(
                            "Most frames of a stream that wait; of more, the oldest is tracked at once; 1 to 100,000.")
                    @Range(min = 1, max = 100_000)
                    int frames)
            implements Serializable {
        /** Checks the durations. */
        public Ordering {
            boolean waits = idle.isZero() || idle.compareTo(lateness) >= 0;
            String word = Durations.word(lateness);
            Checks.require(waits, "idle", idle, "0, or at least ordering.lateness (" + word + ")");
        }
    }

    /** Prequential evaluation, where detections have identities. */
    public record Evaluation(
            @Meaning(
                            "Judged frames of each stream over which IDF1 and association accuracy are told; 1 to 10,000. It shrinks where it would show more than 256 identities or tracks.")
                    @Range(min = 1, max = 10_000)
                    int window,
            @Meaning(
                            "Identities of each stream whose last track is kept, to count switches; 1 to 100,000.")
                    @Range(min = 1, max = 100_000)
                    int identities,
            @Meaning("Event time between two records of metrics; above 0.") @Lasting(min = "1 ms")
                    Duration every,
            @Meaning("Whether identities are judged by and nothing is learned from them.")
                    boolean judgeOnly)
            implements Serializable {}

    /** The same with another value of a field; see {@link Schema#with}. */
    public TrackerSettings with(String field, Object value) {
        return Schema.with(this, field, value);
    }

    /** The same for the learner. */
    TrackingSettings trackingSettings() {
        return new TrackingSettings(
                input.form(), head, bank, association, learning, search, bounds, seed);
    }

    EncoderFactory encoderFactory() {
        return encoder.factory(input.form().width(), input.shape());
    }

    PseudoClips clips() {
        return pseudoClips.of(input);
    }
}
