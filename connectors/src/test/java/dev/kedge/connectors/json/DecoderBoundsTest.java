// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kedge.connectors.TrackerSamples;
import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.classifier.LabelJson;
import dev.kedge.connectors.classifier.SampleJson;
import dev.kedge.connectors.image.testing.MadeJpeg;
import dev.kedge.connectors.image.testing.MadePng;
import dev.kedge.connectors.testing.Patience;
import dev.kedge.connectors.tracker.FrameJson;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.classifier.ClassifierSettings;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.stream.DeadLetter.Reason;
import dev.kedge.operators.tracker.TrackerSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one record can ask of each decoder at most. */
class DecoderBoundsTest {
    private static final String AT = ",'at':'2026-03-01T12:00:00Z'";
    private static final String LAUNCH = "'type':'launched','model':'m','creative':'c'" + AT;
    private static final String SAMPLE = "'model':'m','id':'i'" + AT;
    private static final String FRAME = "'model':'m','stream':'s','frame':1" + AT;

    private static final CreativeEventJson CREATIVES = new CreativeEventJson();
    private static final SampleJson FEATURES =
            new SampleJson(
                    new ClassifierSettings.Input(2, ClassifierSettings.DEFAULT.input().image()));
    private static final FrameJson FRAMES = new FrameJson(TrackerSamples.FEATURES);

    /** A decoder with a good record, open at its end. */
    static Stream<Arguments> decoders() {
        return Stream.of(
                arguments("creatives", CREATIVES, LAUNCH),
                arguments("samples", FEATURES, SAMPLE + ",'features':[1,2]"),
                arguments("labels", new LabelJson(), SAMPLE + ",'label':'a'"),
                arguments("frames", FRAMES, FRAME + ",'detections':[]"),
                arguments("commands", new CommandJson(), "'command':'pause'"));
    }

    private static byte[] bytes(String fields) {
        return ("{" + fields + "}").replace('\'', '"').getBytes(UTF_8);
    }

    private static <E> UndecodableException refusal(EventDecoder<E> decoder, byte[] bytes) {
        UndecodableException refusal =
                assertTimeoutPreemptively(
                        Patience.TIME,
                        () ->
                                catchThrowableOfType(
                                        UndecodableException.class, () -> decoder.decode(bytes)));
        assertThat(refusal).isNotNull();
        assertThat(refusal.getMessage()).hasSizeLessThan(400);
        return refusal;
    }

    private static <E> void refused(
            EventDecoder<E> decoder, String fields, Reason reason, String part) {
        UndecodableException refusal = refusal(decoder, bytes(fields));
        assertThat(refusal).hasMessageContaining(part);
        assertThat(refusal.reason()).isEqualTo(reason);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("decoders")
    void aRecordOfMoreThan16MebibytesIsNotParsed(
            String name, EventDecoder<?> decoder, String good) {
        byte[] large = new byte[(16 << 20) + 1];
        byte[] record = bytes(good);
        Arrays.fill(large, (byte) ' ');
        System.arraycopy(record, 0, large, 0, record.length);

        assertThat(refusal(decoder, large)).hasMessage("16777217 bytes, allowed: at most 16777216");
        assertThat(EventTimeJson.at(large)).isEmpty();
        assertThatCode(() -> decoder.decode(Arrays.copyOf(large, 16 << 20)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("decoders")
    void aRecordOfMoreThanTwoMillionTokensIsNoTree(
            String name, EventDecoder<?> decoder, String good) {
        String lists = "[],".repeat(1 << 20) + "[]";

        refused(decoder, good + ",'x-many':[" + lists + "]", Reason.UNREADABLE, "oken count");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("decoders")
    void depthNamesAndNumbersAreBoundedInFieldsThatAreSkippedToo(
            String name, EventDecoder<?> decoder, String good) {
        String deep = "[".repeat(1000) + "]".repeat(1000);
        refused(decoder, good + ",'x-deep':" + deep, Reason.UNREADABLE, "nesting depth");
        String digits = "1".repeat(100_000);
        refused(decoder, good + ",'x-digits':" + digits, Reason.UNREADABLE, "umber");
        refused(decoder, good + ",'x-digits':0." + digits, Reason.UNREADABLE, "umber");
        String wide = "x-" + "n".repeat(60_000);
        refused(decoder, good + ",'" + wide + "':1", Reason.UNREADABLE, "ame");
        refused(decoder, good + ",'x-a':1,'x-a':1", Reason.UNREADABLE, "Duplicate field");
        assertThatCode(() -> decoder.decode(bytes(good + ",'x-large':1e999999")))
                .doesNotThrowAnyException();
    }

    @Test
    void aNumberBeyondAllIsRefusedWhereverOneIsRead() {
        String report =
                "'type':'statistics','model':'m','creative':'c','period':0,'impressions':1,"
                        + "'clicks':0,'conversions':0"
                        + AT;
        String digits = "9".repeat(1000);
        for (String number : new String[] {"1e999999", "-1e999999", digits}) {
            refused(CREATIVES, report + ",'spend':" + number, Reason.INVALID, "'spend'");
            refused(
                    CREATIVES,
                    LAUNCH + ",'numbers':{'n':" + number + "}",
                    Reason.INVALID,
                    "'numbers.n'");
            refused(
                    CREATIVES,
                    LAUNCH + ",'embedding':[" + number + "]",
                    Reason.INVALID,
                    "'embedding[0]'");
            refused(
                    FEATURES,
                    SAMPLE + ",'features':[1," + number + "]",
                    Reason.INVALID,
                    "'features[1]'");
            refused(
                    new CommandJson(),
                    "'command':'rate','value':" + number,
                    Reason.INVALID,
                    "'value'");
        }
        refused(
                FRAMES,
                FRAME.replace("'frame':1", "'frame':" + digits) + ",'detections':[]",
                Reason.INVALID,
                "'frame'");
        refused(
                FEATURES,
                "'model':'m','id':'i','features':[1,2],'at':" + digits,
                Reason.INVALID,
                "'at'");
    }

    @Test
    void manyNamesThatHashAlikeCostNoMoreThanOthers() {
        String names =
                IntStream.range(0, 1 << 16)
                        .mapToObj(DecoderBoundsTest::alike)
                        .map(name -> "'" + name + "':'v'")
                        .collect(Collectors.joining(","));

        UndecodableException refusal =
                assertTimeoutPreemptively(
                        Patience.TIME,
                        () ->
                                catchThrowableOfType(
                                        UndecodableException.class,
                                        () ->
                                                CREATIVES.decode(
                                                        bytes(
                                                                LAUNCH
                                                                        + ",'categories':{"
                                                                        + names
                                                                        + "}"))));
        assertThat(refusal).hasMessageContaining("65536 fields wide, allowed: at most 256 fields");
    }

    /** One of 65,536 names of the same {@code hashCode}. */
    private static String alike(int bits) {
        return IntStream.range(0, 16)
                .mapToObj(i -> (bits >> i & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\n", "\\t", "\\u001b[31m", "\\u007f", "\\u0085"})
    void controlCharactersAreNoPartOfAnId(String control) {
        String bad = "'a" + control + "b'";

        refused(CREATIVES, LAUNCH.replace("'m'", bad), Reason.INVALID, "'model' is a\\u00");
        refused(CREATIVES, LAUNCH.replace("'c'", bad), Reason.INVALID, "'creative' is a\\u00");
        refused(CREATIVES, LAUNCH + ",'advertiser':" + bad, Reason.INVALID, "'advertiser' is");
        refused(CREATIVES, LAUNCH + ",'categories':{" + bad + ":'v'}", Reason.INVALID, "bad name");
        refused(CREATIVES, LAUNCH + ",'numbers':{" + bad + ":1}", Reason.INVALID, "bad name");
        String sample = SAMPLE + ",'features':[1,2]";
        refused(FEATURES, sample.replace("'m'", bad), Reason.INVALID, "'model' is a\\u00");
        refused(FEATURES, sample.replace("'i'", bad), Reason.INVALID, "'id' is a\\u00");
        refused(FEATURES, sample + ",'label':" + bad, Reason.INVALID, "'label' is a\\u00");
        refused(new LabelJson(), SAMPLE + ",'label':" + bad, Reason.INVALID, "'label' is a\\u00");
        String frame = FRAME + ",'detections':[{'features':[1,2,3],'score':1,WHAT}]";
        refused(
                FRAMES,
                frame.replace("'s'", bad).replace(",WHAT", ""),
                Reason.INVALID,
                "'stream' is a\\u00");
        refused(
                FRAMES,
                frame.replace("WHAT", "'class':" + bad),
                Reason.INVALID,
                "'detections[0].class' is a\\u00");
        refused(
                FRAMES,
                frame.replace("WHAT", "'identity':" + bad),
                Reason.INVALID,
                "'detections[0].identity' is a\\u00");
    }

    @Test
    void whatOlderVersionsTookCanStillBeForgotten() throws UndecodableException {
        assertThat(
                        new CommandJson()
                                .decode(
                                        bytes(
                                                "'command':'forget','creative':'a\\u0000',"
                                                        + "'model':'m\\n'"))
                                .name())
                .isEqualTo("a\u0000");
    }

    @Test
    void writingFromRightToLeftIsContentInIdsAndTexts() throws UndecodableException {
        CreativeLaunched launched =
                (CreativeLaunched)
                        CREATIVES.decode(
                                bytes(
                                        LAUNCH.replace("'c'", "'\u05de\u202ec'")
                                                + ",'text':'\u202eabc\\u0000'"));

        assertThat(launched.creative()).isEqualTo("\u05de\u202ec");
        assertThat(launched.content().text()).isEqualTo("\u202eabc\u0000");
    }

    @Test
    void aHeapOfCombiningMarksIsRefusedAndAnOrnamentIsNot() {
        String marks = "\u0301\u0316".repeat(64);
        String heap = marks + "\u0301";

        for (String field :
                new String[] {
                    "'text':'VALUE'", "'categories':{'f':'VALUE'}", "'advertiser':'VALUE'"
                }) {
            refused(
                    CREATIVES,
                    LAUNCH + "," + field.replace("VALUE", "e" + heap),
                    Reason.INVALID,
                    "is a heap of combining marks, allowed: at most 128 combining marks in a row");
            assertThatCode(
                            () ->
                                    CREATIVES.decode(
                                            bytes(
                                                    LAUNCH
                                                            + ","
                                                            + field.replace(
                                                                    "VALUE", "e" + marks + "e"))))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aFrameHasAtMost1024Detections() throws UndecodableException {
        String one = "{'features':[1,2,3],'score':0.5}";

        assertThat(
                        FRAMES.decode(bytes(FRAME + ",'detections':[" + times(1024, one) + "]"))
                                .frame()
                                .detections())
                .hasSize(1024);
        refused(
                FRAMES,
                FRAME + ",'detections':[" + times(1025, one) + "]",
                Reason.INVALID,
                "'detections' is 1025 of them, allowed: at most 1024");
    }

    private static String times(int count, String one) {
        return Stream.generate(() -> one).limit(count).collect(Collectors.joining(","));
    }

    @Test
    void theCropsOfAFrameShareOneBudget() throws UndecodableException {
        FrameJson crops = new FrameJson(new TrackerSettings.Input(0, new ImageShape(1, 512, 512)));
        byte[] png =
                new MadePng(512, 512, 1, 0, false)
                        .chunk("IDAT", MadePng.packed(new byte[512 * 65]))
                        .end();
        String crop = "{'crop':{'png':'" + base64(png) + "'},'score':0.5}";

        assertThat(
                        crops.decode(bytes(FRAME + ",'detections':[" + times(128, crop) + "]"))
                                .frame()
                                .detections())
                .hasSize(128);
        refused(
                crops,
                FRAME + ",'detections':[" + times(129, crop) + "]",
                Reason.INVALID,
                "'detections[128].crop.png' is 262144 pixels times 1 scans, of which 0 of"
                        + " 33554432 are left");
    }

    @Test
    void anImageOfManyScansOrHalfAnImageIsRefusedInEveryRecord() throws IOException {
        byte[] scans =
                MadeJpeg.withEmptyScans(
                        MadeJpeg.of(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), true),
                        46_000);
        byte[] half;
        try (InputStream in = getClass().getResourceAsStream("/images/half.jpg")) {
            half = in.readAllBytes();
        }
        SampleJson images =
                new SampleJson(new ClassifierSettings.Input(0, new ImageShape(3, 64, 64)));
        FrameJson crops = new FrameJson(new TrackerSettings.Input(0, new ImageShape(3, 64, 64)));

        for (byte[] file : new byte[][] {scans, half}) {
            String words = file == half ? "broken off after" : "more than 100 scans";
            String image = "{'jpeg':'" + base64(file) + "'}";
            refused(CREATIVES, LAUNCH + ",'image':" + image, Reason.INVALID, words);
            refused(images, SAMPLE + ",'image':" + image, Reason.INVALID, words);
            refused(
                    crops,
                    FRAME + ",'detections':[{'score':1,'crop':" + image + "}]",
                    Reason.INVALID,
                    words);
        }
    }

    @Test
    void aThumbnailThatNobodyReadsIsNotDecoded() throws UndecodableException {
        // Whole in structure, and nothing in it that could be inflated.
        byte[] hollow = new MadePng(1024, 1024, 8, 0, false).chunk("IDAT", (byte) 1).end();
        byte[] record = bytes(LAUNCH + ",'image':{'png':'" + base64(hollow) + "'}");

        assertThat(CREATIVES.decode(record)).isInstanceOf(CreativeLaunched.class);
        assertThat(catchThrowableOfType(UndecodableException.class, () -> CREATIVES.show(record)))
                .hasMessageContaining("'image.png' is");
    }

    private static String base64(byte[] file) {
        return Base64.getEncoder().encodeToString(file);
    }
}
