// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.recall;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Lasting;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import dev.kedge.state.settings.Schema;
import java.io.Serializable;
import java.time.Duration;

/** Settings of the creative memory. Off by default: a model without it has none of its parts. */
@PublicApi
public record RecallSettings(
        @Meaning(
                        "Whether re-uploaded and reworked creatives are recognised. Once on, a model keeps the parameters for it: see `weight` to stop learning them.")
                boolean enabled,
        @Meaning(
                        "Factor of its objective beside the hazards'; 0 to 1,000, 0 to learn nothing for it.")
                @Range(min = 0, max = 1000)
                double weight,
        @Meaning(
                        "Width of the embeddings, made by a linear head over the shared encoder; 1 to 1,024.")
                @Range(min = 1, max = 1024)
                int width,
        @Meaning(
                        "The field of `categories` whose value says which creatives are the same, and which is then no input of the hazards; empty for none.")
                String identity,
        Views views,
        Clip clip,
        Bank bank,
        Answers answers)
        implements Serializable {
    /** Off; what it would be if it were on. */
    public static final RecallSettings DEFAULT = off();

    private static RecallSettings off() {
        return new RecallSettings(
                false, 0.05, 32, "", Views.DEFAULT, Clip.DEFAULT, Bank.DEFAULT, Answers.DEFAULT);
    }

    /** The same with another value of a field; see {@link Schema#with}. */
    public RecallSettings with(String field, Object value) {
        return Schema.with(this, field, value);
    }

    /** How views of a creative are made; all of it is drawn from the model's generator. */
    public record Views(
            @Meaning("Views of a creative to learn from, the first of them unchanged; 2 to 100.")
                    @Range(min = 2, max = 100)
                    int count,
            @Meaning("Mean share of the tokens that a view lacks; 0 to 0.5.")
                    @Range(min = 0, max = 0.5)
                    double text,
            @Meaning("Share of a view's tokens that tokens of another creative join; 0 to 1.")
                    @Range(min = 0, max = 1)
                    double strange,
            @Meaning("Share of the categories that a view lacks; 0 to 1.") @Range(min = 0, max = 1)
                    double categories,
            @Meaning("Noise of facts, and of the ready embedding relative to its values; 0 to 100.")
                    @Range(min = 0, max = 100)
                    double noise,
            @Meaning(
                            "Share of the facts and of the ready embedding's values that become 0; 0 to 1.")
                    @Range(min = 0, max = 1)
                    double dropout)
            implements Serializable {
        /** Three views; of the tokens 0.3, of the categories 0.05, of the rest a tenth. */
        public static final Views DEFAULT = new Views(3, 0.3, 0.1, 0.05, 0.1, 0.1);
    }

    /** What is learned from at a time. Creatives of one clip are held against each other. */
    public record Clip(
            @Meaning(
                            "Most new creatives that are learned in one step; so many that wait do not wait for a full micro-batch; 1 to 256.")
                    @Range(min = 1, max = 256)
                    int creatives,
            @Meaning(
                            "Remembered creatives, drawn at random, that join those learned in each step, and that these are held against; 0 to 256.")
                    @Range(min = 0, max = 256)
                    int rehearsed,
            @Meaning(
                            "Probability that a view is drawn to the creative's average so far, else to the view before; 0 to 1.")
                    @Range(min = 0, max = 1)
                    double average)
            implements Serializable {
        /** 4 new creatives and 16 of the bank; a fair coin. */
        public static final Clip DEFAULT = new Clip(4, 16, 0.5);
    }

    /** Bounds of what is remembered. */
    public record Bank(
            @Meaning(
                            "Most creatives that are remembered; the one longest unheard of gives way; 1 to 1,000,000. A launch is compared with all of them.")
                    @Range(min = 1, max = 1_000_000)
                    int instances,
            @Meaning("Embeddings kept of each; 1 to 100.") @Range(min = 1, max = 100) int history,
            @Meaning(
                            "Event time without a word of a creative after which it is not recognised any more; above 0.")
                    @Lasting(above = "0")
                    Duration age,
            @Meaning(
                            "Creatives that are embedded anew after each step, in turns, because the encoder has learned; 0 to 4,096.")
                    @Range(min = 0, max = 4096)
                    int refresh)
            implements Serializable {
        /** 10,000 creatives of 90 days, 4 embeddings each, 8 renewed a step. */
        public static final Bank DEFAULT = new Bank(10_000, 4, Duration.ofDays(90), 8);
    }

    /** What is said of a creative. */
    public record Answers(
            @Meaning("Cosine from which on two creatives count as the same; above 0, at most 1.")
                    @Range(above = 0, max = 1)
                    double same,
            @Meaning("Cosine from which on another creative is named; -1 to `same`.")
                    @Range(min = -1)
                    double alike,
            @Meaning("How many are named at most; 1 to 1,000,000.") @Range(min = 1, max = 1_000_000)
                    int most,
            @Meaning(
                            "Creatives learned from before similarity decides anything; identities do at once; at least 0.")
                    @Range(min = 0)
                    long after,
            @Meaning(
                            "Whether it is said again with each score that a report leads to, not at launch alone.")
                    boolean everyScore)
            implements Serializable {
        /** The best five. */
        public static final Answers DEFAULT = new Answers(0.9, 0.7, 5, 200, false);

        /** Checks what belongs together. */
        public Answers {
            Checks.require(alike <= same, "alike", alike, "at least -1 and at most answers.same");
        }
    }
}
