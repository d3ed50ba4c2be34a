// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import java.util.List;

/**
 * What was found of cards.
 *
 * @param cards the cards
 * @param why the reason why there are none, in one line; empty if there are some
 */
public record FoundCards(List<Card> cards, String why) {
    static FoundCards of(List<Card> cards) {
        return new FoundCards(List.copyOf(cards), "");
    }

    static FoundCards none(String why) {
        return new FoundCards(List.of(), why);
    }

    /** Whether there is a card. */
    public boolean any() {
        return !cards.isEmpty();
    }
}
