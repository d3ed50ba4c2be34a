// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.ads.market;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * What the people of one market like and what tires them: a weight for each word and category. Most
 * of it is shared by all markets, the rest is the market's own.
 */
final class Taste {
    static final List<String> WORDS =
            List.of(
                    ("free now save today new exclusive discover last chance offer "
                                    + "summer style fresh simple secure fast local premium limited trusted "
                                    + "winner click here amazing miracle secret guide learn join family "
                                    + "travel home garden music game sport coffee phone shoes insurance")
                            .split(" "));

    static final Map<String, List<String>> CATEGORIES = categories();

    private static final double SHARED = 0.85;
    private static final double OWN = 0.5;

    private final Map<String, Double> quality = new LinkedHashMap<>();
    private final Map<String, Double> stamina = new LinkedHashMap<>();

    /** Draws a taste; {@code shared} must start alike for all markets. */
    Taste(UniformRandomProvider shared, UniformRandomProvider own) {
        draw(quality, shared, own);
        draw(stamina, shared, own);
    }

    /** How much a word or category adds to a creative's quality. */
    double quality(String token) {
        return quality.getOrDefault(token, 0.0);
    }

    /** How much a word or category adds to how long people bear to see a creative. */
    double stamina(String token) {
        return stamina.getOrDefault(token, 0.0);
    }

    static String token(String field, String value) {
        return field + "=" + value;
    }

    private static void draw(
            Map<String, Double> weights, UniformRandomProvider shared, UniformRandomProvider own) {
        ZigguratSampler.NormalizedGaussian common = ZigguratSampler.NormalizedGaussian.of(shared);
        ZigguratSampler.NormalizedGaussian local = ZigguratSampler.NormalizedGaussian.of(own);
        for (String word : WORDS) {
            weights.put(word, SHARED * common.sample() + OWN * local.sample());
        }
        CATEGORIES.forEach(
                (field, values) ->
                        values.forEach(
                                value ->
                                        weights.put(
                                                token(field, value),
                                                SHARED * common.sample() + OWN * local.sample())));
    }

    private static Map<String, List<String>> categories() {
        Map<String, List<String>> categories = new LinkedHashMap<>();
        categories.put("format", List.of("image", "video", "carousel", "story"));
        categories.put("vertical", List.of("retail", "finance", "travel", "gaming", "health"));
        categories.put("audience", List.of("young", "parents", "students", "seniors"));
        return categories;
    }
}
