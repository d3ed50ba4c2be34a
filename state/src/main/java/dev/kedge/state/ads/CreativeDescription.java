// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.record.OmittedIfEmpty;
import dev.kedge.state.record.Since;

/**
 * What people know a creative by. It comes with the launch, is kept with the creative, and leaves
 * with each score.
 *
 * @param advertiser who pays
 * @param text the creative's text, shortened
 * @param currency ISO 4217 code of the money that it costs, or the empty string
 */
@PublicApi
public record CreativeDescription(
        String advertiser, String text, @OmittedIfEmpty @Since(3) String currency) {
    /** Of a creative that nobody has to know. */
    public static final CreativeDescription NONE = new CreativeDescription("", "", "");

    /** The same without the text. */
    public CreativeDescription withoutText() {
        return new CreativeDescription(advertiser, "", currency);
    }
}
