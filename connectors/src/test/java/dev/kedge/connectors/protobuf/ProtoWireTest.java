// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.CodedOutputStream;
import dev.kedge.connectors.Samples;
import dev.kedge.connectors.TrackerSamples;
import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.classifier.SampleJson;
import dev.kedge.connectors.formats.Formats;
import dev.kedge.connectors.formats.RecordSchemas;
import dev.kedge.connectors.formats.Spelling;
import dev.kedge.connectors.json.EventDecoder;
import dev.kedge.connectors.json.JsonTape;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.json.Wire;
import dev.kedge.connectors.registry.Framing;
import dev.kedge.connectors.testing.RegistryStub;
import dev.kedge.connectors.tracker.FrameJson;
import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.classifier.ClassifierSettings;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.stream.DeadLetter.Reason;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.state.random.RestorableRandom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProtoWireTest {
    private final RegistryStub stub = new RegistryStub();
    private final Spelling spelling =
            new Spelling(
                    new Formats(Formats.Format.PROTOBUF, Formats.Format.PROTOBUF), stub.settings());

    @AfterEach
    void close() {
        stub.close();
    }

    private byte[] sent(String record, byte[] json) throws UndecodableException {
        int id = stub.putProto("t-value", RecordSchemas.proto(record));
        JsonTape values = new JsonTape();
        Wire.json().read(json, values);
        return new ProtoWire(RecordSchemas.avro(record), stub.settings(), id).write(values);
    }

    static Stream<CreativeEvent> events() {
        return Samples.events().stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void aCreativeEventIsTheSameAsFromJson(CreativeEvent event) throws Exception {
        byte[] bytes = sent("creative-event", CreativeEventJson.encode(event));

        assertThat(Arrays.copyOf(bytes, 6)).containsExactly(0, 0, 0, 0, 1, 0);
        assertThat(new CreativeEventJson(spelling.input("creative-event")).decode(bytes))
                .usingRecursiveComparison()
                .isEqualTo(event);
    }

    @Test
    void samplesAndFramesAreTheSameAsFromJson() throws Exception {
        ClassifierSettings.Input input = new ClassifierSettings.Input(2, new ImageShape(1, 1, 2));
        byte[] sample =
                "{\"model\":\"m\",\"id\":\"i\",\"at\":1772366400123,\"features\":[0,-2]}"
                        .getBytes(UTF_8);
        assertSame(
                new SampleJson(input, spelling.input("sample")),
                sent("sample", sample),
                new SampleJson(input).decode(sample));
        FrameJson frames = new FrameJson(TrackerSamples.FEATURES);
        byte[] frame = frames.encode(TrackerSamples.ofFeatures());
        byte[] empty =
                "{\"model\":\"m\",\"stream\":\"s\",\"frame\":0,\"at\":1772366400123,\"detections\":[]}"
                        .getBytes(UTF_8);
        FrameJson there = new FrameJson(TrackerSamples.FEATURES, spelling.input("frame"));
        assertSame(there, sent("frame", frame), frames.decode(frame));
        assertSame(there, sent("frame", empty), frames.decode(empty));
    }

    private static <E> void assertSame(EventDecoder<E> decoder, byte[] bytes, Object event)
            throws UndecodableException {
        assertThat(decoder.decode(bytes)).usingRecursiveComparison().isEqualTo(event);
    }

    static Stream<Arguments> said() {
        return Stream.of(
                Arguments.of(CreativeScore.class, Samples.score()),
                Arguments.of(CreativeDuplicates.class, Samples.duplicates()),
                Arguments.of(ModelMetrics.class, Samples.metrics()),
                Arguments.of(ClassifierScore.class, Samples.classifierScore(Optional.of("dog"))),
                Arguments.of(ClassifierScore.class, Samples.classifierScore(Optional.empty())),
                Arguments.of(ClassifierMetrics.class, Samples.classifierMetrics()),
                Arguments.of(TrackerScore.class, TrackerSamples.score()),
                Arguments.of(TrackerMetrics.class, TrackerSamples.metrics()));
    }

    @ParameterizedTest
    @MethodSource("said")
    <T> void whatAJobSaysIsReadBackAndMuchShorter(Class<T> type, T value) throws Exception {
        RecordJson<T> there =
                InstantiationUtil.clone(RecordJson.of(type, spelling.output(type, "out")));
        byte[] bytes = there.encode(value);
        T read = RecordJson.of(type, spelling.output(type)).decode(bytes);

        // What JSON rounds is a float here, which JSON writes in the same digits.
        byte[] json = RecordJson.of(type).encode(value);
        assertThat(new String(RecordJson.of(type).encode(read), UTF_8))
                .isEqualTo(new String(json, UTF_8));
        assertThat(bytes).hasSizeLessThan(json.length / 2);
        assertThat(there.encode(value)).isEqualTo(bytes);
    }

    @Test
    void fieldsOfANewerWriterAreSkipped() throws Exception {
        byte[] good = sent("creative-event", CreativeEventJson.encode(Samples.launched()));
        ByteArrayOutputStream more = new ByteArrayOutputStream();
        more.writeBytes(good);
        CodedOutputStream to = CodedOutputStream.newInstance(more);
        to.writeString(1000, "new");
        to.flush();

        assertThat(
                        new CreativeEventJson(spelling.input("creative-event"))
                                .decode(more.toByteArray()))
                .usingRecursiveComparison()
                .isEqualTo(Samples.launched());
    }

    private void assertRefused(byte[] bytes, Reason reason, String message) {
        Throwable refusal =
                catchThrowable(
                        () ->
                                new CreativeEventJson(spelling.input("creative-event"))
                                        .decode(bytes));
        assertThat(refusal).isInstanceOf(UndecodableException.class).hasMessageContaining(message);
        assertThat(((UndecodableException) refusal).reason()).isEqualTo(reason);
    }

    @Test
    void anotherMessageOrNoFileIsRefused() throws Exception {
        byte[] good = sent("creative-event", CreativeEventJson.encode(Samples.launched()));
        byte[] second = new byte[good.length + 1];
        System.arraycopy(good, 0, second, 0, 5);
        System.arraycopy(good, 6, second, 7, good.length - 6);
        second[5] = 2;
        second[6] = 2;
        assertRefused(second, Reason.UNREADABLE, "message Image, allowed: CreativeEvent");
        int file =
                stub.putProto(
                        "other",
                        "// message No {\nmessage A { message CreativeEvent {} }\nmessage CreativeEvent { string x = 1; }");
        second[4] = (byte) file;
        assertThat(new CreativeEventJson(spelling.input("creative-event")).decode(second))
                .isNotNull();
        byte[] avro = good.clone();
        avro[4] = (byte) stub.put("third", "\"string\"");
        assertRefused(avro, Reason.UNREADABLE, "schema " + avro[4] + " is one of AVRO");
        avro[4] = 99;
        assertRefused(avro, Reason.UNREADABLE, "schema 99 is not in the registry");
        assertRefused(Framing.of(1), Reason.UNREADABLE, "no CreativeEvent: ");
        assertRefused(
                Arrays.copyOf(Framing.of(1), 6),
                Reason.UNKNOWN_TYPE,
                "field 'type' is , allowed: launched");
        assertThat(spelling.unfit("creative-event", "third").orElse("")).isEmpty();
        stub.put("bad-value", "\"string\"");
        assertThat(spelling.unfit("creative-event", "bad")).isPresent();
    }

    @Test
    void damagedBytesAreRefused() throws IOException, UndecodableException {
        byte[] good = sent("creative-event", CreativeEventJson.encode(Samples.launched()));
        CreativeEventJson decoder = new CreativeEventJson(spelling.input("creative-event"));
        RestorableRandom random = RestorableRandom.seeded(9);
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = Arrays.copyOf(good, good.length - random.nextInt(2) * random.nextInt(50));
            for (int flips = random.nextInt(4); flips > 0; flips--) {
                bad[5 + random.nextInt(bad.length - 5)] = (byte) random.nextInt(256);
            }
            Throwable thrown = catchThrowable(() -> decoder.decode(bad));
            assertThat(thrown == null || thrown instanceof UndecodableException)
                    .as(String.valueOf(thrown))
                    .isTrue();
        }
    }
}
