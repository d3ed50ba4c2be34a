// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.ads.market;

import dev.kedge.operators.ads.creative.CreativeContent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.ListSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Uploads creatives again under new names, as advertisers do: as they were, with their text cut
 * short, or with part of it in other words and another order. A copy does as well as its original.
 */
final class Copyist {
    /** Originals are among so many that came last. */
    private static final int RECENT = 300;

    private static final double REWORDED = 0.4;
    private static final double RECOMPRESSED = 0.1;
    private static final double CROPPED = 0.5;

    private final double share;
    private final UniformRandomProvider random;
    private final ZigguratSampler.NormalizedGaussian gaussian;
    private final List<Creative> recent = new ArrayList<>();

    /** What becomes of a creative that is uploaded again. */
    private enum Way {
        AS_IT_WAS,
        CROPPED,
        REWORDED
    }

    Copyist(double share, UniformRandomProvider random) {
        this.share = share;
        this.random = random;
        this.gaussian = ZigguratSampler.NormalizedGaussian.of(random);
    }

    /**
     * Whether the next creative is a copy of one that came before; draws nothing without copies.
     */
    Optional<Creative> original() {
        if (share == 0 || recent.isEmpty() || random.nextDouble() >= share) {
            return Optional.empty();
        }
        return Optional.of(recent.get(random.nextInt(recent.size())));
    }

    void remember(Creative creative) {
        if (recent.size() == RECENT) {
            recent.remove(0);
        }
        recent.add(creative);
    }

    /** What a copy shows. */
    CreativeContent copy(CreativeContent seen) {
        Way way = Way.values()[random.nextInt(Way.values().length)];
        List<String> words = new ArrayList<>(List.of(seen.text().split(" ", -1)));
        return seen.withText(String.join(" ", text(words, way)))
                .withEmbedding(
                        image(seen.embedding(), way == Way.CROPPED ? CROPPED : RECOMPRESSED));
    }

    private List<String> text(List<String> words, Way way) {
        return switch (way) {
            case AS_IT_WAS -> words;
            case CROPPED -> words.subList(0, Math.max(2, words.size() * 3 / 5));
            case REWORDED -> reworded(words);
        };
    }

    private List<String> reworded(List<String> words) {
        words.replaceAll(word -> random.nextDouble() < REWORDED ? anyWord() : word);
        List<String> shuffled = new ArrayList<>(words);
        ListSampler.shuffle(random, shuffled);
        return Collections.unmodifiableList(shuffled);
    }

    private String anyWord() {
        return Taste.WORDS.get(random.nextInt(Taste.WORDS.size()));
    }

    private float[] image(float[] seen, double noise) {
        float[] image = new float[seen.length];
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) (seen[i] + noise * gaussian.sample());
        }
        return image;
    }
}
