// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A look at the cards of this machine, by Kedge itself and before ND4J is loaded: ND4J would take
 * any card, and fail at its first kernel on one that it has no code for.
 */
public final class CardCheck {
    private static final String NO_BACKEND =
            "ND4J's CUDA backend is not on the class path; build with -Pcuda";

    private final ClassLoader classes;
    private final Supplier<FoundCards> driver;

    CardCheck(ClassLoader classes, Supplier<FoundCards> driver) {
        this.classes = classes;
        this.driver = driver;
    }

    /** Of this machine. */
    public static CardCheck ofThisMachine() {
        CudaDriver driver = CudaDriver.ofThisMachine();
        return new CardCheck(Nd4jLoading.classes(), driver::cards);
    }

    /** Whether the class path lets a card be used at all. */
    boolean hasBackend() {
        return Backend.CUDA.isIn(classes);
    }

    /** The cards that ND4J's CUDA backend can use, or why there are none. */
    public FoundCards usable() {
        if (!hasBackend()) {
            return FoundCards.none(NO_BACKEND);
        }
        FoundCards found = driver.get();
        List<Card> usable = new ArrayList<>(found.cards());
        usable.removeIf(card -> !card.isUsable());
        return usable.isEmpty() && found.any()
                ? FoundCards.none(found.cards().get(0).shortcoming())
                : new FoundCards(usable, found.why());
    }
}
