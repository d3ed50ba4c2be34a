// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.decisions;

import dev.kedge.state.settings.Matching;
import dev.kedge.state.settings.Meaning;

/** How decisions are taken on the page. */
public record DecisionSettings(
        @Meaning(
                        "Header in which a proxy before the page says who asks, `X-Forwarded-User` for example: decisions then have this name and no other, and without it none is taken. Name it only where nobody reaches the page past the proxy. Empty: people write their name themselves.")
                @Matching(value = "|[A-Za-z0-9-]{1,64}", allowed = "the name of a header, or empty")
                String personHeader) {
    /** People write their name themselves. */
    public static final DecisionSettings DEFAULT = new DecisionSettings("");
}
