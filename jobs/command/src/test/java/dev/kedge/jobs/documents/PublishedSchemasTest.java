// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.classifier.LabelJson;
import dev.kedge.connectors.classifier.SampleJson;
import dev.kedge.connectors.formats.RecordSchemas;
import dev.kedge.connectors.formats.Spelling;
import dev.kedge.connectors.json.EventDecoder;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.protobuf.ProtoFile;
import dev.kedge.connectors.protobuf.ProtoText;
import dev.kedge.connectors.tracker.FrameJson;
import dev.kedge.jobs.ads.decisions.Decision;
import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.classifier.ClassifierSettings;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.operators.tracker.TrackerSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas in docs/schemas are those of the records that are read and written. */
class PublishedSchemasTest {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String EVENTS = Documents.read("docs/events.md");
    private static final JsonSchemaFactory DRAFT =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    static Stream<Arguments> written() {
        return Stream.of(
                arguments("creative-score", CreativeScore.class, "## Scores"),
                arguments("creative-duplicates", CreativeDuplicates.class, "## Near-duplicates"),
                arguments("decision", Decision.class, "## Decisions"),
                arguments("model-metrics", ModelMetrics.class, "## Metrics of a model"),
                arguments("tracker-score", TrackerScore.class, "### Scores of frames"),
                arguments("tracker-metrics", TrackerMetrics.class, "### Metrics of a tracker"),
                arguments("classifier-score", ClassifierScore.class, "### Scores of samples"),
                arguments(
                        "classifier-metrics",
                        ClassifierMetrics.class,
                        "### Metrics of a classifier"));
    }

    /** With {@code -Dkedge.write-docs=true} the schemas are written anew. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("written")
    void theSchemaOfWhatIsWrittenIsThatOfItsRecord(String name, Class<?> type, String heading)
            throws JsonProcessingException {
        String made = JSON.writeValueAsString(made(name, type, heading)) + "\n";
        if (Boolean.getBoolean("kedge.write-docs")) {
            Documents.write(file(name), made);
        }

        assertThat(Documents.read(file(name))).isEqualTo(made);
    }

    /** Decisions are JSON in every job. */
    static Stream<Arguments> spelled() {
        return written().filter(one -> one.get()[1] != Decision.class);
    }

    /** With {@code -Dkedge.write-docs=true} the schemas are written anew. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("spelled")
    void theAvroSchemaOfWhatIsWrittenIsThatOfItsRecord(String name, Class<?> type, String heading)
            throws JsonProcessingException {
        String file =
                "connectors/src/main/resources/dev/kedge/connectors/formats/" + name + ".avsc";
        String made = JSON.writeValueAsString(JSON.readTree(AvroSchema.of(type).toString())) + "\n";
        if (Boolean.getBoolean("kedge.write-docs")) {
            Documents.write(file, made);
        }

        assertThat(Documents.read(file)).isEqualTo(made);
        assertThat(Spelling.name(type)).isEqualTo(name);
    }

    /** With {@code -Dkedge.write-docs=true} the files are written anew. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "creative-event",
                "sample",
                "label",
                "frame",
                "creative-score",
                "creative-duplicates",
                "model-metrics",
                "tracker-score",
                "tracker-metrics",
                "classifier-score",
                "classifier-metrics"
            })
    void theProtocolBuffersOfARecordHaveTheFieldsOfItsAvroSchema(String name) {
        String file =
                "connectors/src/main/resources/dev/kedge/connectors/formats/" + name + ".proto";
        String made = ProtoText.of(ProtoFile.of(RecordSchemas.avro(name)));
        if (Boolean.getBoolean("kedge.write-docs")) {
            Documents.write(file, made);
        }

        assertThat(Documents.read(file)).isEqualTo(made);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("written")
    <R extends Record> void whatIsWrittenIsValidAndNamedWhole(
            String name, Class<R> type, String heading) throws Exception {
        RecordJson<R> json = RecordJson.of(type);
        ObjectNode closed = made(name, type, heading);
        close(closed);
        for (String example : Documents.blocks(section(heading), "json")) {
            byte[] written = json.encode(json.decode(example.getBytes(UTF_8)));

            assertThat(errors(DRAFT.getSchema(closed, CONFIG), JSON.readTree(written))).isEmpty();
            ObjectNode less = (ObjectNode) JSON.readTree(written);
            less.remove("model");
            assertThat(errors(schema(name), less)).isNotEmpty();
        }
    }

    static Stream<Arguments> read() {
        ImageShape image = new ImageShape(1, 2, 3);
        EventDecoder<?> features = new SampleJson(new ClassifierSettings.Input(2, image));
        EventDecoder<?> images = new SampleJson(new ClassifierSettings.Input(0, image));
        EventDecoder<?> frames = new FrameJson(new TrackerSettings.Input(2, image));
        EventDecoder<?> crops = new FrameJson(new TrackerSettings.Input(0, image));
        return Stream.of(
                        examples("creative-event", new CreativeEventJson(), "## Events in"),
                        examples("sample", features, "### Samples").limit(1),
                        examples("sample", images, "### Samples").skip(1),
                        examples("label", new LabelJson(), "### Labels"),
                        examples("frame", frames, "### Frames").limit(1),
                        examples("frame", crops, "### Frames").skip(1))
                .flatMap(all -> all);
    }

    private static Stream<Arguments> examples(
            String name, EventDecoder<?> decoder, String heading) {
        return Documents.blocks(section(heading), "json").stream()
                .map(example -> arguments(name, decoder, example));
    }

    /** Each field is taken away and spoiled in turn: schema and decoder refuse the same. */
    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("read")
    void whatIsReadIsValidAndWhatIsNotIsRefused(
            String name, EventDecoder<?> decoder, String example) throws Exception {
        ObjectNode record = (ObjectNode) JSON.readTree(example);
        assertAgree(name, decoder, record, true);
        record.put("x-trace", 1);
        assertAgree(name, decoder, record, true);
        for (String field : List.copyOf(names(record))) {
            for (String bad : List.of("[[]]", "\" \"", "-5", "true", "{\"a\":[]}", "1.5")) {
                ObjectNode spoiled = record.deepCopy();
                spoiled.set(field, JSON.readTree(bad));
                assertAgree(name, decoder, spoiled, reads(decoder, spoiled));
            }
            ObjectNode without = record.deepCopy();
            without.remove(field);
            assertAgree(name, decoder, without, reads(decoder, without));
        }
        record.put("unknown", 1);
        assertAgree(name, decoder, record, false);
    }

    private static List<String> names(ObjectNode record) {
        return record.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static void assertAgree(
            String name, EventDecoder<?> decoder, JsonNode record, boolean valid) {
        assertThat(reads(decoder, record)).as("%s is read", record).isEqualTo(valid);
        if (valid) {
            assertThat(errors(schema(name), record)).as("%s", record).isEmpty();
        } else if (!record.has("features") && !record.has("image") && !record.has("detections")) {
            // How many numbers there are, and which image, is up to the job.
            assertThat(errors(schema(name), record)).as("%s", record).isNotEmpty();
        }
    }

    private static boolean reads(EventDecoder<?> decoder, JsonNode record) {
        try {
            decoder.decode(record.toString().getBytes(UTF_8));
            return true;
        } catch (UndecodableException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "frame; {\"model\":\"m\",\"stream\":\"s\",\"frame\":1,\"at\":0,\"detections\":[]}",
                "frame; {\"model\":\"m\",\"stream\":\"s\",\"frame\":1,\"at\":\"2026-03-01T12:00:00Z\",\"detections\":[{}]}",
                "sample; {\"model\":\"m\",\"id\":\"i\",\"at\":\"2026-03-01T12:00:00Z\"}",
                "sample; {\"model\":\"m\",\"id\":\"i\",\"at\":\"2026-03-01T12:00:00Z\",\"image\":{\"pixels\":\"AA==\"}}",
                "label; {\"model\":\"m\",\"id\":\"i\",\"at\":\"yesterday\",\"label\":\"a\"}",
            })
    void whatLacksWhatItNeedsIsNotValid(String name, String record) throws Exception {
        assertThat(errors(schema(name), JSON.readTree(record))).isNotEmpty();
    }

    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private static JsonSchema schema(String name) {
        return DRAFT.getSchema(Documents.read(file(name)), CONFIG);
    }

    private static List<String> errors(JsonSchema schema, JsonNode document) {
        return schema.validate(document).stream().map(Object::toString).sorted().toList();
    }

    /** Makes every field that is not named an error. */
    private static void close(JsonNode schema) {
        if (schema.has("properties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
        schema.forEach(PublishedSchemasTest::close);
    }

    private static ObjectNode made(String name, Class<?> type, String heading) {
        String words = name.replace('-', ' ');
        String title = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        return RecordSchema.of(type, title, section(heading));
    }

    private static String file(String name) {
        return "docs/schemas/" + name + ".json";
    }

    /** A section, up to the next heading of its level or above. */
    private static String section(String heading) {
        int from = EVENTS.indexOf("\n" + heading + "\n") + 1;
        String level = heading.substring(0, heading.indexOf(' ') + 1);
        int same = EVENTS.indexOf("\n" + level, from);
        int above = EVENTS.indexOf("\n## ", from);
        int end = Math.min(same < 0 ? EVENTS.length() : same, above < 0 ? EVENTS.length() : above);
        return EVENTS.substring(from, end);
    }
}
