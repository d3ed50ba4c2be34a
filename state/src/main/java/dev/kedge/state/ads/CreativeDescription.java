// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

/**
 * What people know a creative by. It comes with the launch, is kept with the creative, and leaves
 * with each score.
 *
 * @param advertiser who pays
 * @param text the creative's text, shortened
 */
public record CreativeDescription(String advertiser, String text) {
    /** Of a creative that nobody has to know. */
    public static final CreativeDescription NONE = new CreativeDescription("", "");

    /** The same without the text. */
    public CreativeDescription withoutText() {
        return new CreativeDescription(advertiser, "");
    }
}
