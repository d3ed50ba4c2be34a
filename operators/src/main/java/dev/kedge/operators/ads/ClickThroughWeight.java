// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.io.Serializable;

/**
 * Weight of a creative in the loss by its click-through rate: creatives that sell count more.
 *
 * <p>The rate of a creative, smoothed towards the stream's pooled rate r by s impressions of prior
 * strength, is {@code (clicks + s r) / (impressions + s)}. Its weight is that rate divided by the
 * mean of such rates over the stream, which makes the mean weight 1, and then clipped. A creative
 * without impressions has the pooled rate; while the stream has no impressions or no clicks every
 * weight is 1.
 *
 * <p>The pooled rate and the mean are running ones: {@link #observe} learns new traffic, {@link
 * #weigh} learns the mean and gives a weight, {@link #weight} only looks.
 */
public final class ClickThroughWeight {
    /** What rate the weight is made of. */
    @PublicApi
    public enum Mode {
        /** The smoothed rate. */
        SMOOTHED,
        /** Clicks by impression, as in the paper; the pooled rate without impressions. */
        RAW,
        /** All weights are 1. */
        NONE
    }

    /** How to weigh. */
    @PublicApi
    public record Settings(
            @Meaning(
                            "What the click-through-rate weight is made of: the smoothed rate, clicks by impression, or nothing.")
                    Mode mode,
            @Meaning("Impressions that the stream's own rate counts for; above 0.")
                    @Range(above = 0)
                    double priorStrength,
            @Meaning("Least weight; at least 0.") @Range(min = 0) double minimum,
            @Meaning("Largest weight; above the least.") double maximum)
            implements Serializable {
        /** Smoothed by 100 impressions, clipped to 0.1 and 10. */
        public static final Settings DEFAULT = new Settings(Mode.SMOOTHED, 100, 0.1, 10);

        /** Checks the prior strength and the clip. */
        public Settings {
            Checks.require(maximum > minimum, "maximum", maximum, "above weight.minimum");
        }
    }

    /**
     * All that is remembered.
     *
     * @param impressions impressions of the stream so far
     * @param clicks clicks of the stream so far
     * @param weighed creatives in the running mean
     * @param meanRate running mean of their rates
     */
    public record State(double impressions, double clicks, long weighed, double meanRate) {
        /** Nothing seen yet. */
        public static final State EMPTY = new State(0, 0, 0, 0);

        /** Clicks by impression of the whole stream; 0 without impressions. */
        public double pooledRate() {
            return impressions > 0 ? clicks / impressions : 0;
        }

        private State plusTraffic(double moreImpressions, double moreClicks) {
            return new State(impressions + moreImpressions, clicks + moreClicks, weighed, meanRate);
        }

        private State plusRate(double rate) {
            long more = weighed + 1;
            return new State(impressions, clicks, more, meanRate + (rate - meanRate) / more);
        }
    }

    private final Settings settings;
    private State state;

    /** A weight that has seen nothing. */
    public ClickThroughWeight(Settings settings) {
        this(settings, State.EMPTY);
    }

    /** A weight that goes on from a state. */
    public ClickThroughWeight(Settings settings, State state) {
        this.settings = settings;
        this.state = state;
    }

    /** All that is remembered so far. */
    public State state() {
        return state;
    }

    /** Learns traffic that the stream had not reported before. */
    public void observe(double impressions, double clicks) {
        state = state.plusTraffic(impressions, clicks);
    }

    /**
     * Learns the rate of a creative and gives its weight.
     *
     * @param impressions all impressions of the creative so far
     * @param clicks all its clicks so far
     */
    public double weigh(double impressions, double clicks) {
        if (state.impressions() > 0) {
            state = state.plusRate(rate(impressions, clicks));
        }
        return weight(impressions, clicks);
    }

    /** The weight of a creative, with nothing learned from it. */
    public double weight(double impressions, double clicks) {
        return settings.mode() == Mode.NONE || !(state.meanRate() > 0)
                ? 1
                : clip(rate(impressions, clicks) / state.meanRate());
    }

    /** The rate of a creative by the mode; the smoothed one where the mode is none. */
    public double rate(double impressions, double clicks) {
        double prior = settings.mode() == Mode.RAW ? 0 : settings.priorStrength();
        return impressions + prior > 0
                ? (clicks + prior * state.pooledRate()) / (impressions + prior)
                : state.pooledRate();
    }

    private double clip(double weight) {
        return Math.min(settings.maximum(), Math.max(settings.minimum(), weight));
    }
}
