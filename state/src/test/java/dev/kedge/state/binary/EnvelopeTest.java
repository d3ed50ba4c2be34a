// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static byte[] sealed() {
        BinaryWriter out = new BinaryWriter(0);
        out.putInt(7);
        out.putUtf8("é");
        return Envelope.seal(Family.LEARNER, 1, out);
    }

    @Test
    void whatWasSealedIsReadBack() {
        BinaryReader in = Envelope.open(sealed(), Family.LEARNER, 1);

        assertThat(in.getInt()).isEqualTo(7);
        assertThat(in.getUtf8()).isEqualTo("é");
        in.requireEnd();
    }

    @Test
    void theHeaderIsThatOfVersionOne() {
        String hex = HexFormat.of().formatHex(sealed());

        assertThat(hex).startsWith("4b454447" + "0200" + "0100" + "0a000000");
    }

    @Test
    void theHeaderTellsFamilyAndVersionOfAnyFamily() {
        assertThat(Envelope.header(sealed())).isEqualTo(new Envelope.Header("LEARNER", 1));
        assertThat(Envelope.header(sealed()).is(Family.LEARNER)).isTrue();
        assertThat(Envelope.header(sealed()).is(Family.MODEL)).isFalse();
    }

    @Test
    void theHeaderOfDamagedBytesIsRefused() {
        byte[] bad = sealed();
        bad[bad.length - 1]++;

        assertThatThrownBy(() -> Envelope.header(bad))
                .isInstanceOf(DamagedSnapshotException.class)
                .hasMessageContaining("checksum is");
    }

    @Test
    void everySingleFlippedBitIsNoticed() {
        byte[] good = sealed();
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> Envelope.open(bad, Family.LEARNER, 1))
                    .as("bit %d", bit)
                    .isInstanceOf(DamagedSnapshotException.class);
        }
    }

    @Test
    void aTruncatedSnapshotIsRefusedWithTheReason() {
        byte[] good = sealed();

        assertThatThrownBy(
                        () ->
                                Envelope.open(
                                        Arrays.copyOf(good, good.length - 1), Family.LEARNER, 1))
                .isInstanceOf(DamagedSnapshotException.class)
                .hasMessageContaining("payload has 9 bytes, the header says 10");
    }

    @Test
    void anotherFamilyIsRefusedByName() {
        assertThatThrownBy(() -> Envelope.open(sealed(), Family.MODEL, 1))
                .isInstanceOf(DamagedSnapshotException.class)
                .hasMessage("family is LEARNER, wanted MODEL");
    }

    @Test
    void aNewerVersionIsRefused() {
        byte[] newer = Envelope.seal(Family.LEARNER, 9, new BinaryWriter(0));

        assertThatThrownBy(() -> Envelope.open(newer, Family.LEARNER, 1))
                .hasMessage("LEARNER version 9, this build reads 1 to 1");
    }

    @Test
    void aLengthThatLiesDoesNotAllocate() {
        BinaryWriter out = new BinaryWriter(0);
        out.putInt(Integer.MAX_VALUE);
        BinaryReader in = Envelope.open(Envelope.seal(Family.MODEL, 1, out), Family.MODEL, 1);

        assertThatThrownBy(in::getDoubles).isInstanceOf(DamagedSnapshotException.class);
    }

    @Test
    void bytesLeftOverAreRefused() {
        BinaryReader in = Envelope.open(sealed(), Family.LEARNER, 1);

        assertThatThrownBy(in::requireEnd).hasMessageContaining("10 bytes too many");
    }

    @Test
    void everyFamilyHasACodeOfItsOwn() {
        assertThat(Family.values()).extracting(Family::code).doesNotHaveDuplicates();
    }
}
