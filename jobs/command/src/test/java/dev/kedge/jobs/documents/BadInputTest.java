// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.image.Pixels;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.operators.ads.DiscontinuationModels;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.DeadLetter.Reason;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.state.part.MemoryPartStore;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What becomes of bad input, from its bytes to the model, and that the model is as good as before
 * afterwards. The table of docs/events.md is made from the rows; {@code -Dkedge.write-docs=true}
 * writes it anew.
 */
class BadInputTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final String MODEL = "m";

    /** A model that learns each person-period at once, reads three embedded values and one fact. */
    private static final DiscontinuationFile FILE =
            StrictYaml.parse(
                    """
                    discontinuation:
                      features: {embedding: 3, facts: [words]}
                      learning: {batch: 1}
                      ledger: {capacity: 3}
                    """,
                    DiscontinuationFile.DEFAULT,
                    DiscontinuationFile.class,
                    "test");

    /** What becomes of a record. */
    private enum Outcome {
        SCORED("a score"),
        COUNTED("dropped, and counted in `duplicates`"),
        REFUSED("dead letter, `%s`");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }
    }

    /**
     * A row of the table.
     *
     * @param what in words
     * @param before what the model has seen
     * @param bytes the record
     * @param produced Kafka timestamp of the record, -1 for none
     * @param outcome what becomes of it
     * @param reason reason of a dead letter
     * @param part part of its message, or of the score's text
     */
    private record Row(
            String what,
            List<String> before,
            byte[] bytes,
            long produced,
            Outcome outcome,
            Reason reason,
            String part) {
        @Override
        public String toString() {
            return what;
        }

        String answer() {
            return outcome.words.formatted(reason.name().toLowerCase(Locale.ROOT));
        }

        Row after(String... events) {
            return new Row(what, List.of(events), bytes, produced, outcome, reason, part);
        }

        Row producedAt(double day) {
            return new Row(what, before, bytes, millis(day), outcome, reason, part);
        }
    }

    private static Row refused(String what, byte[] bytes, Reason reason, String part) {
        return new Row(what, List.of(), bytes, -1, Outcome.REFUSED, reason, part);
    }

    private static Row refused(String what, String event, Reason reason, String part) {
        return refused(what, event.getBytes(UTF_8), reason, part);
    }

    private static Row invalid(String what, String event, String part) {
        return refused(what, event, Reason.INVALID, part);
    }

    private static Row scored(String what, String event, String text) {
        return new Row(
                what, List.of(), event.getBytes(UTF_8), -1, Outcome.SCORED, Reason.INVALID, text);
    }

    private static Row counted(String what, String event) {
        return new Row(
                what, List.of(), event.getBytes(UTF_8), -1, Outcome.COUNTED, Reason.INVALID, "");
    }

    private static long millis(double day) {
        return START.toEpochMilli() + Math.round(day * 86_400_000);
    }

    private static String event(String type, String creative, double day, String more) {
        return head(type, creative, '"' + Instant.ofEpochMilli(millis(day)).toString() + '"', more);
    }

    private static String head(String type, String creative, String at, String more) {
        return "{\"type\":\"%s\",\"model\":\"%s\",\"creative\":\"%s\",\"at\":%s%s}"
                .formatted(type, MODEL, creative, at, more.isEmpty() ? "" : "," + quoted(more));
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private static String launched(String creative, double day) {
        return event("launched", creative, day, "");
    }

    private static String shown(String content) {
        return event("launched", "c", 1, content);
    }

    private static String stopped(String creative, double day) {
        return event("discontinued", creative, day, "");
    }

    private static String again(String creative, double day) {
        return event("reactivated", creative, day, "");
    }

    private static String statistics(
            String creative,
            double day,
            long period,
            String impressions,
            String clicks,
            String spend) {
        return event(
                "statistics",
                creative,
                day,
                "'period':%d,'impressions':%s,'clicks':%s,'conversions':0,'spend':%s"
                        .formatted(period, impressions, clicks, spend));
    }

    private static String report(String creative, double day, long period) {
        return statistics(creative, day, period, "1000", "20", "1.5");
    }

    private static String earned(String impressions, String clicks, String spend) {
        return statistics("c", 2, 0, impressions, clicks, spend);
    }

    private static String image(String format, byte[] file) {
        return shown(
                "'image':{'%s':'%s'}".formatted(format, Base64.getEncoder().encodeToString(file)));
    }

    private static byte[] truncated(byte[] file) {
        return Arrays.copyOf(file, file.length / 2);
    }

    static Stream<Row> rows() {
        return Stream.of(bytes(), fields(), contents(), images(), numbers(), order())
                .flatMap(List::stream);
    }

    private static List<Row> bytes() {
        String good = launched("c", 1);
        return List.of(
                refused("no bytes", "", Reason.UNREADABLE, "empty"),
                refused(
                        "bytes that are not UTF-8",
                        good.replace("c", "é").getBytes(ISO_8859_1),
                        Reason.UNREADABLE,
                        "UTF-8"),
                refused(
                        "JSON that breaks off",
                        good.substring(0, good.length() - 5),
                        Reason.UNREADABLE,
                        "not JSON"),
                refused(
                        "an event with something behind it",
                        good + "x",
                        Reason.UNREADABLE,
                        "not JSON"),
                refused("two events", good + good, Reason.UNREADABLE, "not JSON"),
                refused("a list", "[" + good + "]", Reason.UNREADABLE, "ARRAY"),
                refused(
                        "a field twice",
                        good.replace("{", "{\"creative\":\"b\","),
                        Reason.UNREADABLE,
                        "Duplicate field"),
                scored(
                        "1,000 levels of nesting in a field that is skipped",
                        shown("'x-deep':" + "[".repeat(999) + "]".repeat(999)),
                        ""),
                refused(
                        "1,001 levels of nesting, even in a field that is skipped",
                        shown("'x-deep':" + "[".repeat(1000) + "]".repeat(1000)),
                        Reason.UNREADABLE,
                        "nesting depth"),
                refused(
                        "a number of 1,001 digits, even in a field that is skipped",
                        shown("'x-digits':" + "1".repeat(1001)),
                        Reason.UNREADABLE,
                        "Number value length"),
                refused(
                        "more than 16 MiB",
                        " ".repeat(16 << 20) + good,
                        Reason.UNREADABLE,
                        "allowed: at most 16777216"),
                refused(
                        "more than 2,097,152 brackets, names and values",
                        shown("'x-many':[" + "[],".repeat(1 << 20) + "[]]"),
                        Reason.UNREADABLE,
                        "Token count"));
    }

    private static List<Row> fields() {
        String good = launched("c", 1);
        return List.of(
                refused(
                        "an unknown `type`",
                        event("paused", "c", 1, ""),
                        Reason.UNKNOWN_TYPE,
                        "'type' is paused"),
                invalid(
                        "a `type` that is no text",
                        good.replace("\"launched\"", "1"),
                        "'type' is 1"),
                invalid("an unknown field", shown("'colour':'red'"), "'colour' is"),
                scored("a field whose name begins with `x-`", shown("'x-trace':'red'"), ""),
                invalid("a field of the wrong type", shown("'text':['a']"), "'text' is"),
                invalid("no `model`", good.replace("\"model\":\"m\",", ""), "'model' is missing"),
                invalid("an empty `model`", good.replace("\"m\"", "\"\""), "'model' is \"\""),
                invalid(
                        "a `model` of 10,000 characters",
                        good.replace("\"m\"", '"' + "m".repeat(10_000) + '"'),
                        "'model' is 10000 characters long"),
                invalid("a `creative` of blanks", good.replace("\"c\"", "\"  \""), "'creative' is"),
                invalid(
                        "control characters in an id (`model`, `creative`, `advertiser`) or in the name of a category or a number",
                        good.replace("\"c\"", "\"c\\u0000\\n\""),
                        "'creative' is c\\u0000\\u000a"),
                scored(
                        "marks of writing from right to left in an id",
                        shown("'advertiser':'\u202e\u05de'"),
                        ""),
                invalid(
                        "`at` in the year 1",
                        head("launched", "c", "\"0001-01-01T00:00:00Z\"", ""),
                        "'at' is"),
                invalid(
                        "`at` in the year 9999",
                        head("launched", "c", "\"9999-12-31T23:59:59Z\"", ""),
                        "'at' is"),
                invalid(
                        "`at` in the year 999,999,999",
                        head("launched", "c", "\"+999999999-12-31T23:59:59Z\"", ""),
                        "'at' is"),
                invalid(
                        "`at` in seconds, not milliseconds",
                        head("launched", "c", "1772366400", ""),
                        "'at' is"),
                invalid(
                        "`at` without a zone",
                        head("launched", "c", "\"2026-03-01T12:00:00\"", ""),
                        "'at' is"),
                refused(
                                "`at` more than `discontinuation.ahead` after the record's Kafka timestamp",
                                launched("c", 3),
                                Reason.FUTURE,
                                "at: 2026-03-04")
                        .producedAt(1));
    }

    private static List<Row> contents() {
        String wide = Stream.generate(() -> "1").limit(4097).collect(Collectors.joining(","));
        return List.of(
                invalid(
                        "a `text` of 1 MB",
                        shown("'text':'" + "a".repeat(1 << 20) + "'"),
                        "'text' is 1048576 characters long"),
                scored(
                        "a `text` of 65,536 bytes",
                        shown("'text':'" + "a".repeat(1 << 16) + "'"),
                        "a".repeat(160)),
                scored(
                        "emoji in a `text`",
                        shown(
                                "'text':'\ud83d\ude80 50 % \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67'"),
                        "\ud83d\ude80 50 % \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67"),
                scored(
                        "a `text` from right to left",
                        shown(
                                "'text':'\u05de\u05d1\u05e6\u05e2 \u0627\u0644\u064a\u0648\u0645 \u202e'"),
                        "\u05de\u05d1\u05e6\u05e2 \u0627\u0644\u064a\u0648\u0645 \u202e"),
                scored(
                        "a `text` of characters without width",
                        shown("'text':'\u200b\u200d\ufeff\u2060'"),
                        "\u200b\u200d\ufeff\u2060"),
                scored(
                        "a `text` of control characters",
                        shown("'text':'\\u0000\\u0007'"),
                        "\u0000\u0007"),
                invalid(
                        "more than 128 combining marks in a row in a `text`, an id or a category",
                        shown("'text':'e" + "\u0301".repeat(129) + "'"),
                        "'text' is a heap of combining marks"),
                invalid(
                        "half a surrogate pair in a `text`",
                        shown("'text':'\\ud83d'"),
                        "'text' is half a character"),
                invalid(
                        "a `currency` that is no code of ISO 4217, such as `eur`",
                        shown("'currency':'eur'"),
                        "'currency' is eur"),
                scored(
                        "an `embedding` wider than `features.embedding`: the first values are read",
                        shown("'embedding':[1,2,3,4]"),
                        ""),
                scored(
                        "an `embedding` narrower than `features.embedding`: the rest is 0",
                        shown("'embedding':[1]"),
                        ""),
                invalid(
                        "an `embedding` of 4,097 values",
                        shown("'embedding':[" + wide + "]"),
                        "'embedding' is 4097 wide"),
                invalid(
                        "an `embedding` with `NaN`",
                        shown("'embedding':[0,NaN,0]"),
                        "'embedding[1]' is"),
                invalid(
                        "an `embedding` with a value beyond 1,000,000",
                        shown("'embedding':[0,0,-1e30]"),
                        "'embedding[2]' is"),
                scored(
                        "an `embedding` of 1,000,000 and -1,000,000",
                        shown("'embedding':[1e6,-1e6,1e6]"),
                        ""),
                scored("a fact of 1e308", shown("'numbers':{'words':1e308}"), ""),
                invalid(
                        "a fact of 1e999",
                        shown("'numbers':{'words':1e999}"),
                        "'numbers.words' is"),
                invalid(
                        "an `advertiser` that is a number",
                        shown("'advertiser':5"),
                        "'advertiser' is 5"));
    }

    /** The head of a picture of 1024 x 1024 pixels, and scans of nothing. */
    private static byte[] scans(int count) {
        ByteBuffer file = ByteBuffer.allocate(23 + 10 * count);
        file.put(HexFormat.of().parseHex("ffd8ffc20011080400040003011100021100031100"));
        for (int i = 0; i < count; i++) {
            file.put(HexFormat.of().parseHex("ffda000801010001" + "3f00"));
        }
        return file.put(HexFormat.of().parseHex("ffd9")).array();
    }

    private static List<Row> images() {
        byte[] png = Pixels.png(new byte[3 * 64 * 64], new ImageShape(3, 64, 64));
        byte[] large = Pixels.png(new byte[1025 * 1024], new ImageShape(1, 1025, 1024));
        return List.of(
                scored("an `image`, with or without an encoder for it", image("png", png), ""),
                invalid(
                        "an `image` that breaks off",
                        image("png", truncated(png)),
                        "'image.png' is"),
                invalid(
                        "a JPEG of more than 100 scans, of which nothing is decoded",
                        image("jpeg", scans(46_000)),
                        "'image.jpeg' is more than 100 scans"),
                invalid(
                        "a JPEG of more pixels times scans than 33,554,432",
                        image("jpeg", scans(33)),
                        "'image.jpeg' is 1048576 pixels times 33 scans"),
                invalid(
                        "an `image` that is none",
                        image("jpeg", new byte[] {1, 2, 3}),
                        "'image.jpeg' is"),
                invalid(
                        "an `image` of another format than it says",
                        image("jpeg", png),
                        "'image.jpeg' is"),
                invalid(
                        "an `image` of more than 1,048,576 pixels",
                        image("png", large),
                        "'image.png' is 1025 x 1024 pixels"),
                invalid(
                        "an `image` of more than 512 KiB",
                        image("png", new byte[(512 << 10) + 1]),
                        "'image.png' is 524289 bytes"),
                invalid(
                        "an `image` that is not in base64",
                        shown("'image':{'png':'#'}"),
                        "'image.png' is #"),
                invalid("an `image` without a file", shown("'image':{}"), "'image' is no file"),
                invalid(
                        "an `image` in an event that is no launch",
                        event("discontinued", "c", 1, "'image':{}"),
                        "'image' is"));
    }

    private static List<Row> numbers() {
        String launch = launched("c", 1);
        String most = "1000000000000000";
        return Stream.of(
                        invalid("`clicks` below 0", earned("10", "-1", "0"), "'clicks' is -1"),
                        invalid(
                                "`clicks` above `impressions`",
                                earned("10", "11", "0"),
                                "'clicks' is 11"),
                        invalid(
                                "`clicks` with a fraction",
                                earned("10", "1.5", "0"),
                                "'clicks' is 1.5"),
                        invalid(
                                "`impressions` beyond 1e15",
                                earned("9223372036854775807", "0", "0"),
                                "'impressions' is 9223372036854775807"),
                        invalid(
                                "`impressions` beyond 64 bits",
                                earned("9223372036854775808", "0", "0"),
                                "'impressions' is 9223372036854775808"),
                        invalid(
                                "`spend` that is `null`",
                                earned("10", "1", "null"),
                                "'spend' is missing"),
                        invalid("`spend` that is `NaN`", earned("10", "1", "NaN"), "'spend' is"),
                        invalid(
                                "`spend` that is `\"NaN\"`",
                                earned("10", "1", "'NaN'"),
                                "'spend' is \"NaN\""),
                        invalid(
                                "`spend` that is `Infinity`",
                                earned("10", "1", "Infinity"),
                                "'spend' is"),
                        invalid("`spend` of 1e999", earned("10", "1", "1e999"), "'spend' is"),
                        invalid("`spend` of 1e300", earned("10", "1", "1e300"), "'spend' is"),
                        invalid("`spend` below 0", earned("10", "1", "-0.01"), "'spend' is -0.01"),
                        scored("a report of nothing", earned("0", "0", "0"), ""),
                        scored("1e15 of everything", earned(most, most, most), ""))
                .map(row -> row.after(launch))
                .toList();
    }

    private static List<Row> order() {
        String launch = launched("c", 1);
        String end = stopped("c", 5);
        return List.of(
                refused(
                        "a report of a creative that was never launched",
                        report("b", 2, 0),
                        Reason.UNKNOWN_CREATIVE,
                        "creative: 'b'"),
                refused(
                        "a discontinuation of a creative that was never launched",
                        stopped("b", 2),
                        Reason.UNKNOWN_CREATIVE,
                        "creative: 'b'"),
                refused(
                        "a re-activation of a creative that was never launched",
                        again("b", 2),
                        Reason.UNKNOWN_CREATIVE,
                        "creative: 'b'"),
                refused(
                                "a launch of a creative that runs",
                                launched("c", 2),
                                Reason.ALREADY_RUNNING,
                                "creative: 'c'")
                        .after(launch),
                refused(
                                "a launch of a creative that was discontinued",
                                launched("c", 6),
                                Reason.ALREADY_DISCONTINUED,
                                "send 'reactivated'")
                        .after(launch, end),
                refused(
                                "one launch more than `ledger.capacity`",
                                launched("e", 2),
                                Reason.OVER_CAPACITY,
                                "ledger.capacity (3)")
                        .after(launch, launched("d", 1)),
                refused(
                                "a period that ends after its report",
                                report("c", 1.5, 0),
                                Reason.FUTURE,
                                "period: 0")
                        .after(launch),
                refused(
                                "period 2,147,483,647",
                                report("c", 2, Integer.MAX_VALUE),
                                Reason.FUTURE,
                                "period: 2147483647")
                        .after(launch),
                counted("a report of a period that was reported before", report("c", 2, 0))
                        .after(launch, statistics("c", 2, 0, "7", "0", "0")),
                scored(
                                "a report of an earlier period, `at` within `discontinuation.lateness`",
                                report("c", 2.9, 0),
                                "")
                        .after(launch, report("c", 3, 1)),
                refused(
                                "a report whose `at` is further back than `discontinuation.lateness`",
                                report("c", 2.5, 0),
                                Reason.LATE,
                                "lateness is 6 h")
                        .after(launch, report("c", 3, 1)),
                refused(
                                "a report of a period that begins after the discontinuation",
                                report("c", 8, 5),
                                Reason.ALREADY_DISCONTINUED,
                                "period: 5")
                        .after(launch, end),
                refused(
                                "a second discontinuation",
                                stopped("c", 6),
                                Reason.ALREADY_DISCONTINUED,
                                "creative: 'c'")
                        .after(launch, end),
                invalid(
                                "a discontinuation before its launch",
                                stopped("c", 0.5),
                                "is before the launch")
                        .after(launch),
                refused(
                                "a discontinuation in an interval that was closed as survived",
                                stopped("c", 3),
                                Reason.LATE,
                                "closed as survived")
                        .after(launch, launched("d", 6)),
                refused(
                                "a re-activation of a creative that runs",
                                again("c", 2),
                                Reason.ALREADY_RUNNING,
                                "creative: 'c'")
                        .after(launch),
                invalid(
                                "a re-activation before its discontinuation",
                                again("c", 4),
                                "before the discontinuation")
                        .after(launch, end));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void badInputHasAnOutcomeAndTheModelIsNoWorseForIt(Row row) throws UndecodableException {
        try (Played played = new Played()) {
            played.play(launched("probe", 0).getBytes(UTF_8), -1);
            for (String event : row.before()) {
                played.play(event.getBytes(UTF_8), -1);
            }
            assertThat(played.letters).as("what came before is good").isEmpty();
            played.scores.clear();

            played.play(row.bytes(), row.produced());

            switch (row.outcome()) {
                case SCORED -> played.assertScored("c", row.part());
                case REFUSED -> played.assertRefused(row.bytes(), row.reason(), row.part());
                case COUNTED -> assertThat(played.letters).isEmpty();
            }
            played.assertGoesOn(row.outcome() == Outcome.COUNTED ? 1 : 0);
        }
    }

    @Test
    void theReferenceHoldsTheTableAsItIs() {
        String table =
                rows().map(row -> "| %s | %s |".formatted(row.what(), row.answer()))
                        .collect(
                                Collectors.joining(
                                        "\n",
                                        "| what comes | what becomes of it |\n|---|---|\n",
                                        ""));

        MadePart.of("docs/events.md", "bad input", getClass()).assertIs(table);
    }

    /** One model that is played bytes, as a job plays them. */
    private static final class Played
            implements Outlet<CreativeScore, ModelMetrics>, AutoCloseable {
        private final CreativeEventJson json = new CreativeEventJson();
        private final List<CreativeScore> scores = new ArrayList<>();
        private final List<ModelMetrics> metrics = new ArrayList<>();
        private final List<DeadLetter> letters = new ArrayList<>();
        private final LiveModels.Shared<CreativeEvent, CreativeScore, ModelMetrics> shared =
                new DiscontinuationModels(FILE.discontinuation()).open();
        private final LiveModel<CreativeEvent, CreativeScore, ModelMetrics> model =
                shared.load(MODEL, new MemoryPartStore());

        void play(byte[] bytes, long produced) {
            Origin origin = new Origin("in", 0, 0, produced);
            try {
                model.process(new Incoming<>(json.decode(bytes), origin, bytes), this);
            } catch (UndecodableException e) {
                reject(new DeadLetter(origin, bytes, e.reason(), e.getMessage()));
            }
        }

        void assertScored(String creative, String text) throws UndecodableException {
            assertThat(letters).isEmpty();
            assertThat(scores).extracting(CreativeScore::creative).contains(creative);
            CreativeScore score = scores.get(scores.size() - 1);
            assertFinite(score);
            CreativeScore read =
                    RecordJson.of(CreativeScore.class)
                            .decode(RecordJson.of(CreativeScore.class).encode(score));
            assertThat(read.description().text()).startsWith(text);
        }

        void assertRefused(byte[] bytes, Reason reason, String part) {
            assertThat(letters).hasSize(1);
            DeadLetter letter = letters.get(0);
            assertThat(letter.reason()).as(letter.message()).isEqualTo(reason);
            assertThat(letter.message()).contains(part).hasSizeLessThan(400);
            assertThat(letter.original()).isSameAs(bytes);
        }

        /**
         * Forty days later the model has learned from all that it took, and still knows numbers.
         */
        void assertGoesOn(long duplicates) {
            int before = letters.size();
            for (int day = 10; day <= 40; day++) {
                play(report("probe", day, day - 1).getBytes(UTF_8), -1);
            }
            play(stopped("probe", 40.5).getBytes(UTF_8), -1);

            assertThat(letters).hasSize(before);
            scores.forEach(Played::assertFinite);
            assertThat(scores).hasSizeGreaterThan(30);
            ModelMetrics last = metrics.get(metrics.size() - 1);
            assertThat(last.modelVersion()).isGreaterThan(30);
            assertThat(last.learned().loss()).isFinite();
            assertThat(last.duplicates()).isEqualTo(duplicates);
        }

        private static void assertFinite(CreativeScore score) {
            assertThat(score.forecast().risk()).isFinite();
            assertThat(score.forecast().expectedDays()).isFinite();
            assertThat(score.advice().expectedWaste()).isFinite();
            assertThat(
                            DoubleStream.concat(
                                            DoubleStream.of(score.outlook().hazard()),
                                            DoubleStream.of(score.outlook().survival()))
                                    .boxed())
                    .allSatisfy(one -> assertThat(one).isBetween(0.0, 1.0));
        }

        @Override
        public void score(CreativeScore score) {
            scores.add(score);
        }

        @Override
        public void metrics(ModelMetrics one) {
            metrics.add(one);
        }

        @Override
        public void reject(DeadLetter letter) {
            letters.add(letter);
        }

        @Override
        public void close() {
            shared.close();
        }
    }
}
