// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A machine that has cards, or so it looks, and that tells which of them are taken. */
public final class StubCards {
    private final List<Integer> taken = new ArrayList<>();
    private final DeviceChoice choice;

    /**
     * A machine.
     *
     * @param folder an empty one
     */
    public StubCards(Path folder, int count) throws IOException {
        List<Card> cards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cards.add(new Card(i, "NVIDIA A10", 8, 6));
        }
        FoundCards found = FoundCards.of(cards);
        CardCheck check = new CardCheck(CardCheckTest.withBackend(folder), () -> found);
        choice =
                new DeviceChoice(
                        check,
                        new DeviceChoice.Loading() {
                            @Override
                            public Backend take(Backend wanted) {
                                return wanted;
                            }

                            @Override
                            public void loadCudaNatives() {
                                // There are none.
                            }

                            @Override
                            public void use(Card card) {
                                taken.add(card.index());
                            }
                        });
    }

    /** The choice among them. */
    public DeviceChoice choice() {
        return choice;
    }

    /** Indices of the cards that were taken, in order. */
    public List<Integer> taken() {
        return taken;
    }
}
