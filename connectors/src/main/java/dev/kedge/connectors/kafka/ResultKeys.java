// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.tracker.TrackerScore;

/**
 * Keys of what jobs say, with bars between their parts: the last record of a key is the newest word
 * on what it names, and what is sent again after a failure has the key that it had. Metrics are
 * keyed by model alone.
 */
public final class ResultKeys {
    private ResultKeys() {}

    /** Model, creative and spell: that life of the creative. */
    public static String of(CreativeScore score) {
        return between(score.model(), score.creative()) + "|" + score.spell();
    }

    /** Model and creative. */
    public static String of(CreativeDuplicates duplicates) {
        return of(duplicates.model(), duplicates.creative());
    }

    /** Model and creative, whatever is said of them. */
    public static String of(String model, String creative) {
        return between(model, creative);
    }

    /** Model and sample. */
    public static String of(ClassifierScore score) {
        return between(score.model(), score.id());
    }

    /** Model, stream and frame. */
    public static String of(TrackerScore score) {
        return between(score.model(), score.stream()) + "|" + score.frame();
    }

    private static String between(String first, String second) {
        return escaped(first) + "|" + escaped(second);
    }

    /** Keeps a bar within an id apart from the bars between. */
    private static String escaped(String id) {
        return id.replace("\\", "\\\\").replace("|", "\\|");
    }
}
