// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.ads;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kedge.connectors.Samples;
import dev.kedge.connectors.image.Pixels;
import dev.kedge.connectors.json.CreativeLimits;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.ads.creative.IntervalStatistics;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.stream.DeadLetter.Reason;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreativeEventJsonTest {
    private static final String HEAD = "'model':'m','creative':'c','at':'2026-03-01T12:00:00Z'";

    private final CreativeEventJson json = new CreativeEventJson();

    static Stream<CreativeEvent> events() {
        return Samples.events().stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatIsWrittenIsReadBack(CreativeEvent event) throws UndecodableException {
        assertThat(json.decode(CreativeEventJson.encode(event)))
                .usingRecursiveComparison()
                .isEqualTo(event);
    }

    @Test
    void aLaunchNeedsNoContent() throws UndecodableException {
        CreativeEvent event = json.decode(bytes("{'type':'launched'," + HEAD + "}"));

        assertThat(event).isInstanceOf(CreativeLaunched.class);
        assertThat(event.at()).isEqualTo(Samples.AT - 123);
    }

    @Test
    void aByteOrderMarkInFrontIsNoPartOfARecord() throws UndecodableException {
        String record = "{'type':'launched'," + HEAD + "}";

        assertThat(json.decode(bytes("\uFEFF" + record)))
                .usingRecursiveComparison()
                .isEqualTo(json.decode(bytes(record)));
    }

    @Test
    void nullCountsAsNotGiven() throws UndecodableException {
        String nulls = "'advertiser':null,'text':null,'categories':{'a':null},'embedding':null";

        CreativeEvent event = json.decode(bytes("{'type':'launched'," + HEAD + "," + nulls + "}"));

        assertThat(((CreativeLaunched) event).content().categories()).isEmpty();
    }

    @Test
    void theCurrencyIsACodeOfIso4217() throws UndecodableException {
        assertThat(currency("'currency':'EUR'")).isEqualTo("EUR");
        assertThat(currency("'currency':'JPY'")).isEqualTo("JPY");
        assertRefused(
                bytes("{'type':'launched'," + HEAD + ",'currency':'usd'}"),
                Reason.INVALID,
                "field 'currency' is usd, allowed: a code of ISO 4217, such as EUR");
    }

    @Test
    void aLaunchWithoutACurrencyIsWrittenAsItWasBeforeThereWereAny() throws UndecodableException {
        assertThat(currency("'text':'t'")).isEmpty();
        assertThat(currency("'currency':''")).isEmpty();
        assertThat(currency("'currency':null")).isEmpty();
        CreativeLaunched none = Samples.launched();
        String with =
                new String(
                        CreativeEventJson.encode(
                                new CreativeLaunched(
                                        none.model(),
                                        none.creative(),
                                        none.at(),
                                        none.content().withCurrency("EUR"))),
                        UTF_8);
        String without = new String(CreativeEventJson.encode(none), UTF_8);

        assertThat(without).doesNotContain("currency");
        assertThat(with).contains(",\"currency\":\"EUR\",");
        assertThat(with.replace(",\"currency\":\"EUR\"", "")).isEqualTo(without);
    }

    private String currency(String part) throws UndecodableException {
        CreativeEvent event = json.decode(bytes("{'type':'launched'," + HEAD + "," + part + "}"));
        return ((CreativeLaunched) event).content().currency();
    }

    @Test
    void fieldsThatStartWithXAreSkipped() throws UndecodableException {
        assertThat(json.decode(bytes("{'type':'launched'," + HEAD + ",'x-trace':{'a':1}}")))
                .isInstanceOf(CreativeLaunched.class);
    }

    @Test
    void timesMayBeEpochMillisecondsOrHaveAnOffset() throws UndecodableException {
        String template = "{'type':'reactivated','model':'m','creative':'c','at':%s}";

        assertThat(json.decode(bytes(String.format(template, Samples.AT))).at())
                .isEqualTo(Samples.AT);
        assertThat(
                        json.decode(
                                        bytes(
                                                String.format(
                                                        template,
                                                        "'2026-03-01T13:00:00.123+01:00'")))
                                .at())
                .isEqualTo(Samples.AT);
    }

    @Test
    void anEmptyRecordIsUnreadable() {
        assertRefused(new byte[0], Reason.UNREADABLE, "empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "{}{}", "{} x", "[]", "17", "null", "nonsense", "{'a':1,'a':2}", " "})
    void whatIsNotOneJsonObjectIsUnreadable(String text) {
        assertRefused(bytes(text), Reason.UNREADABLE, "JSON");
    }

    @Test
    void whatIsNotUtf8IsUnreadable() {
        assertRefused(new byte[] {'{', (byte) 0xC3, '}'}, Reason.UNREADABLE, "UTF-8");
        assertRefused("{\"a\":1}".getBytes(UTF_16LE), Reason.UNREADABLE, "JSON");
    }

    @Test
    void bottomlessNestingIsUnreadable() {
        assertRefused(bytes("{'x-a':" + "[".repeat(100_000)), Reason.UNREADABLE, "JSON");
    }

    @Test
    void anUnknownTypeIsNamed() {
        assertRefused(bytes("{'type':'paused'," + HEAD + "}"), Reason.UNKNOWN_TYPE, "paused");
    }

    @Test
    void aMissingOrWrongTypeOfEventIsInvalid() {
        assertRefused(bytes("{" + HEAD + "}"), Reason.INVALID, "'type' is missing");
        assertRefused(bytes("{'type':1," + HEAD + "}"), Reason.INVALID, "'type' is 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'creative':'c','at':1770000000000; model",
                "'model':'','creative':'c','at':1770000000000; model",
                "'model':' ','creative':'c','at':1770000000000; model",
                "'model':7,'creative':'c','at':1770000000000; model",
                "'model':'m','at':1770000000000; creative",
                "'model':'m','creative':'\\ud800','at':1770000000000; creative",
                "'model':'m','creative':'c'; at",
                "'model':'m','creative':'c','at':null; at",
                "'model':'m','creative':'c','at':'yesterday'; at",
                "'model':'m','creative':'c','at':'2026-03-01T12:00:00'; at",
                "'model':'m','creative':'c','at':1.5; at",
                "'model':'m','creative':'c','at':true; at",
                "'model':'m','creative':'c','at':1e300; at",
                "'model':'m','creative':'c','at':'+999999999-12-31T23:59:59Z'; at",
                "'model':'m','creative':'c','at':'-999999999-01-01T00:00:00Z'; at",
                "'model':'m','creative':'c','at':'1999-12-31T23:59:59Z'; at",
                "'model':'m','creative':'c','at':'2100-01-01T00:00:00Z'; at",
                "'model':'m','creative':'c','at':1770000000000,'why':1; why",
            })
    void aBadHeadIsInvalidAndTheFieldNamed(String fields, String field) {
        assertRefused(bytes("{'type':'reactivated'," + fields + "}"), Reason.INVALID, "'" + field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'advertiser':5; advertiser",
                "'advertiser':' '; advertiser",
                "'text':5; text",
                "'text':['a']; text",
                "'text':'\\udc00'; text",
                "'currency':'eur'; currency",
                "'currency':'Eur'; currency",
                "'currency':'EUX'; currency",
                "'currency':'EURO'; currency",
                "'currency':' EUR'; currency",
                "'currency':'€'; currency",
                "'currency':978; currency",
                "'categories':[]; categories",
                "'categories':{'a':1}; categories.a",
                "'categories':{' ':'a'}; categories.",
                "'numbers':{'a':'1'}; numbers.a",
                "'numbers':{'a':NaN}; numbers.a",
                "'numbers':{'a':-Infinity}; numbers.a",
                "'numbers':{'a':1e999}; numbers.a",
                "'embedding':{}; embedding",
                "'embedding':[1,'2']; embedding[1]",
                "'embedding':[NaN]; embedding[0]",
                "'embedding':[1e39]; embedding[0]",
                "'embedding':[null]; embedding[0]",
                "'embedding':[0,1000001]; embedding[1]",
                "'image':'iVBORw0KGgo='; image",
                "'image':{}; image",
                "'image':{'png':'','jpeg':''}; image",
                "'image':{'png':5}; image.png",
                "'image':{'png':'?'}; image.png",
                "'image':{'png':'iVBORw0KGgo='}; image.png",
                "'image':{'jpeg':'','width':2}; width",
                "'impressions':1; impressions",
            })
    void badContentIsInvalidAndTheFieldNamed(String part, String field) {
        assertRefused(
                bytes("{'type':'launched'," + HEAD + "," + part + "}"),
                Reason.INVALID,
                "'" + field);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 11, 0, 1.0, clicks",
        "0, -1, 0, 0, 1.0, impressions",
        "0, 10, -1, 0, 1.0, clicks",
        "0, 10, 1, -1, 1.0, conversions",
        "0, 10, 1, 0, -0.1, spend",
        "0, 10, 1, 0, NaN, spend",
        "0, 10, 1, 0, Infinity, spend",
        "0, 10, 1, 0, 1e999, spend",
        "0, 10, 1, 0, '\"1\"', spend",
        "-1, 10, 1, 0, 1.0, period",
        "2147483648, 10, 1, 0, 1.0, period",
        "0, 10.5, 1, 0, 1.0, impressions",
        "0, 9223372036854775808, 1, 0, 1.0, impressions",
        "0, 1000000000000001, 1, 0, 1.0, impressions",
        "0, 10, 1, 0, 1000000000000001, spend",
        "0, 10, true, 0, 1.0, clicks",
        "0, 10, null, 0, 1.0, clicks",
    })
    void badStatisticsAreInvalidAndTheFieldNamed(
            String period, String shown, String clicks, String sold, String spend, String field) {
        String numbers =
                String.format(
                        "'period':%s,'impressions':%s,'clicks':%s,'conversions':%s,'spend':%s",
                        period, shown, clicks, sold, spend);
        assertRefused(
                bytes("{'type':'statistics'," + HEAD + "," + numbers + "}"),
                Reason.INVALID,
                "'" + field + "'");
    }

    @Test
    void aThumbnailComesWithItsLaunchAndIsNoPartOfTheEvent() throws UndecodableException {
        byte[] pixels = {1, 2, 3, 4, 5, 6};
        String png =
                Base64.getEncoder().encodeToString(Pixels.png(pixels, new ImageShape(3, 2, 1)));
        byte[] with = launch("'image':{'png':'" + png + "'}");

        CreativeEventJson.Shown shown = json.show(with);

        assertThat(shown.image().orElseThrow().pixels()).isEqualTo(pixels);
        assertThat(shown.image().orElseThrow().shape()).isEqualTo(new ImageShape(3, 2, 1));
        assertThat(shown.event())
                .usingRecursiveComparison()
                .isEqualTo(json.decode(launch("'x-without':1")));
        assertThat(json.show(launch("'image':null")).image()).isEmpty();
    }

    @Test
    void theLargestThumbnailIsAChoice() {
        CreativeLimits small = new CreativeLimits(9, 9, 9, 9, 100, 1);
        String one =
                Base64.getEncoder()
                        .encodeToString(Pixels.png(new byte[1], new ImageShape(1, 1, 1)));
        String two =
                Base64.getEncoder()
                        .encodeToString(Pixels.png(new byte[2], new ImageShape(1, 1, 2)));

        assertThatCode(
                        () ->
                                new CreativeEventJson(small)
                                        .show(launch("'image':{'png':'" + one + "'}")))
                .doesNotThrowAnyException();
        assertThat(refusal(new CreativeEventJson(small), launch("'image':{'png':'" + two + "'}")))
                .hasMessageContaining(
                        "'image.png' is 1 x 2 pixels, allowed: a png file of at most 1");
        assertThat(
                        refusal(
                                new CreativeEventJson(small),
                                launch("'image':{'png':'" + "AAAA".repeat(34) + "'}")))
                .hasMessageContaining("'image.png' is 102 bytes, allowed: at most 100 bytes");
    }

    @Test
    void statisticsOfNothingAreFine() throws UndecodableException {
        String numbers = "'period':0,'impressions':0,'clicks':0,'conversions':0,'spend':0";

        assertThat(json.decode(bytes("{'type':'statistics'," + HEAD + "," + numbers + "}")))
                .isInstanceOf(IntervalStatistics.class);
    }

    @Test
    void longIdsTextsAndEmbeddingsAreInvalid() {
        String embedding =
                IntStream.range(0, 4097).mapToObj(i -> "0").collect(Collectors.joining(","));

        assertRefused(launch("'embedding':[" + embedding + "]"), Reason.INVALID, "4097 wide");
        assertRefused(launch("'text':'" + "é".repeat(32_769) + "'"), Reason.INVALID, "'text'");
        assertRefused(launch("'advertiser':'" + "a".repeat(257) + "'"), Reason.INVALID, "257");
    }

    @Test
    void aTextOfExactlyTheLimitIsFine() throws UndecodableException {
        assertThat(json.decode(launch("'text':'" + "é".repeat(32_768) + "'"))).isNotNull();
    }

    @Test
    void theLongestTextIsAChoice() {
        CreativeEventJson narrow = new CreativeEventJson(CreativeLimits.DEFAULT.withTextBytes(3));

        assertThat(refusal(narrow, launch("'text':'abcd'"))).hasMessageContaining("at most 3");
    }

    @Test
    void messagesAreShort() {
        UndecodableException refusal = refusal(json, launch("'text':[" + "1,".repeat(9999) + "1]"));

        assertThat(refusal.getMessage()).hasSizeLessThan(300);
    }

    private static byte[] launch(String part) {
        return bytes("{'type':'launched'," + HEAD + "," + part + "}");
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    private void assertRefused(byte[] bytes, Reason reason, String part) {
        UndecodableException refusal = refusal(json, bytes);

        assertThat(refusal).hasMessageContaining(part);
        assertThat(refusal.reason()).isEqualTo(reason);
    }

    private static UndecodableException refusal(CreativeEventJson json, byte[] bytes) {
        UndecodableException refusal =
                catchThrowableOfType(UndecodableException.class, () -> json.decode(bytes));
        assertThat(refusal).as("refusal of %s", new String(bytes, UTF_8)).isNotNull();
        return refusal;
    }
}
