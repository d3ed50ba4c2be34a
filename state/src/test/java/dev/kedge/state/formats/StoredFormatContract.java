// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Family;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every stored format: its golden file, and what damage to it leads to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StoredFormatContract {
    private static final int[] CLAIMED = {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1 << 28};
    private static final long MUCH = 1 << 20;
    private static final List<String> READERS = List.of("fromBytes", "read", "restore", "restored");

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
        byte[] newer = new SealedBytes(format.golden()).withVersion(next);
        refused(format, newer, format.family() + " version " + next + ", this build reads ");
        refused(format, newer, " to " + format.version());
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

    /** Wherever a length stands, and whatever it claims, it is compared with what is there. */
    @ParameterizedTest
    @MethodSource("formats")
    void noNumberInItTakesMoreMemoryThanItsBytesDeserveEvenUnderARightChecksum(
            StoredFormat format) {
        SealedBytes whole = new SealedBytes(format.golden());
        long needed = allocated(format, whole.bytes()) + MUCH;
        for (int at = 0; at + Integer.BYTES <= whole.payload(); at++) {
            for (int claimed : CLAIMED) {
                assertThat(allocated(format, whole.withWord(at, claimed)))
                        .as("%d at %d", claimed, at)
                        .isLessThan(needed);
            }
        }
    }

    /** How much memory a reader took, which may refuse in one line. */
    private static long allocated(StoredFormat format, byte[] bytes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            assertThat(format.read().apply(bytes)).isNotNull();
        } catch (DamagedSnapshotException | IncompatibleLayoutException e) {
            assertThat(e.getMessage()).isNotBlank().hasLineCount(1);
        } catch (RuntimeException e) {
            // What was read may be another value, which then does not do what the test asks of it.
            assertThat(e.getStackTrace())
                    .as("what refuses: %s", e)
                    .extracting(StackTraceElement::getMethodName)
                    .doesNotContainAnyElementsOf(READERS);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
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
