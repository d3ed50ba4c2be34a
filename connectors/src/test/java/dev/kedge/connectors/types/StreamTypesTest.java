// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.connectors.Samples;
import dev.kedge.connectors.kafka.RawRecord;
import dev.kedge.operators.creative.CreativeContent;
import dev.kedge.operators.creative.CreativeEvent;
import dev.kedge.operators.creative.CreativeLaunched;
import dev.kedge.operators.creative.IntervalStatistics;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Origin;
import dev.kedge.state.flink.BinaryTypeInfo;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StreamTypesTest {
    private static final Origin ORIGIN = new Origin("topic", 3, 1L << 40, -1);
    private static final byte[] BYTES = {1, 2, 3};

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
    <T> void whatIsWrittenIsReadBack(BinaryTypeInfo<T> type, T value) throws IOException {
        DataInputDeserializer from = new DataInputDeserializer(written(type, value));

        assertThat(type.serializer().deserialize(from))
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
                .isEqualTo(value);
        assertThat(from.available()).isZero();
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void aCutRecordIsAnErrorAndNotAnotherValue(BinaryTypeInfo<T> type, T value)
            throws IOException {
        byte[] whole = written(type, value);
        TypeSerializer<T> serializer = type.serializer();

        for (int length = 0; length < Math.min(whole.length, 300); length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(cut)))
                    .isInstanceOf(IOException.class);
        }
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

    private static <T> byte[] written(BinaryTypeInfo<T> type, T value) throws IOException {
        DataOutputSerializer to = new DataOutputSerializer(64);
        type.serializer().serialize(value, to);
        return to.getCopyOfBuffer();
    }
}
