// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import java.util.List;

/**
 * What was found of cards.
 *
 * @param cards the cards
 * @param why the reason why there are none, in one line; empty if there are some
 */
public record Findings(List<Card> cards, String why) {
    static Findings of(List<Card> cards) {
        return new Findings(List.copyOf(cards), "");
    }

    static Findings none(String why) {
        return new Findings(List.of(), why);
    }

    /** Whether there is a card. */
    public boolean any() {
        return !cards.isEmpty();
    }
}
