// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.image.Pixels;
import dev.kedge.connectors.image.Preview;
import dev.kedge.jobs.ads.board.CardShelf;
import dev.kedge.jobs.ads.board.CreativeCard;
import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.operators.image.ImageShape;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaunchReaderTest {
    private static final byte[] PICTURE = picture(300, 200);

    private final ScoreBoard board = new ScoreBoard(Clock.systemUTC());

    private static byte[] picture(int height, int width) {
        byte[] pixels = new byte[3 * height * width];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * i / 7);
        }
        return Pixels.png(pixels, new ImageShape(3, height, width));
    }

    private static byte[] launch(String fields) {
        String event =
                "{\"type\":\"launched\",\"model\":\"m\",\"creative\":\"c\","
                        + "\"at\":\"2026-03-01T12:00:00Z\""
                        + fields
                        + "}";
        return event.getBytes(UTF_8);
    }

    private static String image(byte[] png) {
        return ",\"image\":{\"png\":\"" + Base64.getEncoder().encodeToString(png) + "\"}";
    }

    private static Optional<CreativeCard> card(ScoreBoard board) {
        return board.cards().find("m", "c");
    }

    @Test
    void aLaunchBringsItsTextAndASmallCopyOfItsPicture() {
        new LaunchReader(board, JobSettings.Kafka.DEFAULT.spelling())
                .take(launch(",\"text\":\"Two for one\"" + image(PICTURE)));

        CreativeCard card = card(board).orElseThrow();
        Preview picture = card.picture().orElseThrow();
        assertThat(card.text()).isEqualTo("Two for one");
        assertThat(picture.height()).isEqualTo(240);
        assertThat(picture.width()).isEqualTo(160);
        assertThat(picture.jpeg()).startsWith(0xff, 0xd8).isNotEqualTo(PICTURE);
    }

    @Test
    void aPictureWhosePixelsAreDamagedIsNoneAndTheTextStays() {
        byte[] damaged = PICTURE.clone();
        damaged[damaged.length / 2] ^= 1;

        new LaunchReader(board, JobSettings.Kafka.DEFAULT.spelling())
                .take(launch(",\"text\":\"Two for one\"" + image(damaged)));

        assertThat(card(board).orElseThrow().text()).isEqualTo("Two for one");
        assertThat(card(board).orElseThrow().picture()).isEmpty();
    }

    @Test
    void aLaunchOfNothingToShowHasNoCard() {
        new LaunchReader(board, JobSettings.Kafka.DEFAULT.spelling())
                .take(launch(",\"advertiser\":\"acme\""));

        assertThat(card(board)).isEmpty();
    }

    @Test
    void whatIsNoLaunchIsPassedOver() {
        LaunchReader reader = new LaunchReader(board, JobSettings.Kafka.DEFAULT.spelling());

        reader.take("no JSON at all".getBytes(UTF_8));
        reader.take("{\"type\":\"launched\"}".getBytes(UTF_8));
        reader.take("{\"type\":\"discontinued\",\"reason\":\"launched\"}".getBytes(UTF_8));

        assertThat(card(board)).isEmpty();
    }

    @Test
    void whereNoCardsAreWantedNoPictureIsDecoded() {
        ScoreBoard without = new ScoreBoard(Clock.systemUTC(), 10, 7, new CardShelf.Bounds(0, 1));
        byte[] damaged = PICTURE.clone();
        damaged[damaged.length / 2] ^= 1;

        new LaunchReader(without, JobSettings.Kafka.DEFAULT.spelling())
                .take(launch(image(damaged)));

        assertThat(card(without)).isEmpty();
    }
}
