// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.tracker;

import dev.kedge.operators.tracker.ctvis.ContrastiveClip;
import dev.kedge.operators.tracker.ctvis.ContrastiveClip.Negatives;
import dev.kedge.operators.tracker.ctvis.Match;
import dev.kedge.operators.tracker.ctvis.OnlineTracker;
import dev.kedge.operators.tracker.ctvis.TrackingSettings.Learning;
import dev.kedge.operators.tracker.ctvis.TrackingSettings.Unlabelled;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.bank.ReadOut;

/** What a run learns, and how it tracks. */
public enum Variant {
    /** Learns from the frame before alone: one reference frame, no bank. */
    LATEST_ONLY(false, 0, false, true),
    /** Positives come from any earlier frame of the clip: the latest. */
    BANK(true, 0, false, true),
    /** Every other positive is the similarity-guided average. */
    MOMENTUM(true, 0.5, false, true),
    /** With wrong detections in the bank. */
    NOISE(true, 0.5, true, true),
    /** As {@link #MOMENTUM}, but from pseudo-clips of single frames instead of identities. */
    PSEUDO_CLIPS(true, 0.5, false, true),
    /** As {@link #MOMENTUM}, but tracked by cosine. */
    COSINE(true, 0.5, false, true),
    /** As {@link #COSINE}, but tracked by an average that keeps 0.9 of itself. */
    FIXED_AVERAGE(true, 0.5, false, true),
    /** The encoder as it was drawn, never learned, and cosine. */
    FROZEN(true, 0, false, false),
    /** The pixels themselves, and cosine. */
    PIXELS(true, 0, false, false);

    /** What BoT-SORT's average takes of a new embedding. */
    static final double BOT_SORT = 0.1;

    private final boolean bank;
    private final double average;
    private final boolean noise;
    private final boolean learns;

    Variant(boolean bank, double average, boolean noise, boolean learns) {
        this.bank = bank;
        this.average = average;
        this.noise = noise;
        this.learns = learns;
    }

    /** Whether it learns at all. */
    boolean learns() {
        return learns;
    }

    /** Whether identities are hidden from it. */
    boolean unlabelled() {
        return this == PSEUDO_CLIPS;
    }

    /** Whether it has no encoder. */
    boolean plain() {
        return this == PIXELS;
    }

    /** Whether it tracks by cosine, whose threshold has to be found. */
    boolean byCosine() {
        return !learns || this == FIXED_AVERAGE || this == COSINE;
    }

    Learning learning(TrackExperimentSettings.Learner settings) {
        if (!learns) {
            return Learning.NEVER;
        }
        ContrastiveClip.Settings reference = ContrastiveClip.Settings.REFERENCE;
        return new Learning(
                unlabelled() ? Unlabelled.PSEUDO_CLIPS : Unlabelled.NOTHING,
                settings.clip(),
                1,
                new ContrastiveClip.Settings(
                        Negatives.PREVIOUS_FRAME,
                        bank,
                        false,
                        reference.history(),
                        reference.embeddingWeight(),
                        reference.auxiliaryWeight()),
                average,
                noise ? settings.noise() : 0,
                0,
                1);
    }

    BankSettings.Bounds bank() {
        BankSettings.Bounds reference = BankSettings.Bounds.REFERENCE;
        return this == FIXED_AVERAGE
                ? new BankSettings.Bounds(
                        reference.instances(),
                        reference.history(),
                        reference.deadFrames(),
                        ReadOut.FIXED_MOMENTUM,
                        BOT_SORT)
                : reference;
    }

    /**
     * The rules that it tracks by.
     *
     * @param threshold of cosines; without meaning for the others, which have the authors'
     */
    OnlineTracker.Settings tracker(double threshold) {
        OnlineTracker.Settings reference = OnlineTracker.Settings.REFERENCE;
        return byCosine()
                ? new OnlineTracker.Settings(
                        Match.COSINE,
                        OnlineTracker.Pairing.GREEDY,
                        threshold,
                        reference.selectThreshold(),
                        reference.birthThreshold(),
                        reference.overlap(),
                        false)
                : reference;
    }
}
