// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.recall;

import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;

/**
 * Settings of the creative memory. Off by default: a model without it has none of its parts.
 *
 * @param enabled whether there is one
 * @param weight factor of its objective beside the hazards'; 0 to learn nothing for it
 * @param width width of the embeddings, made by a linear head over the shared encoder
 * @param identity the category field that says which creatives are the same; empty for none
 * @param views how views of a creative are made to learn from
 * @param clip what is learned from at a time
 * @param bank bounds of what is remembered
 * @param answers what is said of a creative
 */
public record RecallSettings(
        boolean enabled,
        double weight,
        int width,
        String identity,
        Views views,
        Clip clip,
        Bank bank,
        Answers answers)
        implements Serializable {
    /** Off; what it would be if it were on. */
    public static final RecallSettings DEFAULT =
            new RecallSettings(
                    false,
                    0.05,
                    32,
                    "",
                    Views.DEFAULT,
                    Clip.DEFAULT,
                    Bank.DEFAULT,
                    Answers.DEFAULT);

    /** Checks the numbers. */
    public RecallSettings {
        Allowed.require(weight >= 0 && weight <= 1000, "weight", weight, "between 0 and 1000");
        Allowed.within("width", width, 1, 1024);
    }

    /** The same, switched on. */
    public RecallSettings on() {
        return new RecallSettings(true, weight, width, identity, views, clip, bank, answers);
    }

    /** The same with another factor of its objective. */
    public RecallSettings withWeight(double other) {
        return new RecallSettings(enabled, other, width, identity, views, clip, bank, answers);
    }

    /** The same with another field for identities. */
    public RecallSettings withIdentity(String other) {
        return new RecallSettings(enabled, weight, width, other, views, clip, bank, answers);
    }

    /** The same with other bounds. */
    public RecallSettings withBank(Bank other) {
        return new RecallSettings(enabled, weight, width, identity, views, clip, other, answers);
    }

    /** The same with other answers. */
    public RecallSettings withAnswers(Answers other) {
        return new RecallSettings(enabled, weight, width, identity, views, clip, bank, other);
    }

    /**
     * How views of a creative are made; all of it is drawn from the model's generator.
     *
     * @param count views of a creative, the first of them unchanged
     * @param text mean share of the tokens that a view lacks: each view draws its share from 0 to
     *     twice this
     * @param strange share of a view's tokens that another creative's join
     * @param categories share of the categories that a view lacks
     * @param noise standard deviation of what is added to facts, and to an image's embedding in
     *     units of the root of its mean square
     * @param dropout share of the facts and of an embedding's values that become 0
     */
    public record Views(
            int count, double text, double strange, double categories, double noise, double dropout)
            implements Serializable {
        /** Three views; of the tokens 0.3, of the categories 0.05, of the rest a tenth. */
        public static final Views DEFAULT = new Views(3, 0.3, 0.1, 0.05, 0.1, 0.1);

        /** Checks the numbers. */
        public Views {
            Allowed.within("views.count", count, 2, 100);
            Allowed.require(text >= 0 && text <= 0.5, "views.text", text, "between 0 and 0.5");
            Allowed.share("views.strange", strange);
            Allowed.share("views.categories", categories);
            Allowed.require(noise >= 0 && noise <= 100, "views.noise", noise, "between 0 and 100");
            Allowed.share("views.dropout", dropout);
        }
    }

    /**
     * What is learned from at a time. Creatives of one clip are held against each other.
     *
     * @param creatives most new creatives of a clip; so many that wait are learned without waiting
     *     for a full micro-batch of intervals
     * @param rehearsed creatives of the bank, drawn at random, that join the clip of each step
     * @param average with what probability a positive is the creative's average so far, else its
     *     latest view
     */
    public record Clip(int creatives, int rehearsed, double average) implements Serializable {
        /** 4 new creatives and 16 of the bank; a fair coin. */
        public static final Clip DEFAULT = new Clip(4, 16, 0.5);

        /** Checks the numbers. */
        public Clip {
            Allowed.within("clip.creatives", creatives, 1, 256);
            Allowed.within("clip.rehearsed", rehearsed, 0, 256);
            Allowed.share("clip.average", average);
        }
    }

    /**
     * Bounds of what is remembered.
     *
     * @param instances most creatives; the one longest unheard of gives way
     * @param history embeddings kept of each
     * @param age event time without a word of a creative after which it is forgotten
     * @param refresh creatives whose embeddings are made anew after each step, in turns
     */
    public record Bank(int instances, int history, Duration age, int refresh)
            implements Serializable {
        /** 10,000 creatives of 90 days, 4 embeddings each, 8 renewed a step. */
        public static final Bank DEFAULT = new Bank(10_000, 4, Duration.ofDays(90), 8);

        /** Checks the numbers. */
        public Bank {
            Allowed.within("bank.instances", instances, 1, 1_000_000);
            Allowed.within("bank.history", history, 1, 100);
            Allowed.within("bank.refresh", refresh, 0, 4096);
            Allowed.require(!age.isNegative() && !age.isZero(), "bank.age", age, "above 0");
        }
    }

    /**
     * What is said of a creative.
     *
     * @param same cosine from which on two creatives are one and the same: near-duplicates
     * @param alike cosine from which on an earlier creative is named
     * @param most how many are named at most
     * @param after creatives learned from before similarity decides anything; identities do at once
     * @param everyScore whether it is said again with each score that a report leads to
     */
    public record Answers(double same, double alike, int most, long after, boolean everyScore)
            implements Serializable {
        /** The best five. */
        public static final Answers DEFAULT = new Answers(0.9, 0.7, 5, 200, false);

        /** Checks the numbers. */
        public Answers {
            Allowed.require(same > 0 && same <= 1, "answers.same", same, "above 0 and at most 1");
            Allowed.require(
                    alike >= -1 && alike <= same,
                    "answers.alike",
                    alike,
                    "at least -1 and at most answers.same");
            Allowed.within("answers.most", most, 1, 1_000_000);
            Allowed.require(after >= 0, "answers.after", after, "at least 0");
        }
    }

    /**
     * What numbers may be. Of a class of its own: a part's default that was asked for first would
     * otherwise find this class's default made without it.
     */
    private static final class Allowed {
        private Allowed() {}

        static void share(String field, double value) {
            require(value >= 0 && value <= 1, field, value, "between 0 and 1");
        }

        static void within(String field, long value, long least, long most) {
            require(
                    value >= least && value <= most,
                    field,
                    value,
                    "between " + least + " and " + most);
        }

        static void require(boolean holds, String field, Object value, String allowed) {
            if (!holds) {
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "creative-memory.%s: %s is not allowed; it must be %s",
                                field,
                                value,
                                allowed));
            }
        }
    }
}
