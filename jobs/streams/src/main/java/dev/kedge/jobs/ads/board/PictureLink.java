// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.connectors.image.Preview;
import dev.kedge.jobs.page.PageJson;
import dev.kedge.operators.ads.creative.CreativeScore;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.util.Optional;

/** Where the pictures of creatives are, and what is answered there. */
final class PictureLink {
    static final String PATH = "/api/picture";

    private static final String LAUNCH = "at";

    private PictureLink() {}

    /** Where a card's picture is: with its launch, so that a browser need not ask twice. */
    static String of(CreativeScore score, CreativeCard card) {
        return PATH
                + "?model="
                + URLEncoder.encode(score.model(), UTF_8)
                + "&creative="
                + URLEncoder.encode(score.creative(), UTF_8)
                + "&at="
                + card.at();
    }

    /** Answers with a picture, or that there is none. */
    static void answer(Context request, CardShelf cards) {
        String model = PageJson.needed(request, "model");
        String creative = PageJson.needed(request, "creative");
        Optional<CreativeCard> card = cards.find(model, creative);
        Optional<Preview> picture = card.flatMap(CreativeCard::picture);
        if (picture.isEmpty()) {
            request.status(HttpStatus.NOT_FOUND);
            return;
        }
        if (Long.toString(card.orElseThrow().at()).equals(request.queryParam(LAUNCH))) {
            request.header("Cache-Control", "private, max-age=86400");
        }
        request.contentType("image/jpeg").result(picture.get().jpeg());
    }
}
