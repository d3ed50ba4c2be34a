// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.DiscontinuationSettings.Features;
import dev.kedge.operators.ads.hazards.PersonPeriodBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * A group of inputs that can be hidden, to see what it contributes: numbers are put at their mean,
 * bags are emptied.
 *
 * @param label its name in scores
 * @param hider hides it in a row of a batch
 * @param past whether it is the advertiser's past, which simple methods know by themselves
 */
record HiddenInputs(String label, Hider hider, boolean past) {
    private HiddenInputs(String label, Hider hider) {
        this(label, hider, false);
    }

    /** Hides inputs. */
    interface Hider {
        void hide(PersonPeriodBatch batch, int row);
    }

    /** All groups that are read, in the order of their rows. */
    static List<HiddenInputs> of(Features settings, CreativeFeatures features) {
        List<HiddenInputs> groups = new ArrayList<>();
        if (settings.text()) {
            groups.add(new HiddenInputs("text", PersonPeriodBatch::hideTokens));
        }
        if (settings.categories()) {
            groups.add(new HiddenInputs("categories", PersonPeriodBatch::hideCategories));
        }
        if (settings.embedding() > 0) {
            groups.add(new HiddenInputs("embedding", PersonPeriodBatch::hideEmbedding));
        }
        for (CreativeFeatures.Group group : CreativeFeatures.Group.values()) {
            if (settings.delivery() || group == CreativeFeatures.Group.TIMING) {
                groups.add(numbers(group.label(), group.from(), group.count()));
            }
        }
        int facts = features.pastFrom() - features.factsFrom();
        if (facts > 0) {
            groups.add(numbers("facts", features.factsFrom(), facts));
        }
        int past = features.width() - features.pastFrom();
        if (past > 0) {
            HiddenInputs numbers = numbers("advertiser's past", features.pastFrom(), past);
            groups.add(new HiddenInputs(numbers.label(), numbers.hider(), true));
        }
        return List.copyOf(groups);
    }

    private static HiddenInputs numbers(String label, int from, int count) {
        Hider hider =
                (batch, row) -> {
                    for (int i = from; i < from + count; i++) {
                        batch.number(row, i, 0);
                    }
                };
        return new HiddenInputs(label, hider);
    }
}
