// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import java.util.Arrays;

/**
 * Sparse inputs of the linear expert: hashed ids and their values. The first ones have a weight in
 * each age group beside the one that they share; the text, which comes last, has only that. Scratch
 * space of one task, refilled for every creative.
 */
final class LinearInputs {
    private static final int ADVERTISER = 1;
    private static final int CATEGORY = 2;
    private static final int CROSS = 3;
    private static final int NUMBER = 4;
    private static final int TOKEN = 5;
    private static final int CAMPAIGN = 6;

    private int[] ids = new int[256];
    private double[] values = new double[256];
    private int count;
    private int aged;

    /**
     * Begins anew with categories, the advertiser and the campaign, and crosses of advertiser and
     * categories.
     *
     * @param categories rows of the category table, the advertiser's first if there is one
     * @param key whose creative it is; without an advertiser there are no crosses
     */
    void begin(int[] categories, EffectTable.Key key) {
        count = 0;
        boolean known = key.advertiser() != 0 && categories.length > 0;
        int advertiser = folded(key.advertiser());
        if (known) {
            add(mixed(ADVERTISER, advertiser), 1);
            add(mixed(CAMPAIGN, folded(key.campaign())), 1);
        }
        for (int i = known ? 1 : 0; i < categories.length; i++) {
            add(mixed(CATEGORY, categories[i]), 1);
            if (known) {
                add(mixed(mixed(CROSS, advertiser), categories[i]), 1);
            }
        }
        aged = count;
    }

    private static int folded(long hash) {
        return (int) (hash ^ hash >>> 32);
    }

    /** Adds a standardised number. */
    void number(int index, double value) {
        if (value != 0) {
            add(mixed(NUMBER, index), value);
        }
        aged = count;
    }

    /** Adds the text, all words together as long as one category. */
    void text(int[] tokens) {
        double value = 1 / Math.sqrt(Math.max(1, tokens.length));
        for (int token : tokens) {
            add(mixed(TOKEN, token), value);
        }
    }

    private void add(int id, double value) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        ids[count] = id;
        values[count++] = value;
    }

    int count() {
        return count;
    }

    /** The first so many have weights by age. */
    int aged() {
        return aged;
    }

    int id(int index) {
        return ids[index];
    }

    double value(int index) {
        return values[index];
    }

    /** Mixes two numbers well (the finaliser of MurmurHash3). */
    static int mixed(int one, int other) {
        int x = one * 0x9E3779B1 + other;
        x = (x ^ x >>> 16) * 0x85EBCA6B;
        x = (x ^ x >>> 13) * 0xC2B2AE35;
        return x ^ x >>> 16;
    }
}
