// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.classifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kedge.connectors.Samples;
import dev.kedge.connectors.image.Pixels;
import dev.kedge.connectors.json.EventDecoder;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.operators.classifier.ClassifierEvent;
import dev.kedge.operators.classifier.ClassifierSettings.Input;
import dev.kedge.operators.classifier.Label;
import dev.kedge.operators.classifier.Sample;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.stream.DeadLetter.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleJsonTest {
    private static final String HEAD = "'model':'m','id':'x','at':'2026-03-01T12:00:00.123Z'";
    private static final ImageShape GREY = new ImageShape(1, 2, 3);
    private static final byte[] PIXELS = {0, 1, 2, (byte) 200, (byte) 255, 5};

    private final SampleJson features = new SampleJson(new Input(2, new ImageShape(1, 2, 3)));
    private final SampleJson images = new SampleJson(new Input(0, new ImageShape(1, 2, 3)));
    private final SampleJson colours = new SampleJson(new Input(0, new ImageShape(3, 2, 3)));
    private final LabelJson labels = new LabelJson();

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    private static Sample sample(byte[] input, Optional<String> label) {
        return new Sample("m", "x", Samples.AT, input, label);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] file(String format, int type) throws IOException {
        BufferedImage image = new BufferedImage(3, 2, type);
        image.setRGB(1, 1, 0xff8040);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    private static void assertSame(ClassifierEvent event, Sample expected) {
        assertThat(event).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void featuresAreReadBackAsTheyWereWritten() throws UndecodableException {
        float[] values = {0.1f, -2e-7f};
        Sample sample = sample(InputForm.encode(values), Optional.of("cat"));

        assertSame(features.decode(SampleJson.encode(sample, values)), sample);
    }

    @Test
    void pixelsAreReadBackAsTheyWereWritten() throws UndecodableException {
        Sample sample = sample(PIXELS, Optional.empty());

        assertSame(images.decode(SampleJson.encode(sample, GREY)), sample);
    }

    @Test
    void aPngIsReadWithItsOwnGreyValues() throws UndecodableException {
        String png = base64(Pixels.png(PIXELS, GREY));
        byte[] record = bytes("{" + HEAD + ",'image':{'png':'" + png + "'},'label':'cat'}");

        assertSame(images.decode(record), sample(PIXELS, Optional.of("cat")));
    }

    @Test
    void aPngOfColoursIsReadChannelByChannelOrAsGrey() throws Exception {
        String png = base64(file("png", BufferedImage.TYPE_INT_RGB));
        byte[] record = bytes("{" + HEAD + ",'image':{'png':'" + png + "'}}");

        byte[] colour = ((Sample) colours.decode(record)).input();
        assertThat(colour).hasSize(18);
        assertThat(new int[] {colour[4] & 0xff, colour[10] & 0xff, colour[16] & 0xff})
                .containsExactly(0xff, 0x80, 0x40);
        assertThat(((Sample) images.decode(record)).input()[4] & 0xff).isEqualTo(159);
    }

    @Test
    void aJpegIsRead() throws Exception {
        String jpeg = base64(file("jpeg", BufferedImage.TYPE_INT_RGB));

        ClassifierEvent event =
                colours.decode(bytes("{" + HEAD + ",'image':{'jpeg':'" + jpeg + "'}}"));

        assertThat(((Sample) event).input()).hasSize(18);
    }

    @Test
    void aRecordWithALabelAndNothingToClassifyIsALabel() throws UndecodableException {
        Label label = new Label("m", "x", Samples.AT, "cat");

        assertThat(features.decode(LabelJson.encode(label))).isEqualTo(label);
        assertThat(labels.decode(LabelJson.encode(label))).isEqualTo(label);
    }

    @Test
    void nullCountsAsNotGivenAndOwnFieldsAreSkipped() throws UndecodableException {
        assertSame(
                features.decode(
                        bytes("{" + HEAD + ",'features':[1,2],'label':null,'x-trace':{'a':1}}")),
                sample(InputForm.encode(new float[] {1, 2}), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{HEAD} | INVALID | field 'features' is missing, allowed: an array of 2",
                "{HEAD,'features':[1]} | INVALID | 'features' is 1 numbers, allowed: an array of 2",
                "{HEAD,'features':[1,2,3]} | INVALID | 'features' is 3 numbers",
                "{HEAD,'features':7} | INVALID | 'features' is 7, allowed: an array of 2 finite",
                "{HEAD,'features':[1,NaN]} | INVALID | 'features[1]' is \"NaN\", allowed: a finite",
                "{HEAD,'features':[1,-Infinity]} | INVALID | 'features[1]'",
                "{HEAD,'features':[1,1e39]} | INVALID | 'features[1]' is 1.0E39",
                "{HEAD,'features':[1,'2']} | INVALID | 'features[1]' is \"2\"",
                "{HEAD,'features':[1,null]} | INVALID | 'features[1]' is null",
                "{HEAD,'image':{'pixels':'AA=='}} | INVALID | 'image' is given, allowed: features",
                "{HEAD,'features':[1,2],'label':''} | INVALID | 'label' is",
                "{HEAD,'features':[1,2],'label':' '} | INVALID | 'label' is",
                "{HEAD,'features':[1,2],'label':7} | INVALID | 'label' is 7",
                "{HEAD,'features':[1,2],'label':'LONG'} | INVALID | 'label' is 257 characters long",
                "{HEAD,'features':[1,2],'class':'a'} | INVALID | 'class' is",
                "{'model':'m','id':'x','at':12,'features':[1,2]} | INVALID | 'at' is 12",
                "{'model':'m','id':'x','at':'soon','features':[1,2]} | INVALID | 'at' is",
                "{'model':'m','id':'x','features':[1,2]} | INVALID | 'at' is missing",
                "{'model':'m','at':'2026-03-01T12:00:00Z','features':[1,2]} | INVALID | 'id' is",
                "{'id':'x','at':'2026-03-01T12:00:00Z','features':[1,2]} | INVALID | 'model' is",
                "{HEAD,'features':[1,2],'id':'y'} | UNREADABLE | not JSON",
                "[1] | UNREADABLE | JSON, but ARRAY",
                "{HEAD,'features':[1, | UNREADABLE | not JSON",
                "~~ | UNREADABLE | empty"
            })
    void aBadSampleOfFeaturesIsRefusedWithItsReason(String text, Reason reason, String words) {
        refused(features, text, reason, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{HEAD} | 'image' is missing, allowed: an object with one of png, jpeg, pixels",
                "{HEAD,'features':[1,2]} | 'features' is given, allowed: an image",
                "{HEAD,'image':7} | 'image' is 7, allowed: an object",
                "{HEAD,'image':{}} | 'image' is 0 of them, allowed: one of png, jpeg, pixels",
                "{HEAD,'image':{'png':'','jpeg':''}} | 'image' is 2 of them",
                "{HEAD,'image':{'gif':''}} | 'image' is 0 of them",
                "{HEAD,'image':{'png':'??'}} | 'image.png' is ??, allowed: a text in base64",
                "{HEAD,'image':{'png':7}} | 'image.png' is 7, allowed: a text in base64",
                "{HEAD,'image':{'png':'AAAA'}} | 'image.png' is",
                "{HEAD,'image':{'jpeg':'AAAA'}} | 'image.jpeg' is",
                "{HEAD,'image':{'png':'CUT'}} | 'image.png' is",
                "{HEAD,'image':{'png':'OTHER'}} | 'image.png' is 1 x 1 pixels, allowed: a png file"
                        + " of 2 x 3 pixels",
                "{HEAD,'image':{'jpeg':'OTHER'}} | 'image.jpeg' is",
                "{HEAD,'image':{'channels':1,'height':2,'width':3}} | 'image' is 0 of them",
                "{HEAD,'image':{'pixels':'AAAAAAAA'}} | 'channels' is missing",
                "{HEAD,'image':{'channels':3,'height':2,'width':3,'pixels':'AAAAAAAA'}} |"
                        + " 'image.channels' is 3, allowed: 1",
                "{HEAD,'image':{'channels':1,'height':2,'width':4,'pixels':'AAAAAAAA'}} |"
                        + " 'image.width' is 4, allowed: 3",
                "{HEAD,'image':{'channels':1,'height':2,'width':3,'pixels':'AAAA'}} |"
                        + " 'image.pixels' is 3 bytes, allowed: 6 bytes",
                "{HEAD,'image':{'png':'GOOD','name':'a'}} | 'name' is"
            })
    void aBadImageIsRefusedWithItsReason(String text, String words) {
        refused(images, text, Reason.INVALID, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{HEAD} | 'label' is missing",
                "{HEAD,'label':''} | 'label' is",
                "{HEAD,'label':'LONG'} | 'label' is 257 characters long, allowed: a text of 1 to",
                "{HEAD,'label':'a','features':[1,2]} | 'features' is"
            })
    void aBadLabelIsRefusedWithItsReason(String text, String words) {
        refused(labels, text, Reason.INVALID, words);
    }

    private static void refused(
            EventDecoder<ClassifierEvent> decoder, String text, Reason reason, String words) {
        byte[] good = Pixels.png(PIXELS, GREY);
        String filled =
                text.replace("HEAD", HEAD)
                        .replace("LONG", "l".repeat(257))
                        .replace("CUT", base64(Arrays.copyOf(good, good.length / 2)))
                        .replace("OTHER", base64(Pixels.png(new byte[1], new ImageShape(1, 1, 1))))
                        .replace("GOOD", base64(good));
        UndecodableException refusal =
                catchThrowableOfType(
                        UndecodableException.class, () -> decoder.decode(bytes(filled)));

        assertThat(refusal).as(text).isNotNull();
        assertThat(refusal.getMessage()).contains(words);
        assertThat(refusal.reason()).isEqualTo(reason);
    }
}
