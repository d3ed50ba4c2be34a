// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kedge.connectors.Samples;
import dev.kedge.connectors.TrackerSamples;
import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.classifier.LabelJson;
import dev.kedge.connectors.classifier.SampleJson;
import dev.kedge.connectors.formats.Formats;
import dev.kedge.connectors.formats.RecordSchemas;
import dev.kedge.connectors.formats.Spelling;
import dev.kedge.connectors.json.EventDecoder;
import dev.kedge.connectors.json.EventTimeJson;
import dev.kedge.connectors.json.JsonTape;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.json.Wire;
import dev.kedge.connectors.registry.SchemaRegistryException;
import dev.kedge.connectors.testing.RegistryStub;
import dev.kedge.connectors.tracker.FrameJson;
import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.classifier.ClassifierEvent;
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
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AvroWireTest {
    private static final Formats AVRO = new Formats(Formats.Format.AVRO, Formats.Format.AVRO);

    private final RegistryStub stub = new RegistryStub();
    private final Spelling spelling = new Spelling(AVRO, stub.settings());

    @AfterEach
    void close() {
        stub.close();
    }

    /** What a producer sends that has the fields of a JSON record. */
    private byte[] sent(String record, byte[] json) throws UndecodableException {
        int id = stub.put("t-value", RecordSchemas.avro(record));
        JsonTape values = new JsonTape();
        Wire.json().read(json, values);
        return new AvroWire(RecordSchemas.avro(record), stub.settings(), id).write(values);
    }

    static Stream<CreativeEvent> events() {
        return Samples.events().stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void aCreativeEventIsTheSameAsFromJson(CreativeEvent event) throws Exception {
        byte[] bytes = sent("creative-event", CreativeEventJson.encode(event));

        assertThat(bytes[0]).isZero();
        assertThat(new CreativeEventJson(spelling.input("creative-event")).decode(bytes))
                .usingRecursiveComparison()
                .isEqualTo(event);
        assertThat(new EventTimeJson(spelling.input("creative-event")).of(bytes))
                .hasValue(event.at());
    }

    @Test
    void samplesLabelsAndFramesAreTheSameAsFromJson() throws Exception {
        ImageShape shape = new ImageShape(1, 1, 2);
        ClassifierSettings.Input input = new ClassifierSettings.Input(2, shape);
        byte[] sample =
                "{\"model\":\"m\",\"id\":\"i\",\"at\":1772366400123,\"features\":[1.5,-2],\"label\":\"a\"}"
                        .getBytes(UTF_8);
        byte[] label =
                "{\"model\":\"m\",\"id\":\"i\",\"at\":\"2026-03-01T12:00:00Z\",\"label\":\"a\"}"
                        .getBytes(UTF_8);

        assertSame(
                new SampleJson(input, spelling.input("sample")),
                sent("sample", sample),
                new SampleJson(input).decode(sample));
        assertSame(
                new LabelJson(spelling.input("label")),
                sent("label", label),
                new LabelJson().decode(label));
        FrameJson frames = new FrameJson(TrackerSamples.FEATURES);
        byte[] frame = frames.encode(TrackerSamples.ofFeatures());
        assertSame(
                new FrameJson(TrackerSamples.FEATURES, spelling.input("frame")),
                sent("frame", frame),
                frames.decode(frame));
    }

    private static <E> void assertSame(EventDecoder<E> decoder, byte[] bytes, Object event)
            throws UndecodableException {
        assertThat(decoder.decode(bytes)).usingRecursiveComparison().isEqualTo(event);
    }

    @Test
    void pixelsAreBytes() throws Exception {
        Schema schema = new Schema.Parser().parse(RecordSchemas.avro("sample"));
        GenericData.Record image =
                new GenericData.Record(schema.getField("image").schema().getTypes().get(1));
        image.put("pixels", java.nio.ByteBuffer.wrap(new byte[] {1, -1}));
        image.put("channels", 1);
        image.put("height", 1);
        image.put("width", 2);
        GenericData.Record sample = new GenericData.Record(schema);
        sample.put("model", "m");
        sample.put("id", "i");
        sample.put("at", Samples.AT);
        sample.put("image", image);
        SampleJson decoder =
                new SampleJson(
                        new ClassifierSettings.Input(0, new ImageShape(1, 1, 2)),
                        spelling.input("sample"));

        ClassifierEvent event = decoder.decode(framed(schema, sample));

        assertThat(event)
                .usingRecursiveComparison()
                .isEqualTo(
                        new dev.kedge.operators.classifier.Sample(
                                "m", "i", Samples.AT, new byte[] {1, -1}, Optional.empty()));
    }

    /** As Avro's own generic writer spells it. */
    private byte[] framed(Schema schema, GenericData.Record record) throws IOException {
        int id = stub.put("t-value", schema.toString());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(dev.kedge.connectors.registry.Framing.of(id));
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericData.Record>(schema).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
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

        // The same digits: what JSON rounds is a float here.
        T expected = RecordJson.of(type).decode(RecordJson.of(type).encode(value));
        assertThat(RecordJson.of(type, spelling.output(type)).decode(bytes))
                .usingRecursiveComparison()
                .withEqualsForType(
                        (a, b) -> Double.compare((float) (double) a, (float) (double) b) == 0,
                        Double.class)
                .withEqualsForType((a, b) -> equalAsFloats(a, b), double[].class)
                .isEqualTo(expected);
        assertThat(bytes).hasSizeLessThan(RecordJson.of(type).encode(value).length / 2);
        assertThat(stub.asked()).contains("POST /subjects/out-value/versions");
    }

    private static boolean equalAsFloats(double[] a, double[] b) {
        return Arrays.equals(
                Arrays.stream(a).map(x -> (float) x).toArray(),
                Arrays.stream(b).map(x -> (float) x).toArray());
    }

    @Test
    void anOlderWritersFieldsAreReadAndThoseItLacksHaveTheirDefaults() throws Exception {
        Schema older =
                new Schema.Parser()
                        .parse(
                                """
                                {"type":"record","name":"Sample","namespace":"dev.kedge.events","fields":[
                                 {"name":"gone","type":{"type":"map","values":"int"}},
                                 {"name":"id","type":"string"},{"name":"model","type":"string"},
                                 {"name":"features","type":{"type":"array","items":"int"}},
                                 {"name":"at","type":"string"}]}
                                """);
        GenericData.Record record = new GenericData.Record(older);
        record.put("gone", java.util.Map.of("a", 1));
        record.put("id", "i");
        record.put("model", "m");
        record.put("features", java.util.List.of(3, 4));
        record.put("at", "2026-03-01T12:00:00.123Z");
        ClassifierSettings.Input input = new ClassifierSettings.Input(2, new ImageShape(1, 1, 1));

        byte[] json =
                "{\"model\":\"m\",\"id\":\"i\",\"at\":1772366400123,\"features\":[3,4]}"
                        .getBytes(UTF_8);
        assertThat(new SampleJson(input, spelling.input("sample")).decode(framed(older, record)))
                .usingRecursiveComparison()
                .isEqualTo(new SampleJson(input).decode(json));
    }

    @Test
    void boundsAreThoseOfJson() throws Exception {
        byte[] json =
                "{\"type\":\"statistics\",\"model\":\"m\",\"creative\":\"c\",\"at\":\"2026-03-01T12:00:00Z\",\"period\":0,\"impressions\":1,\"clicks\":2,\"conversions\":0,\"spend\":0}"
                        .getBytes(UTF_8);

        assertRefused(
                sent("creative-event", json),
                Reason.INVALID,
                "field 'clicks' is 2, allowed: at most impressions, which is 1");
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
    void whatHasNoSchemaOrOneThatDoesNotFitIsRefusedAndAskedForOnce() throws Exception {
        byte[] good = sent("creative-event", CreativeEventJson.encode(Samples.launched()));
        assertRefused(
                "{\"a\":1}".getBytes(UTF_8),
                Reason.UNREADABLE,
                "first byte 123, allowed: 0 and the number of a schema in front");
        assertRefused(new byte[] {0, 0}, Reason.UNREADABLE, "2 bytes, allowed");
        byte[] unknown = good.clone();
        unknown[4] = 77;
        assertRefused(unknown, Reason.UNREADABLE, "schema 77 is not in the registry");
        int other =
                stub.put(
                        "other",
                        "{\"type\":\"record\",\"name\":\"CreativeEvent\",\"namespace\":\"dev.kedge.events\",\"fields\":[]}");
        byte[] unfit = good.clone();
        unfit[4] = (byte) other;
        assertRefused(unfit, Reason.UNREADABLE, "schema " + other + " does not fit: ");

        CreativeEventJson decoder = new CreativeEventJson(spelling.input("creative-event"));
        int before = stub.asked().size();
        for (int i = 0; i < 10; i++) {
            decoder.decode(good);
            assertThatThrownBy(() -> decoder.decode(unknown))
                    .isInstanceOf(UndecodableException.class);
        }
        assertThat(stub.asked()).hasSize(before + 2);
        assertThat(spelling.unfit("creative-event", "other")).isEmpty();
        stub.put("bad-value", "\"string\"");
        assertThat(spelling.unfit("creative-event", "bad").orElseThrow())
                .startsWith("the schema of subject bad-value does not fit: ");
        assertThat(spelling.unfit("creative-event", "t")).isEmpty();
    }

    @Test
    void aRegistryThatIsAwayIsNoFaultOfTheRecord() throws Exception {
        byte[] good = sent("creative-event", CreativeEventJson.encode(Samples.launched()));
        CreativeEventJson decoder = new CreativeEventJson(spelling.input("creative-event"));
        stub.close();

        assertThatThrownBy(() -> decoder.decode(good)).isInstanceOf(SchemaRegistryException.class);
        assertThatThrownBy(() -> spelling.output(CreativeScore.class, "scores"))
                .isInstanceOf(SchemaRegistryException.class);
    }

    @Test
    void damagedBytesAreRefusedAndTakeNoMemory() throws Exception {
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
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        assertRefused(longer, Reason.UNREADABLE, "1 bytes behind a record of its schema");
        byte[] huge = Arrays.copyOf(good, 11);
        Arrays.fill(huge, 5, 10, (byte) 0xff);
        huge[9] = 0x0f;
        assertRefused(huge, Reason.UNREADABLE, "no record of schema 1");
    }
}
