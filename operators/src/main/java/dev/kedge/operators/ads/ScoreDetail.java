// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Meaning;
import java.io.Serializable;
import java.util.Locale;

/**
 * What scores carry beside the probabilities and the advice. What no score carries is not worked
 * out either.
 */
@PublicApi
public record ScoreDetail(
        @Meaning(
                        "Which scores carry the curves `cuts`, `hazard` and `survival`: `always` all; `changes` those of a launch, of a re-activation, of an end, and those whose advice is another one than before; `never` none. A score without them has no projected stop on the page.")
                Extent curves,
        @Meaning(
                        "Which scores carry the 95 % band of the curve, `lower` and `upper`; no more of them than carry the curves.")
                Extent band,
        @Meaning(
                        "Which scores carry `contributions`, and name the largest of them in `reason`. Working them out takes one more pass of the encoder for each group of inputs.")
                Extent contributions)
        implements Serializable {
    /** All scores carry all. */
    public static final ScoreDetail DEFAULT =
            new ScoreDetail(Extent.ALWAYS, Extent.ALWAYS, Extent.ALWAYS);

    /** Which scores carry something. */
    public enum Extent {
        /** All of them. */
        ALWAYS,
        /**
         * Those that bring news: a launch, a re-activation, an end, or other advice than before.
         */
        CHANGES,
        /** None. */
        NEVER;

        /** Whether a score carries it. */
        boolean among(boolean news) {
            return this == ALWAYS || (this == CHANGES && news);
        }
    }

    /** Checks that no band lacks its curve. */
    public ScoreDetail {
        String most = curves.name().toLowerCase(Locale.ROOT);
        boolean fits = band.compareTo(curves) >= 0;
        Checks.require(fits, "band", band, "no more scores than have curves (" + most + ")");
    }
}
