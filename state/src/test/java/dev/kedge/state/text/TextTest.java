// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void aTextThatIsShortEnoughIsNotCut() {
        assertThat(Text.cut("anchor", 6)).isEqualTo("anchor");
        assertThat(Text.cut("", 6)).isEmpty();
    }

    @Test
    void aLongerOneIsCut() {
        assertThat(Text.cut("anchors", 6)).isEqualTo("anchor");
    }

    @Test
    void noCharacterIsCutInHalf() {
        assertThat(Text.cut("ab\ud83d\ude00c", 3)).isEqualTo("ab");
        assertThat(Text.cut("ab\ud83d\ude00c", 4)).isEqualTo("ab\ud83d\ude00");
    }
}
