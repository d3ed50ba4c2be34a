// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.simulator;

import java.util.List;

/** Harrell's concordance, pair by pair. */
public final class Concordance {
    private Concordance() {}

    public static double of(List<Life> lives) {
        double comparable = 0;
        double concordant = 0;
        for (Life early : lives) {
            for (Life later : lives) {
                if (early.stopped() && early.length() < later.length()) {
                    comparable++;
                    concordant += Math.signum(early.risk() - later.risk()) / 2 + 0.5;
                }
            }
        }
        return concordant / comparable;
    }

    /** How long a creative ran, whether it was seen to stop, and how likely that was. */
    public record Life(long length, boolean stopped, double risk) {}
}
