// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.kedge.connectors.Samples;
import dev.kedge.connectors.TrackerSamples;
import dev.kedge.connectors.kafka.RawRecord;
import dev.kedge.operators.ads.creative.CreativeContent;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.ads.creative.IntervalStatistics;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Origin;
import dev.kedge.state.flink.RecordType;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StreamTypesTest {
    private static final Origin ORIGIN = new Origin("topic", 3, 1L << 40, -1);
    private static final byte[] BYTES = {1, 2, 3};
    private static final Command COMMAND =
            new Command(Command.Verb.RATE, Command.EVERY, "", 0.5, 0, Samples.AT);
    private static final long[] CLAIMED = {
        Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 256 << 20, 30_000_000, Long.MAX_VALUE
    };
    private static final long MUCH = 4 << 20;
    private static final RecursiveComparisonConfiguration BY_VALUE =
            RecursiveComparisonConfiguration.builder()
                    .withEqualsForType(StreamTypesTest::same, Double.class)
                    .withEqualsForType(StreamTypesTest::same, Float.class)
                    .build();

    static Stream<Arguments> values() {
        return Stream.of(
                        Stream.of(
                                Arguments.of(
                                        RawRecord.TYPE,
                                        new RawRecord(ORIGIN, new byte[0], BYTES, false)),
                                Arguments.of(
                                        StreamTypes.DEAD_LETTER,
                                        new DeadLetter(
                                                ORIGIN,
                                                BYTES,
                                                DeadLetter.Reason.LATE,
                                                Samples.LONG_TEXT)),
                                Arguments.of(
                                        StreamTypes.INCOMING_CREATIVE,
                                        new Incoming<CreativeEvent>(longLaunch(), ORIGIN, BYTES)),
                                Arguments.of(
                                        RawRecord.TYPE,
                                        new RawRecord(ORIGIN, BYTES, new byte[0], true)),
                                Arguments.of(
                                        StreamTypes.INCOMING_COMMAND,
                                        new Incoming<>(COMMAND, ORIGIN, BYTES)),
                                Arguments.of(
                                        StreamTypes.INCOMING_FRAME,
                                        new Incoming<>(TrackerSamples.ofFeatures(), ORIGIN, BYTES)),
                                Arguments.of(
                                        StreamTypes.INCOMING_FRAME,
                                        new Incoming<>(TrackerSamples.ofCrops(), ORIGIN, BYTES)),
                                Arguments.of(StreamTypes.TRACKER_SCORE, TrackerSamples.score()),
                                Arguments.of(StreamTypes.TRACKER_METRICS, TrackerSamples.metrics()),
                                Arguments.of(StreamTypes.CREATIVE_SCORE, Samples.score()),
                                Arguments.of(StreamTypes.CREATIVE_DUPLICATES, Samples.duplicates()),
                                Arguments.of(StreamTypes.MODEL_METRICS, Samples.metrics()),
                                Arguments.of(
                                        StreamTypes.CLASSIFIER_METRICS,
                                        Samples.classifierMetrics()),
                                Arguments.of(
                                        StreamTypes.CLASSIFIER_SCORE,
                                        Samples.classifierScore(Optional.of("dog"))),
                                Arguments.of(
                                        StreamTypes.CLASSIFIER_SCORE,
                                        Samples.classifierScore(Optional.empty()))),
                        Samples.classifierEvents().stream()
                                .map(
                                        event ->
                                                Arguments.of(
                                                        StreamTypes.INCOMING_CLASSIFIER,
                                                        new Incoming<>(event, ORIGIN, BYTES))),
                        Samples.events().stream()
                                .map(event -> Arguments.of(StreamTypes.CREATIVE_EVENT, event)))
                .flatMap(part -> part);
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void whatIsWrittenIsReadBack(RecordType<T> type, T value) throws IOException {
        DataInputDeserializer from = new DataInputDeserializer(written(type, value));

        assertThat(type.serializer().deserialize(from))
                .usingRecursiveComparison(BY_VALUE)
                .isEqualTo(value);
        assertThat(from.available()).isZero();
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void aCutRecordIsAnErrorAndNotAnotherValue(RecordType<T> type, T value) throws IOException {
        byte[] whole = written(type, value);
        TypeSerializer<T> serializer = type.serializer();

        for (int length = 0; length < Math.min(whole.length, 300); length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(cut)))
                    .isInstanceOf(IOException.class);
        }
    }

    /** Records carry no checksum of their own: a flipped bit may make another value, never none. */
    @ParameterizedTest
    @MethodSource("values")
    <T> void aFlippedBitIsAnErrorOfReadingOrAnotherValue(RecordType<T> type, T value)
            throws IOException {
        byte[] whole = written(type, value);
        TypeSerializer<T> serializer = type.serializer();
        // A record of 90 KB is read whole each time: every bit of a byte is met, in another byte.
        int step = whole.length > 10_000 ? 9 : 1;
        for (int bit = 0; bit < Math.min(whole.length, 300) * 8; bit += step) {
            byte[] bad = whole.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            DataInputDeserializer from = new DataInputDeserializer(bad);
            try {
                T other = serializer.deserialize(from);
                // Values of other bytes are others: only where they are the same is it worth a
                // look.
                if (from.available() == 0 && Arrays.equals(written(type, other), whole)) {
                    assertThat(other)
                            .as("bit %d", bit)
                            .usingRecursiveComparison(BY_VALUE)
                            .isNotEqualTo(value);
                }
            } catch (IOException e) {
                assertThat(e).as("bit %d", bit).isNotNull();
            }
        }
    }

    /** Lengths are of one to ten bytes: whatever stands there, it is compared with what follows. */
    @ParameterizedTest
    @MethodSource("values")
    <T> void noLengthInItTakesMoreMemoryThanItsBytesDeserve(RecordType<T> type, T value)
            throws IOException {
        byte[] whole = written(type, value);
        TypeSerializer<T> serializer = type.serializer();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int at = 0; at < Math.min(whole.length, 300); at++) {
            for (long claimed : CLAIMED) {
                DataInputDeserializer from =
                        new DataInputDeserializer(claiming(whole, at, claimed));
                long before = threads.getCurrentThreadAllocatedBytes();
                try {
                    serializer.deserialize(from);
                } catch (IOException e) {
                    assertThat(e).as("%d at %d", claimed, at).isNotNull();
                }
                assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                        .as("%d at %d", claimed, at)
                        .isLessThan(MUCH);
            }
        }
    }

    /** The same bytes with a length instead of the byte at a place. */
    private static byte[] claiming(byte[] whole, int at, long length) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(whole.length);
        out.write(whole, 0, at);
        Views.writeLong(length, out);
        out.write(whole, at + 1, whole.length - at - 1);
        return out.getCopyOfBuffer();
    }

    @Test
    void everyReasonOfADeadLetterComesBack() throws IOException {
        for (DeadLetter.Reason reason : DeadLetter.Reason.values()) {
            DeadLetter letter = new DeadLetter(ORIGIN, BYTES, reason, "zu spät");

            assertThat(
                            StreamTypes.DEAD_LETTER
                                    .serializer()
                                    .deserialize(
                                            new DataInputDeserializer(
                                                    written(StreamTypes.DEAD_LETTER, letter)))
                                    .reason())
                    .isEqualTo(reason);
        }
    }

    /** To the bit: a not-a-number is equal to itself and to no other. */
    private static boolean same(Double a, Double b) {
        return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
    }

    private static boolean same(Float a, Float b) {
        return Float.floatToRawIntBits(a) == Float.floatToRawIntBits(b);
    }

    @Test
    void aReportOfOneDayTakesLessThanFiftyBytes() throws IOException {
        CreativeEvent report =
                new IntervalStatistics("market-1", "market-1-42", Samples.AT, 3, 1500, 30, 2, 6.0);

        assertThat(written(StreamTypes.CREATIVE_EVENT, report)).hasSizeLessThan(50);
    }

    private static CreativeLaunched longLaunch() {
        return new CreativeLaunched(
                "m",
                "c",
                Samples.AT,
                CreativeContent.of(
                        "",
                        Samples.LONG_TEXT,
                        Map.of("a", "b"),
                        Map.of("n", -0.0),
                        new float[700]));
    }

    private static <T> byte[] written(RecordType<T> type, T value) throws IOException {
        DataOutputSerializer to = new DataOutputSerializer(64);
        type.serializer().serialize(value, to);
        return to.getCopyOfBuffer();
    }
}
