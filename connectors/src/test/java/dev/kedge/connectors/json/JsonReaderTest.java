// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kedge.connectors.Samples;
import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.state.random.RestorableRandom;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** The reader without a tree beside Jackson's trees, which it took the place of. */
class JsonReaderTest {
    private static final ObjectReader TREES =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                                    .build())
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build()
                    .readerFor(JsonNode.class);

    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\"\"",
        "null",
        "true",
        "-",
        "1e999",
        "NaN",
        "-Infinity",
        "0.1",
        "12345678901",
        "99999999999999999999",
        "\"a\":1,\"a\":{},",
        "{} ",
        "\\u0000",
        "\\",
        "\uFEFF",
        "\u0000",
        "é",
        "/",
        "//",
        "\n",
        "007",
        "1.0",
        "-0",
        "-0.0",
        "[[],{\"x\":[1]}]",
        "\\ud800"
    };

    private final JsonReader reader = new JsonReader();

    private static String byTree(String record) {
        try {
            String text = record.startsWith("\uFEFF") ? record.substring(1) : record;
            JsonNode node = TREES.readTree(text);
            return node.isObject()
                    ? node.toString()
                    : "JSON, but " + node.getNodeType() + ", allowed: a JSON object";
        } catch (JsonProcessingException e) {
            return "not JSON: " + Json.firstLine(e.getOriginalMessage());
        }
    }

    private String byReader(byte[] record) {
        try {
            return reader.read(
                    record,
                    fields -> {
                        fields.value().values().forEach(value -> fields.has(value.name()));
                        return fields.value().toString();
                    });
        } catch (UndecodableException e) {
            return e.getMessage();
        }
    }

    /** Records with a piece put in, taken out or cut off at a random place, a few times over. */
    private static List<String> damaged() {
        List<String> whole = new ArrayList<>();
        Samples.events()
                .forEach(event -> whole.add(new String(CreativeEventJson.encode(event), UTF_8)));
        whole.add(new String(RecordJson.of(CreativeScore.class).encode(Samples.score()), UTF_8));
        RestorableRandom random = RestorableRandom.seeded(17);
        List<String> damaged = new ArrayList<>(whole);
        for (int i = 0; i < 30_000; i++) {
            StringBuilder text = new StringBuilder(whole.get(random.nextInt(whole.size())));
            for (int damages = random.nextInt(3); damages >= 0; damages--) {
                int at = random.nextInt(text.length() + 1);
                switch (random.nextInt(4)) {
                    case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(9)));
                    case 1 -> text.setLength(at);
                    default -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                }
            }
            damaged.add(text.toString());
        }
        return damaged;
    }

    @Test
    void aDamagedRecordIsReadOrRefusedInTheWordsOfATree() {
        List<String> damaged = damaged();

        assertThat(damaged).anyMatch(record -> byTree(record).contains("Duplicate field"));
        assertThat(damaged).anyMatch(record -> byTree(record).contains("Trailing token"));
        for (String record : damaged) {
            if (!record.isEmpty()) {
                assertThat(byReader(record.getBytes(UTF_8))).as(record).isEqualTo(byTree(record));
            }
        }
    }

    @Test
    void randomBytesAreNotUtf8ExactlyWhereJavaSaysSo() {
        RestorableRandom random = RestorableRandom.seeded(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = "{\"x-text\":\"abcdefgh\"}".getBytes(UTF_8);
            for (int j = 11; j < 11 + random.nextInt(8); j++) {
                bytes[j] = (byte) (128 + random.nextInt(128));
            }
            assertThat(byReader(bytes).equals("not UTF-8")).isNotEqualTo(isUtf8(bytes));
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void oneRecordLeavesNothingForTheNext() throws Exception {
        byte[] wide = ("{\"a\":[" + "1,".repeat(100_000) + "\"x\"],\"b\":1e5}").getBytes(UTF_8);
        byte[] cut = "{\"a\":\"text\",\"b\":99999999999999999999,\"b\":\"t\"}".getBytes(UTF_8);
        byte[] small = "{\"a\":1,\"b\":2,\"c\":3}".getBytes(UTF_8);

        for (byte[] before : new byte[][] {wide, cut, "[[{".getBytes(UTF_8), new byte[] {-1}}) {
            byReader(before);
            assertThat(byReader(small)).isEqualTo("{\"a\":1,\"b\":2,\"c\":3}");
            assertThatThrownBy(
                            () ->
                                    reader.read(
                                            small, fields -> fields.count("a") + fields.count("c")))
                    .hasMessageContaining("field 'b' is 2, allowed: a known field");
        }
    }

    @Test
    void readingWithinReadingAndOnATaskWork() throws Exception {
        byte[] outer = "{\"a\":1}".getBytes(UTF_8);
        byte[] inner = "{\"a\":20}".getBytes(UTF_8);
        JsonReader there = InstantiationUtil.clone(reader);

        long sum =
                there.read(
                        outer,
                        fields ->
                                there.read(inner, within -> within.count("a")) + fields.count("a"));

        assertThat(sum).isEqualTo(21);
    }
}
