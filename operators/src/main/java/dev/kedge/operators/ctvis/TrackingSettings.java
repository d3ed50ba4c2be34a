// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ctvis;

import dev.kedge.operators.encoder.InputForm;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.bank.ReadOut;
import dev.kedge.state.settings.Checks;
import java.io.Serializable;

/**
 * Settings of a tracking model. {@link #of} gives the authors'.
 *
 * @param input what comes in
 * @param embedding width of the linear head over the encoder; 0 for none: the encoder's output is
 *     the embedding
 * @param bank what bounds each stream's bank, and how it answers
 * @param tracker the tracker's rules
 * @param learning what is learned from
 * @param search how large banks are searched
 * @param bounds how much there may be
 * @param seed start of all randomness
 */
public record TrackingSettings(
        Input input,
        int embedding,
        Bank bank,
        OnlineTracker.Settings tracker,
        Learning learning,
        Search search,
        Bounds bounds,
        long seed) {

    /** Checks the width. */
    public TrackingSettings {
        Checks.require(embedding >= 0, "embedding", embedding, "at least 0");
    }

    /**
     * What comes in.
     *
     * @param width values of an input
     * @param form how they lie in bytes
     */
    public record Input(int width, InputForm form) {
        /** Checks the width. */
        public Input {
            Checks.require(width > 0, "input.width", width, "at least 1");
        }
    }

    /**
     * What bounds a bank, and how it answers; see {@link BankSettings}.
     *
     * @param instances most instances of a stream
     * @param history embeddings kept of each
     * @param deadFrames frames after which an unseen instance is dead
     * @param readOut by which vector an instance answers
     * @param momentum weight of a new embedding, for {@link ReadOut#FIXED_MOMENTUM}
     */
    public record Bank(
            int instances, int history, long deadFrames, ReadOut readOut, double momentum)
            implements Serializable {
        /** The authors' values; theirs has no bound of instances. */
        public static final Bank REFERENCE =
                new Bank(
                        1000,
                        BankSettings.REFERENCE_HISTORY,
                        BankSettings.REFERENCE_DEAD_FRAMES,
                        ReadOut.SIMILARITY_GUIDED,
                        BankSettings.REFERENCE_MOMENTUM);

        /** Checks the values. */
        public Bank {
            new BankSettings(1, instances, history, deadFrames, readOut, momentum);
        }

        BankSettings ofWidth(int width) {
            return new BankSettings(width, instances, history, deadFrames, readOut, momentum);
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
     *
     * @param unlabelled what is learned from where no identity is given in a clip
     * @param frames frames of a clip
     * @param every frames from one step to the next
     * @param loss how items are built
     * @param average probability that a positive is the average: the momentum of the paper; 0 turns
     *     it off
     * @param noise probability that a wrong detection enters the clip's bank in place of an
     *     instance that is absent from a frame
     * @param bankNegatives most entries of the stream's bank, of instances that the clip does not
     *     show, that are negatives too: those seen last
     * @param confidence for {@link Unlabelled#TRACKS}: least similarity of a detection that is
     *     learned as its track's
     */
    public record Learning(
            Unlabelled unlabelled,
            int frames,
            int every,
            ContrastiveClip.Settings loss,
            double average,
            double noise,
            int bankNegatives,
            double confidence)
            implements Serializable {
        /** The authors' values; but banks give negatives, for frames have few detections here. */
        public static final Learning REFERENCE =
                new Learning(
                        Unlabelled.PSEUDO_CLIPS,
                        10,
                        1,
                        ContrastiveClip.Settings.REFERENCE,
                        0.5,
                        0,
                        32,
                        0.7);

        /** Learns nothing, ever: for embeddings that were made elsewhere. */
        public static final Learning NEVER =
                new Learning(
                        Unlabelled.NOTHING, 1, 1, ContrastiveClip.Settings.REFERENCE, 0, 0, 0, 1);

        /** Checks the numbers. */
        public Learning {
            Checks.require(frames > 0, "learning.frames", frames, "at least 1");
            Checks.require(every > 0, "learning.every", every, "at least 1");
            requireShare("learning.average", average);
            requireShare("learning.noise", noise);
            Checks.require(
                    bankNegatives >= 0, "learning.bank-negatives", bankNegatives, "at least 0");
            Checks.require(
                    confidence >= -1 && confidence <= 1,
                    "learning.confidence",
                    confidence,
                    "between -1 and 1");
        }

        /** Whether anything can be learned: a clip of one frame has no items. */
        boolean learns() {
            return frames > 1;
        }
    }

    /**
     * How large banks are searched.
     *
     * @param above banks of more instances than this are searched approximately; 0 for never
     * @param nearest instances that each detection is compared with, besides those that changed
     *     since the index was built
     * @param stale part of the bank that may have changed before the index is built anew
     */
    public record Search(int above, int nearest, double stale) implements Serializable {
        /** Always exact. */
        public static final Search EXACT = new Search(0, 64, 0.25);

        /** Checks the numbers. */
        public Search {
            Checks.require(above >= 0, "search.above", above, "at least 0");
            Checks.require(nearest > 0, "search.nearest", nearest, "at least 1");
            Checks.require(stale > 0 && stale <= 1, "search.stale", stale, "above 0 and at most 1");
        }
    }

    /**
     * How much there may be.
     *
     * @param streams most streams of a model; the one unseen for most frames gives way
     * @param detections most detections of a frame
     */
    public record Bounds(int streams, int detections) implements Serializable {
        /** Checks the numbers. */
        public Bounds {
            Checks.require(streams > 0, "bounds.streams", streams, "at least 1");
            Checks.require(detections > 0, "bounds.detections", detections, "at least 1");
        }
    }

    /** The authors' values, for an input, a width of the head and a seed. */
    public static TrackingSettings of(Input input, int embedding, long seed) {
        return new TrackingSettings(
                input,
                embedding,
                Bank.REFERENCE,
                OnlineTracker.Settings.REFERENCE,
                Learning.REFERENCE,
                Search.EXACT,
                new Bounds(64, 100),
                seed);
    }

    /** The same with another bank. */
    public TrackingSettings withBank(Bank other) {
        return new TrackingSettings(
                input, embedding, other, tracker, learning, search, bounds, seed);
    }

    /** The same by other rules. */
    public TrackingSettings withTracker(OnlineTracker.Settings other) {
        return new TrackingSettings(input, embedding, bank, other, learning, search, bounds, seed);
    }

    /** The same with other learning. */
    public TrackingSettings withLearning(Learning other) {
        return new TrackingSettings(input, embedding, bank, tracker, other, search, bounds, seed);
    }

    /** The same with another search. */
    public TrackingSettings withSearch(Search other) {
        return new TrackingSettings(input, embedding, bank, tracker, learning, other, bounds, seed);
    }

    /** The same with other bounds. */
    public TrackingSettings withBounds(Bounds other) {
        return new TrackingSettings(input, embedding, bank, tracker, learning, search, other, seed);
    }

    private static void requireShare(String field, double value) {
        Checks.require(value >= 0 && value <= 1, field, value, "between 0 and 1");
    }
}
