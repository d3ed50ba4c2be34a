// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Family;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every stored format: its golden file, and what damage to it leads to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StoredFormatContract {
    /** The formats, of which each has a golden file. */
    protected abstract Stream<StoredFormat> formats();

    @ParameterizedTest
    @MethodSource("formats")
    void theGoldenFileIsReadAsTheValuesThatWereWritten(StoredFormat format) {
        assertThat(format.read().apply(format.golden())).isEqualTo(format.values());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void theValuesAreWrittenAsTheBytesOfTheGoldenFile(StoredFormat format) {
        assertThat(format.write().get()).asHexString().isEqualTo(hex(format.golden()));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void cutShortAnywhereItIsRefusedWithTheNumberOfBytes(StoredFormat format) {
        byte[] whole = format.golden();
        for (int length = 0; length < whole.length; length++) {
            String reason = length < 16 ? "truncated: " + length : "payload has " + (length - 16);
            refused(format, Arrays.copyOf(whole, length), reason + " bytes");
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aFlippedBitAnywhereIsRefusedAndNamed(StoredFormat format) {
        byte[] whole = format.golden();
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] bad = whole.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            refused(format, bad, wordsFor(bit / 8));
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void anotherFamilyIsRefusedByItsName(StoredFormat format) {
        boolean model = format.family() == Family.MODEL;
        refused(
                format,
                new SealedBytes(format.golden()).withFamily(model ? 3 : 4),
                "family is " + (model ? "LEDGER_ENTRY" : "MODEL") + ", wanted " + format.family());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aVersionThatThisBuildDoesNotKnowIsRefusedByItsNumber(StoredFormat format) {
        int next = format.version() + 1;
        refused(
                format,
                new SealedBytes(format.golden()).withVersion(next),
                "%s version %d, this build reads 1 to %d"
                        .formatted(format.family(), next, format.version()));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aPayloadOfTheWrongLengthIsRefusedEvenUnderARightChecksum(StoredFormat format) {
        SealedBytes whole = new SealedBytes(format.golden());
        for (int length = 0; length < whole.payload(); length++) {
            refused(format, whole.withPayloadOf(length), "bytes where");
        }
        refused(format, whole.withPayloadOf(whole.payload() + 1), "1 bytes too many at the end");
    }

    private static void refused(StoredFormat format, byte[] bytes, String words) {
        assertThatThrownBy(() -> format.read().apply(bytes))
                .isInstanceOf(DamagedSnapshotException.class)
                .hasMessageContaining(words);
    }

    private static String wordsFor(int damagedByte) {
        if (damagedByte < 4) {
            return "not a Kedge snapshot: magic";
        }
        return damagedByte >= 8 && damagedByte < 12 ? "the header says" : "checksum is";
    }

    /** Bytes as a golden file has them. */
    protected static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }
}
