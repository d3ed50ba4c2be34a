// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import static dev.kedge.operators.encoder.InputNormalisation.NONE;
import static dev.kedge.operators.tracker.ctvis.TrackingSettings.Unlabelled.PSEUDO_CLIPS;

import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.encoder.InputNormalisation;
import dev.kedge.state.api.PublicApi;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.settings.Group;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import dev.kedge.state.settings.Schema;
import java.io.Serializable;

/**
 * Settings of a tracking model. {@link #of} gives the authors'.
 *
 * @param input what comes in
 * @param head what makes embeddings of the encoder's output
 * @param bank what bounds each stream's bank, and how it answers
 * @param tracker the tracker's rules
 * @param learning what is learned from
 * @param search how large banks are searched
 * @param bounds how much there may be
 * @param seed start of all randomness
 */
@PublicApi
public record TrackingSettings(
        Input input,
        @Group EmbeddingHead.Settings head,
        BankSettings.Bounds bank,
        OnlineTracker.Settings tracker,
        Learning learning,
        Search search,
        Bounds bounds,
        long seed) {

    /**
     * What comes in.
     *
     * @param width values of an input
     * @param form how they lie in bytes
     * @param normalisation what is made of an image before it is encoded
     */
    public record Input(
            @Range(min = 1) int width, InputForm form, InputNormalisation normalisation) {
        /** Checks that only images are normalised: given features bring their own scale. */
        public Input {
            normalisation.require(form);
        }

        /** Taken as they are. */
        public Input(int width, InputForm form) {
            this(width, form, NONE);
        }
    }

    /** What is learned from where identities are not given. */
    public enum Unlabelled {
        /** Nothing. */
        NOTHING,
        /** The tracker's own numbers, where it is sure enough. */
        TRACKS,
        /** Views of the frame's own detections. */
        PSEUDO_CLIPS
    }

    /**
     * What is learned from. A clip is a stream's last frames; where their detections have
     * identities, those are learned, and the other detections are negatives.
     */
    public record Learning(
            @Meaning(
                            "What is learned from where a clip has no identities: nothing, the tracker's own numbers where it is sure, or views of the frame's own detections (CTVIS).")
                    Unlabelled unlabelled,
            @Meaning(
                            "Frames of a clip, the stream's last; a clip of 1 teaches nothing, so 1 stands for no learning. Times `bounds.detections` at most 65,536.")
                    @Range(min = 1)
                    int frames,
            @Meaning("Frames of a stream from one step to the next; at least 1.") @Range(min = 1)
                    int every,
            ContrastiveClip.Settings loss,
            @Meaning(
                            "Probability that a positive is the average and not the latest embedding; 0 to 1.")
                    @Range(min = 0, max = 1)
                    double average,
            @Meaning(
                            "Probability that a wrong detection enters a clip's bank in place of an absent instance; 0 to 1.")
                    @Range(min = 0, max = 1)
                    double noise,
            @Meaning(
                            "Most instances of the stream's bank, not shown by the clip, that are negatives too: those seen last; at least 0. Their embeddings are of older weights: without an `embedding-scale` new ones grow longer and longer to beat them, and the tracker falls apart.")
                    @Range(min = 0)
                    int bankNegatives,
            @Meaning(
                            "For `tracks`: least similarity of a detection that is learned as its track's; -1 to 1.")
                    @Range(min = -1, max = 1)
                    double confidence)
            implements Serializable {
        /** The authors' values, in clips of the stream's own last frames. */
        public static final Learning REFERENCE =
                new Learning(
                        PSEUDO_CLIPS, 10, 1, ContrastiveClip.Settings.REFERENCE, 0.5, 0, 0, 0.7);

        /** Learns nothing, ever: for embeddings that were made elsewhere. */
        public static final Learning NEVER =
                new Learning(
                        Unlabelled.NOTHING, 1, 1, ContrastiveClip.Settings.REFERENCE, 0, 0, 0, 1);

        /** Whether anything can be learned: a clip of one frame has no items. */
        boolean learns() {
            return frames > 1;
        }
    }

    /** How large banks are searched. */
    public record Search(
            @Meaning("Banks of more instances than this are searched approximately; 0 for never.")
                    @Range(min = 0)
                    int above,
            @Meaning(
                            "Instances that each detection is compared with where the search is approximate, besides those that changed since its index was built; at least 1.")
                    @Range(min = 1)
                    int nearest,
            @Meaning(
                            "Part of a bank that may have changed before its index is built anew; above 0, at most 1.")
                    @Range(above = 0, max = 1)
                    double stale)
            implements Serializable {
        /** Always exact. */
        public static final Search EXACT = new Search(0, 64, 0.25);
    }

    /** How much there may be. */
    public record Bounds(
            @Meaning(
                            "Most streams of a model; the one that was silent for most records gives way, its waiting frames tracked first; at least 1.")
                    @Range(min = 1)
                    int streams,
            @Meaning("Most detections of a frame; frames with more are dead letters; 1 to 1,024.")
                    @Range(min = 1)
                    int detections)
            implements Serializable {}

    /** The authors' values, for an input, a width of the head and a seed. */
    public static TrackingSettings of(Input input, int embedding, long seed) {
        BankSettings.Bounds bank = BankSettings.Bounds.REFERENCE;
        OnlineTracker.Settings rules = OnlineTracker.Settings.REFERENCE;
        Learning learning = Learning.REFERENCE;
        Bounds bounds = new Bounds(64, 100);
        EmbeddingHead.Settings head = EmbeddingHead.Settings.linear(embedding);
        return new TrackingSettings(input, head, bank, rules, learning, Search.EXACT, bounds, seed);
    }

    /** The same with another value of a field; see {@link Schema#with}. */
    public TrackingSettings with(String field, Object value) {
        return Schema.with(this, field, value);
    }
}
