// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kedge.connectors.TrackerSamples;
import dev.kedge.connectors.image.Pixels;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.stream.DeadLetter.Reason;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.operators.tracker.ctvis.Box;
import dev.kedge.operators.tracker.ctvis.Detection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameJsonTest {
    private static final String HEAD =
            "'model':'m','stream':'s','frame':1,'at':'2026-03-01T12:00:00Z'";
    private static final String PIXELS =
            "'crop':{'channels':3,'height':1,'width':2,'pixels':'AAECAwQF'},'score':0.5";
    private static final String FEATURES = "'features':[1,2,3],'score':0.5";

    private final FrameJson features = new FrameJson(TrackerSamples.FEATURES);
    private final FrameJson crops = new FrameJson(TrackerSamples.CROPS);

    @Test
    void whatIsWrittenIsReadBack() throws UndecodableException {
        StreamFrame ofFeatures = TrackerSamples.ofFeatures();
        StreamFrame ofCrops = TrackerSamples.ofCrops();

        assertThat(features.decode(features.encode(ofFeatures)))
                .usingRecursiveComparison()
                .isEqualTo(ofFeatures);
        assertThat(crops.decode(crops.encode(ofCrops)))
                .usingRecursiveComparison()
                .isEqualTo(ofCrops);
    }

    @Test
    void anythingButContentAndScoreMayBeMissing() throws UndecodableException {
        StreamFrame frame = features.decode(frame(FEATURES));

        Detection only = frame.frame().detections().get(0);
        assertThat(frame.last()).isFalse();
        assertThat(only.label()).isEmpty();
        assertThat(only.identity()).isEmpty();
        assertThat(only.box()).isEmpty();
    }

    @Test
    void aFrameMayBeWithoutDetections() throws UndecodableException {
        assertThat(features.decode(frame()).frame().detections()).isEmpty();
    }

    @Test
    void aBoxIsLeftTopWidthHeight() throws UndecodableException {
        StreamFrame frame = features.decode(frame(FEATURES + ",'box':[1,2,3,4.5]"));

        assertThat(frame.frame().detections().get(0).box()).contains(new Box(1, 2, 4, 6.5));
    }

    @Test
    void aBoxGoesOutWithTheNumbersThatCameIn() throws UndecodableException {
        SplittableRandom random = new SplittableRandom(15);
        List<double[]> boxes = new ArrayList<>();
        boxes.add(new double[] {16.1, 20.7, 76.3, 0.1});
        boxes.add(new double[] {-999_999_999.9, 1e9, 1e-9, 0});
        for (int i = 0; i < 200; i++) {
            double far = Math.pow(10, random.nextInt(9));
            boxes.add(
                    new double[] {
                        random.nextDouble(-far, far),
                        random.nextDouble(-1, 1),
                        random.nextDouble(100),
                        random.nextDouble(far)
                    });
        }
        for (double[] numbers : boxes) {
            StreamFrame frame =
                    features.decode(frame(FEATURES + ",'box':" + Arrays.toString(numbers)));
            Box box = frame.frame().detections().get(0).box().orElseThrow();

            assertThat(box.left()).isEqualTo(numbers[0]);
            assertThat(box.top()).isEqualTo(numbers[1]);
            assertThat(box.width()).isEqualTo(numbers[2]);
            assertThat(box.height()).isEqualTo(numbers[3]);
        }
    }

    @Test
    void aCropMayBeAFile() throws UndecodableException {
        byte[] pixels = {1, 2, 3, 4, 5, 6};
        String png =
                Base64.getEncoder().encodeToString(Pixels.png(pixels, new ImageShape(3, 1, 2)));

        StreamFrame frame = crops.decode(frame("'crop':{'png':'" + png + "'},'score':1"));

        assertThat(frame.frame().detections().get(0).input()).isEqualTo(pixels);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "17", "nonsense", "{'a':1,'a':2}", ""})
    void whatIsNotOneJsonObjectIsUnreadable(String text) {
        assertThat(refusal(features, bytes(text)).reason()).isEqualTo(Reason.UNREADABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'stream':'s','frame':1,'at':1770000000000,'detections':[]; 'model'",
                "'model':'m','frame':1,'at':1770000000000,'detections':[]; 'stream'",
                "'model':'m','stream':' ','frame':1,'at':1770000000000,'detections':[]; 'stream'",
                "'model':'m','stream':'s','at':1770000000000,'detections':[]; 'frame'",
                "'model':'m','stream':'s','frame':-1,'at':1770000000000,'detections':[]; 'frame'",
                "'model':'m','stream':'s','frame':1.5,'at':1770000000000,'detections':[]; 'frame'",
                "'model':'m','stream':'s','frame':1,'detections':[]; 'at'",
                "'model':'m','stream':'s','frame':1,'at':0,'detections':[]; 'at'",
                "'model':'m','stream':'s','frame':1,'at':'2199-01-01T00:00:00Z','detections':[]; 'at'",
                "'model':'m','stream':'s','frame':1,'at':1770000000000; 'detections'",
                "'model':'m','stream':'s','frame':1,'at':1770000000000,'detections':{}; 'detections'",
                "'model':'m','stream':'s','frame':1,'at':1770000000000,'detections':[],'last':1; 'last'",
                "'model':'m','stream':'s','frame':1,'at':1770000000000,'detections':[],'more':1; 'more'",
                "'model':'m','stream':'s','frame':1,'at':1770000000000,'detections':[7]; 'detections[0]'",
            })
    void aBadHeadIsInvalidAndTheFieldNamed(String fields, String field) {
        assertInvalid(features, bytes("{" + fields + "}"), field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'score':0.5; 'detections[1].features'",
                "'features':[1,2],'score':0.5; 'detections[1].features' is 2 numbers",
                "'features':[1,2,NaN],'score':0.5; 'detections[1].features[2]'",
                "'features':[1,2,1e39],'score':0.5; 'detections[1].features[2]'",
                "'features':[1,2,'3'],'score':0.5; 'detections[1].features[2]'",
                "'features':7,'score':0.5; 'detections[1].features'",
                "'features':[1,2,3]; 'detections[1].score'",
                "'features':[1,2,3],'score':1.01; 'detections[1].score'",
                "'features':[1,2,3],'score':-0.1; 'detections[1].score'",
                "'features':[1,2,3],'score':NaN; 'detections[1].score'",
                "'features':[1,2,3],'score':true; 'detections[1].score'",
                "'features':[1,2,3],'score':1,'class':''; 'detections[1].class'",
                "'features':[1,2,3],'score':1,'identity':7; 'detections[1].identity'",
                "'features':[1,2,3],'score':1,'identity':'a'; 'detections[1].identity' is a",
                "'features':[1,2,3],'score':1,'box':[1,2,3]; 'detections[1].box'",
                "'features':[1,2,3],'score':1,'box':[1,2,-3,4]; 'detections[1].box'",
                "'features':[1,2,3],'score':1,'box':[1,2,NaN,4]; 'detections[1].box'",
                "'features':[1,2,3],'score':1,'box':[1,2,-1e-20,4]; 'detections[1].box'",
                "'features':[1,2,3],'score':1,'box':[1e308,2,1e308,4]; 'detections[1].box'",
                "'features':[1,2,3],'score':1,'where':'here'; 'detections[1].where'",
                "'features':[1,2,3],'score':1,'crop':{}; 'detections[1].crop' is given",
            })
    void aBadDetectionIsInvalidAndThePlaceNamed(String detection, String field) {
        assertInvalid(features, frame(FEATURES + ",'identity':'a'", detection), field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'score':0.5; 'detections[0].crop'",
                "'features':[1],'score':0.5; 'detections[0].features' is given",
                "'crop':{},'score':1; 'detections[0].crop'",
                "'crop':{'png':'a','jpeg':'b'},'score':1; 'detections[0].crop' is 2 of them",
                "'crop':{'png':'AAAA'},'score':1; 'detections[0].crop.png'",
                "'crop':{'jpeg':'*'},'score':1; 'detections[0].crop.jpeg'",
                "'crop':{'channels':1,'height':1,'width':2,'pixels':'AAE='},'score':1; crop.channels' is 1",
                "'crop':{'channels':3,'height':2,'width':2,'pixels':'AAE='},'score':1; crop.height' is 2",
                "'crop':{'channels':3,'height':1,'width':3,'pixels':'AAE='},'score':1; crop.width' is 3",
                "'crop':{'channels':3,'height':1,'width':2,'pixels':'AAE='},'score':1; crop.pixels' is 2 bytes, allowed: 6 bytes",
            })
    void aBadCropIsInvalidAndNamed(String detection, String field) {
        assertInvalid(crops, frame(detection), field);
    }

    @Test
    void aGoodCropIsRead() throws UndecodableException {
        assertThat(crops.decode(frame(PIXELS)).frame().detections().get(0).input())
                .containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void noFrameHasMoreThan1024Detections() {
        String many =
                IntStream.range(0, 1025)
                        .mapToObj(i -> "{" + FEATURES + "}")
                        .collect(Collectors.joining(","));

        assertInvalid(
                features, bytes("{" + HEAD + ",'detections':[" + many + "]}"), "1025 of them");
    }

    @Test
    void theInputsOfAJobHaveOneKind() {
        TrackerSettings.Input wide = new TrackerSettings.Input(4, TrackerSamples.FEATURES.crop());

        assertInvalid(new FrameJson(wide), frame(FEATURES), "an array of 4 finite numbers");
    }

    private static byte[] frame(String... detections) {
        String all =
                IntStream.range(0, detections.length)
                        .mapToObj(i -> "{" + detections[i] + "}")
                        .collect(Collectors.joining(","));
        return bytes("{" + HEAD + ",'detections':[" + all + "]}");
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    private static void assertInvalid(FrameJson json, byte[] bytes, String part) {
        UndecodableException refusal = refusal(json, bytes);
        assertThat(refusal).hasMessageContaining(part);
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
    }

    private static UndecodableException refusal(FrameJson json, byte[] bytes) {
        UndecodableException refusal =
                catchThrowableOfType(UndecodableException.class, () -> json.decode(bytes));
        assertThat(refusal).as("refusal of %s", new String(bytes, UTF_8)).isNotNull();
        return refusal;
    }
}
