// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.kedge.connectors.Samples;
import dev.kedge.connectors.TrackerSamples;
import dev.kedge.connectors.kafka.RawRecord;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.creative.CreativeEvent;
import dev.kedge.operators.creative.CreativeScore;
import dev.kedge.operators.creative.ModelMetrics;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.state.flink.BinaryTypeInfo;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A golden file for each type that Flink keeps: the serializer as a savepoint names it, then the
 * values. A renamed codec, a moved field or another number of bytes makes old savepoints useless,
 * and these tests fail.
 */
class StoredFormatsTest {
    private static final Origin ORIGIN = new Origin("topic", 3, 1L << 40, -1);
    private static final byte[] BYTES = {1, 2, 3};
    private static final long[] CLAIMED = {
        Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 256 << 20, 30_000_000, Long.MAX_VALUE
    };
    private static final long MUCH = 4 << 20;
    private static final RecursiveComparisonConfiguration BY_VALUE =
            RecursiveComparisonConfiguration.builder()
                    .withEqualsForType(StoredFormatsTest::same, Double.class)
                    .withEqualsForType(StoredFormatsTest::same, Float.class)
                    .build();

    private record Format<T>(
            String name, int version, BinaryTypeInfo<T> type, List<? extends T> values) {
        Format(String name, BinaryTypeInfo<T> type, List<? extends T> values) {
            this(name, 1, type, values);
        }

        byte[] golden() throws IOException {
            String file = "/golden/formats/" + name + "-v" + version + ".hex";
            try (InputStream in = StoredFormatsTest.class.getResourceAsStream(file)) {
                assertThat(in).as(file).isNotNull();
                String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
                return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
            }
        }

        DataInputDeserializer goldenValues() throws IOException {
            DataInputDeserializer from = new DataInputDeserializer(golden());
            stored(from);
            return from;
        }

        TypeSerializer<T> stored(DataInputDeserializer from) throws IOException {
            return TypeSerializerSnapshot.<T>readVersionedSnapshot(
                            from, StoredFormatsTest.class.getClassLoader())
                    .restoreSerializer();
        }

        byte[] written() throws IOException {
            DataOutputSerializer to = new DataOutputSerializer(64);
            TypeSerializerSnapshot.writeVersionedSnapshot(
                    to, type.serializer().snapshotConfiguration());
            for (T value : values) {
                type.serializer().serialize(value, to);
            }
            return to.getCopyOfBuffer();
        }

        byte[] firstValue() throws IOException {
            DataOutputSerializer to = new DataOutputSerializer(64);
            type.serializer().serialize(values.get(0), to);
            return to.getCopyOfBuffer();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Format<?>> formats() {
        return Stream.of(
                new Format<>("creative-event", StreamTypes.CREATIVE_EVENT, Samples.events()),
                new Format<>(
                        "incoming-creative",
                        StreamTypes.INCOMING_CREATIVE,
                        List.of(new Incoming<CreativeEvent>(Samples.launched(), ORIGIN, BYTES))),
                new Format<>(
                        "dead-letter",
                        StreamTypes.DEAD_LETTER,
                        EnumSet.range(DeadLetter.Reason.UNREADABLE, DeadLetter.Reason.OVER_CAPACITY)
                                .stream()
                                .map(reason -> new DeadLetter(ORIGIN, BYTES, reason, "zu spät"))
                                .toList()),
                new Format<>(
                        "creative-score", 2, StreamTypes.CREATIVE_SCORE, List.of(Samples.score())),
                new Format<>(
                        "model-metrics", 3, StreamTypes.MODEL_METRICS, List.of(Samples.metrics())),
                new Format<>(
                        "incoming-classifier",
                        StreamTypes.INCOMING_CLASSIFIER,
                        Samples.classifierEvents().stream()
                                .map(event -> new Incoming<>(event, ORIGIN, BYTES))
                                .toList()),
                new Format<>(
                        "classifier-score",
                        StreamTypes.CLASSIFIER_SCORE,
                        List.of(
                                Samples.classifierScore(Optional.of("dog")),
                                Samples.classifierScore(Optional.empty()))),
                new Format<>(
                        "classifier-metrics",
                        2,
                        StreamTypes.CLASSIFIER_METRICS,
                        List.of(Samples.classifierMetrics())),
                new Format<>(
                        "incoming-frame",
                        StreamTypes.INCOMING_FRAME,
                        List.of(
                                new Incoming<>(TrackerSamples.ofFeatures(), ORIGIN, BYTES),
                                new Incoming<>(TrackerSamples.ofCrops(), ORIGIN, BYTES))),
                new Format<>(
                        "tracker-score",
                        StreamTypes.TRACKER_SCORE,
                        List.of(TrackerSamples.score())),
                new Format<>(
                        "tracker-metrics",
                        2,
                        StreamTypes.TRACKER_METRICS,
                        List.of(TrackerSamples.metrics())),
                new Format<>(
                        "raw-record",
                        RawRecord.TYPE,
                        List.of(
                                new RawRecord(ORIGIN, BYTES, new byte[0], true),
                                new RawRecord(ORIGIN, new byte[0], BYTES, false))));
    }

    @ParameterizedTest
    @MethodSource("formats")
    <T> void theGoldenFileIsReadAsTheValuesThatWereWritten(Format<T> format) throws IOException {
        DataInputDeserializer from = new DataInputDeserializer(format.golden());
        TypeSerializer<T> serializer = format.stored(from);
        for (T value : format.values()) {
            assertThat(serializer.deserialize(from))
                    .usingRecursiveComparison(BY_VALUE)
                    .isEqualTo(value);
        }
        assertThat(from.available()).isZero();
    }

    @Test
    void aScoreOfTheFirstVersionHasNoBandAndNoMoney() throws IOException {
        CreativeScore score =
                first(
                        new Format<>(
                                "creative-score",
                                StreamTypes.CREATIVE_SCORE,
                                List.of(Samples.score())));

        assertThat(score.reason()).isEqualTo("because");
        assertThat(score.upper()).isEqualTo(score.survival());
        assertThat(score.horizons().get(0)).isEqualTo(new CreativeScore.Horizon(7, 0.25, 0.25));
        assertThat(score.causes()).isEmpty();
        assertThat(score.expectedWaste()).isNaN();
        assertThat(score.modelVersion()).isEqualTo(42);
    }

    @Test
    void metricsOfTheFirstVersionHaveNoCalibrationAndNoDecisions() throws IOException {
        ModelMetrics metrics =
                first(
                        new Format<>(
                                "model-metrics",
                                StreamTypes.MODEL_METRICS,
                                List.of(Samples.metrics())));

        assertThat(metrics.deadLetters()).isEqualTo(1);
        assertThat(metrics.embeddingRank()).isNaN();
        assertThat(metrics.calibration()).isEmpty();
        assertThat(metrics.decisions()).isEqualTo(ModelMetrics.Decisions.NONE);
    }

    @Test
    void metricsOfEarlierVersionsKnowOfNoRefusedSteps() throws IOException {
        ModelMetrics second =
                first(
                        new Format<>(
                                "model-metrics",
                                2,
                                StreamTypes.MODEL_METRICS,
                                List.of(Samples.metrics())));
        ClassifierMetrics classifier =
                first(
                        new Format<>(
                                "classifier-metrics",
                                StreamTypes.CLASSIFIER_METRICS,
                                List.of(Samples.classifierMetrics())));
        TrackerMetrics tracker =
                first(
                        new Format<>(
                                "tracker-metrics",
                                StreamTypes.TRACKER_METRICS,
                                List.of(TrackerSamples.metrics())));

        assertThat(second.decisions()).isEqualTo(Samples.metrics().decisions());
        assertThat(second.stepsRefused()).isZero();
        assertThat(classifier.classes()).hasSize(2);
        assertThat(classifier.stepsRefused()).isZero();
        assertThat(tracker.loss()).isEqualTo(2.5);
        assertThat(tracker.stepsRefused()).isZero();
    }

    private static <T> T first(Format<T> format) throws IOException {
        DataInputDeserializer from = new DataInputDeserializer(format.golden());
        T value = format.stored(from).deserialize(from);
        assertThat(from.available()).isZero();
        return value;
    }

    @ParameterizedTest
    @MethodSource("formats")
    void theValuesAreWrittenAsTheBytesOfTheGoldenFile(Format<?> format) throws IOException {
        String golden = HexFormat.of().withUpperCase().formatHex(format.golden());

        assertThat(format.written()).asHexString().isEqualTo(golden);
    }

    @ParameterizedTest
    @MethodSource("formats")
    <T> void cutShortAnywhereItIsAnErrorOfReading(Format<T> format) throws IOException {
        byte[] whole = format.golden();
        for (int length = 0; length < whole.length; length++) {
            DataInputDeserializer cut = new DataInputDeserializer(Arrays.copyOf(whole, length));
            assertThatThrownBy(
                            () -> {
                                TypeSerializer<T> serializer = format.stored(cut);
                                for (T ignored : format.values()) {
                                    serializer.deserialize(cut);
                                }
                            })
                    .as("%d bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }

    /** Records carry no checksum of their own: a flipped bit may make another value, never none. */
    @ParameterizedTest
    @MethodSource("formats")
    <T> void aFlippedBitIsAnErrorOfReadingOrAnotherValue(Format<T> format) throws IOException {
        byte[] whole = format.firstValue();
        TypeSerializer<T> serializer = format.type().serializer();
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] bad = whole.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            DataInputDeserializer from = new DataInputDeserializer(bad);
            try {
                T other = serializer.deserialize(from);
                if (from.available() == 0) {
                    assertThat(other)
                            .as("bit %d", bit)
                            .usingRecursiveComparison(BY_VALUE)
                            .isNotEqualTo(format.values().get(0));
                }
            } catch (IOException e) {
                assertThat(e).as("bit %d", bit).isNotNull();
            }
        }
    }

    /** Lengths are of one to ten bytes: whatever stands there, it is compared with what follows. */
    @ParameterizedTest
    @MethodSource("formats")
    <T> void noLengthInItTakesMoreMemoryThanItsBytesDeserve(Format<T> format) throws IOException {
        byte[] whole = format.firstValue();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int at = 0; at < whole.length; at++) {
            for (long claimed : CLAIMED) {
                DataInputDeserializer from =
                        new DataInputDeserializer(claiming(whole, at, claimed));
                long before = threads.getCurrentThreadAllocatedBytes();
                try {
                    format.type().serializer().deserialize(from);
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

    @ParameterizedTest
    @MethodSource("formats")
    <T> void aVersionThatThisBuildDoesNotKnowIsRefusedByItsNumber(Format<T> format)
            throws IOException {
        byte[] newer = format.golden();
        int versionEnds = newer.length - format.goldenValues().available();
        newer[versionEnds - 1] = (byte) (format.version() + 1);
        DataInputDeserializer from = new DataInputDeserializer(newer);
        TypeSerializer<T> serializer = format.stored(from);

        assertThatThrownBy(() -> serializer.deserialize(from))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "does not read version %d any more".formatted(format.version() + 1));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aSavepointOfAnotherTypeIsIncompatible(Format<?> format) {
        BinaryTypeInfo<?> other =
                format.type().equals(RawRecord.TYPE) ? StreamTypes.DEAD_LETTER : RawRecord.TYPE;

        assertThat(compatible(format.type(), format.type())).isTrue();
        assertThat(compatible(format.type(), other)).isFalse();
    }

    @Test
    void aCodecThatThisBuildDoesNotHaveIsRefusedByItsName() throws IOException {
        byte[] bytes = formats().findFirst().orElseThrow().golden();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        byte[] renamed =
                text.replace("CreativeEventCodec", "CreativeEvenXCodec")
                        .getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(
                        () ->
                                TypeSerializerSnapshot.readVersionedSnapshot(
                                        new DataInputDeserializer(renamed),
                                        getClass().getClassLoader()))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "no codec dev.kedge.connectors.types.CreativeEvenXCodec in this version of"
                                + " Kedge");
    }

    /** To the bit: a not-a-number is equal to itself and to no other. */
    private static boolean same(Double a, Double b) {
        return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
    }

    private static boolean same(Float a, Float b) {
        return Float.floatToRawIntBits(a) == Float.floatToRawIntBits(b);
    }

    // Flink compares snapshots of two types that it does not know to be the same.
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static boolean compatible(BinaryTypeInfo<?> now, BinaryTypeInfo<?> before) {
        TypeSerializerSnapshot current = now.serializer().snapshotConfiguration();
        TypeSerializerSnapshot old = before.serializer().snapshotConfiguration();
        return current.resolveSchemaCompatibility(old).isCompatibleAsIs();
    }
}
