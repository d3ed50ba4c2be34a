// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.ads.CreativeEventJson.Read;
import dev.kedge.connectors.formats.Spelling;
import dev.kedge.connectors.image.ImageFile;
import dev.kedge.connectors.image.Preview;
import dev.kedge.connectors.json.ImageJson.FileReader;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.jobs.ads.board.CreativeCard;
import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.operators.ads.creative.CreativeContent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import java.io.IOException;
import java.util.Optional;

/**
 * Tells a board what only launches say: the campaign of a creative, and what it looks like. Scores
 * have neither.
 */
final class LaunchReader {
    private static final String LAUNCHED = "launched";
    private static final String CAMPAIGN = "campaign";

    private final CreativeEventJson events;
    private final FileReader<Optional<Preview>> pictures;
    private final ScoreBoard board;

    LaunchReader(ScoreBoard board, Spelling spelling) {
        this.events = new CreativeEventJson(spelling.input(DiscontinuationJob.RECORD));
        this.board = board;
        this.pictures = board.cards().isWanted() ? LaunchReader::preview : (f, t, p) -> none();
    }

    /** Takes a value of the topic of creatives; what is no launch is passed over. */
    void take(byte[] value) {
        if (!new String(value, UTF_8).contains(LAUNCHED)) {
            return;
        }
        try {
            Read<Optional<Preview>> read = events.read(value, pictures);
            if (read.event() instanceof CreativeLaunched launched) {
                note(launched, read.image().flatMap(preview -> preview));
            }
        } catch (UndecodableException e) {
            // The job says what is wrong with it.
            return;
        }
    }

    private void note(CreativeLaunched launched, Optional<Preview> picture) {
        CreativeContent content = launched.content();
        Optional.ofNullable(content.categories().get(CAMPAIGN))
                .ifPresent(name -> board.accept(launched.model(), launched.creative(), name));
        CreativeCard card = CreativeCard.of(launched.at(), content.text(), picture);
        board.cards().put(launched.model(), launched.creative(), card);
    }

    /** A picture that cannot be shown is none: the job itself may not even look at it. */
    private static Optional<Preview> preview(byte[] file, ImageFile.Format format, int most) {
        try {
            return Optional.of(Preview.of(file, format, most));
        } catch (IOException e) {
            return none();
        }
    }

    private static Optional<Preview> none() {
        return Optional.empty();
    }
}
