// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.SplittableRandom;
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

    @Test
    void decimalsAreThoseOfTheFormatter() {
        SplittableRandom random = new SplittableRandom(11);
        for (int n = 0; n < 20_000; n++) {
            double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-4, 12));
            for (int digits = 0; digits <= 3; digits++) {
                assertThat(Text.decimal(value, digits)).isEqualTo(formatted(value, digits));
            }
        }
    }

    @Test
    void soAreThoseAtTheEdge() {
        double[] edge = {0, -0.0, 0.5, -0.5, 1.5, 0.25, 999.9999, 1e12, 1e300, -1e13};
        for (double value : edge) {
            assertThat(Text.decimal(value, 1)).isEqualTo(formatted(value, 1));
            assertThat(Text.decimal(value, 0)).isEqualTo(formatted(value, 0));
        }
        assertThat(Text.decimal(Double.NaN, 2)).isEqualTo("NaN");
        assertThat(Text.decimal(Double.POSITIVE_INFINITY, 2)).isEqualTo("Infinity");
    }

    @Test
    void digitsAreGroupedAsTheFormatterDoes() {
        long[] wholes = {0, 7, -7, 999, 1_000, -999, -1_000, 123_456, 1_234_567};
        for (long whole : wholes) {
            assertThat(Text.grouped(whole)).isEqualTo(String.format(Locale.ROOT, "%,d", whole));
        }
        assertThat(Text.grouped(Long.MIN_VALUE)).isEqualTo("-9,223,372,036,854,775,808");
        assertThat(Text.grouped(Long.MAX_VALUE)).isEqualTo("9,223,372,036,854,775,807");
    }

    private static String formatted(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
