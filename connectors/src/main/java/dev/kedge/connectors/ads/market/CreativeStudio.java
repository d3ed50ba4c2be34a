// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.ads.market;

import dev.kedge.operators.ads.creative.CreativeContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Makes up the creatives of one market. What they show tells most of how they will do. */
final class CreativeStudio {
    private static final int ADVERTISERS = 12;
    private static final int FEWEST_WORDS = 4;
    private static final int MORE_WORDS = 4;
    private static final double UNSEEN = 0.35;

    private final String model;
    private final int embeddingWidth;
    private final Taste taste;
    private final UniformRandomProvider random;
    private final ZigguratSampler.NormalizedGaussian gaussian;
    private final double[] advertisers = new double[ADVERTISERS];
    private final Copyist copyist;
    private int made;

    CreativeStudio(
            String model,
            int embeddingWidth,
            Taste taste,
            Copyist copyist,
            UniformRandomProvider random) {
        this.copyist = copyist;
        this.model = model;
        this.embeddingWidth = embeddingWidth;
        this.taste = taste;
        this.random = random;
        this.gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        for (int i = 0; i < ADVERTISERS; i++) {
            advertisers[i] = 0.5 * gaussian.sample();
        }
    }

    Creative next() {
        Creative next = copyist.original().map(this::copy).orElseGet(this::original);
        copyist.remember(next);
        return next;
    }

    private Creative copy(Creative seen) {
        String id = id();
        CreativeContent content = copyist.copy(seen.content());
        double quality = seen.quality();
        double stamina = seen.stamina();
        return new Creative(model, id, content, quality, stamina, reach(), seen.original());
    }

    private Creative original() {
        List<String> words = words();
        Map<String, String> categories = categories();
        int advertiser = random.nextInt(ADVERTISERS);
        double quality = advertisers[advertiser] + UNSEEN * gaussian.sample();
        double stamina = UNSEEN * gaussian.sample();
        double share = 1 / Math.sqrt(words.size() + categories.size());
        for (String token : tokens(words, categories)) {
            quality += share * taste.quality(token);
            stamina += share * taste.stamina(token);
        }
        CreativeContent content =
                CreativeContent.of(
                        model + "-advertiser-" + advertiser,
                        String.join(" ", words),
                        categories,
                        Map.of("words", (double) words.size()),
                        embedding(quality, stamina));
        String id = id();
        return new Creative(model, id, content, quality, stamina, reach(), id);
    }

    private String id() {
        made++;
        return model + "-" + made;
    }

    private double reach() {
        return 1500 * Math.exp(0.5 * gaussian.sample());
    }

    private List<String> words() {
        int count = FEWEST_WORDS + random.nextInt(MORE_WORDS);
        List<String> words = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            words.add(pick(Taste.WORDS));
        }
        return words;
    }

    private Map<String, String> categories() {
        Map<String, String> categories = new TreeMap<>();
        Taste.CATEGORIES.forEach((field, values) -> categories.put(field, pick(values)));
        return categories;
    }

    private static List<String> tokens(List<String> words, Map<String, String> categories) {
        List<String> tokens = new ArrayList<>(words);
        categories.forEach((field, value) -> tokens.add(Taste.token(field, value)));
        return tokens;
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Directions of quality and stamina, alternating, under noise. */
    private float[] embedding(double quality, double stamina) {
        float[] embedding = new float[embeddingWidth];
        for (int i = 0; i < embeddingWidth; i++) {
            double signal = i % 2 == 0 ? quality : stamina;
            embedding[i] = (float) (0.5 * signal + gaussian.sample());
        }
        return embedding;
    }
}
