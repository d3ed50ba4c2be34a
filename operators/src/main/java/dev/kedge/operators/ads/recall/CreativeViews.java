// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.recall;

import dev.kedge.state.ads.LedgerEntry.Content;
import dev.kedge.state.random.RestorableRandom;
import java.util.Arrays;

/**
 * Views of a creative as a re-upload would show it: words left out and words of another creative
 * among them, categories left out, facts and the image's embedding under noise. Draws from the
 * model's generator alone.
 */
final class CreativeViews {
    private final RecallSettings.Views settings;

    CreativeViews(RecallSettings.Views settings) {
        this.settings = settings;
    }

    /**
     * Makes a view.
     *
     * @param seen the creative, left as it is
     * @param stranger another creative, some of whose words join; itself for none
     */
    Content next(Content seen, Content stranger, RestorableRandom random) {
        return new Content(
                seen.description(),
                tokens(seen.tokens(), stranger.tokens(), random),
                without(seen.categories(), settings.categories(), random),
                facts(seen.facts(), random),
                disturbed(seen.embedding(), random));
    }

    private int[] tokens(int[] own, int[] others, RestorableRandom random) {
        int[] kept = without(own, 2 * settings.text() * random.nextDouble(), random);
        int[] joined = Arrays.copyOf(kept, 2 * kept.length);
        int count = kept.length;
        for (int i = 0; i < kept.length; i++) {
            if (random.nextDouble() < settings.strange() && others.length > 0) {
                joined[count] = others[random.nextInt(others.length)];
                count++;
            }
        }
        return Arrays.copyOf(joined, count);
    }

    /** Leaves each out with a probability, but one of them never. */
    private static int[] without(int[] values, double share, RestorableRandom random) {
        if (values.length == 0) {
            return values;
        }
        int spared = random.nextInt(values.length);
        int[] kept = new int[values.length];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (random.nextDouble() >= share || i == spared) {
                kept[count] = values[i];
                count++;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /** Facts come in pairs: the value, and whether it is known. */
    private float[] facts(float[] seen, RestorableRandom random) {
        float[] facts = seen.clone();
        for (int i = 0; i + 1 < facts.length; i += 2) {
            boolean dropped = random.nextDouble() < settings.dropout();
            double added = settings.noise() * normal(random);
            if (dropped) {
                facts[i] = 0;
                facts[i + 1] = 0;
            } else if (facts[i + 1] != 0) {
                facts[i] += (float) added;
            }
        }
        return facts;
    }

    private float[] disturbed(float[] seen, RestorableRandom random) {
        double square = 0;
        for (float value : seen) {
            square += value * (double) value;
        }
        double deviation = settings.noise() * Math.sqrt(square / Math.max(1, seen.length));
        float[] values = new float[seen.length];
        for (int k = 0; k < values.length; k++) {
            boolean dropped = random.nextDouble() < settings.dropout();
            double added = deviation * normal(random);
            values[k] = dropped ? 0 : (float) (seen[k] + added);
        }
        return values;
    }

    /** Box and Muller's, one of the two. */
    private static double normal(RestorableRandom random) {
        double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        return radius * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
