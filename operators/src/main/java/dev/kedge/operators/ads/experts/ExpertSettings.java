// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.io.Serializable;

/** Simple methods beside the net, and how all of them are mixed. */
@PublicApi
public record ExpertSettings(
        @Meaning(
                        "Whether simple methods learn along inside the model, and their hazards are mixed with the net's by how well each has foretold. A model that began without them goes on without them.")
                boolean enabled,
        @Meaning(
                        "Share of the weight that is dealt out anew among all of them after each outcome, so that one that became good is heard at once; 0 to 0.5. Above 0 a few hundred creatives that are stopped together turn the weights over.")
                @Range(min = 0, max = 0.5)
                double share,
        @Meaning("Learning rate of the linear one; above 0, at most 10.")
                @Range(above = 0, max = 10)
                double rate,
        @Meaning("Weights of the linear one, into which its inputs are hashed; 1 to 4,194,304.")
                @Range(min = 1, max = 1 << 22)
                int weights)
        implements Serializable {
    /** With nothing dealt out anew and 32,768 weights. */
    public static final ExpertSettings DEFAULT = new ExpertSettings(true, 0, 0.02, 1 << 15);
}
