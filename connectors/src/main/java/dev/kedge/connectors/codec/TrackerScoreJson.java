// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.operators.ctvis.Track;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.operators.tracker.TrackerScore.Dropped;
import dev.kedge.operators.tracker.TrackerScore.Seen;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Scores of frames as JSON: moments as ISO-8601, NaN as null. The same score always gives the same
 * bytes.
 */
public final class TrackerScoreJson implements EventDecoder<TrackerScore> {
    private static final long serialVersionUID = 1L;

    /** Writes a score. */
    public static byte[] encode(TrackerScore score) {
        return Json.write(to -> fields(score, new JsonOut(to)));
    }

    private static void fields(TrackerScore score, JsonOut to) throws IOException {
        to.text("model", score.model()).text("stream", score.stream());
        to.whole("frame", score.frame()).moment("at", score.at());
        to.objects("detections", score.detections(), TrackerScoreJson::seen);
        to.whole("bankSize", score.bankSize()).whole("modelVersion", score.modelVersion());
        to.moment("featureTime", score.featureTime());
    }

    private static void seen(Seen seen, JsonOut to) throws IOException {
        to.whole("track", seen.track());
        if (seen.dropped().isPresent()) {
            to.constant("dropped", seen.dropped().get());
        } else {
            to.number("similarity", seen.similarity()).truth("isNew", seen.isNew());
            to.whole("sightings", seen.sightings());
        }
        if (!seen.label().isEmpty()) {
            to.text("class", seen.label());
        }
        if (seen.box().isPresent()) {
            BoxJson.write(to, seen.box().get());
        }
    }

    @Override
    public TrackerScore decode(byte[] bytes) throws UndecodableException {
        JsonFields fields = new JsonFields(Json.read(bytes));
        TrackerScore score =
                new TrackerScore(
                        fields.text("model"),
                        fields.text("stream"),
                        fields.count("frame"),
                        fields.moment("at"),
                        fields.list("detections", TrackerScoreJson::seen),
                        fields.smallCount("bankSize"),
                        fields.count("modelVersion"),
                        fields.moment("featureTime"));
        fields.nothingElse();
        return score;
    }

    private static Seen seen(JsonFields fields) throws UndecodableException {
        Optional<JsonNode> dropped = fields.find("dropped");
        JsonNode track = fields.need("track", "a whole number, -1 or more");
        boolean isNew = fields.find("isNew").map(JsonNode::asBoolean).orElse(false);
        Seen seen =
                new Seen(
                        dropped.isPresent() ? Track.DROPPED : track.asLong(),
                        fields.numberOrNaN("similarity"),
                        isNew,
                        dropped.isPresent() ? 0 : fields.count("sightings"),
                        dropped.isPresent() ? Optional.of(reason(fields)) : Optional.empty(),
                        fields.find("class").isPresent() ? fields.text("class") : "",
                        BoxJson.read(fields));
        fields.nothingElse();
        return seen;
    }

    private static Dropped reason(JsonFields fields) throws UndecodableException {
        String word = fields.text("dropped");
        List<Dropped> all = List.of(Dropped.values());
        return all.stream()
                .filter(reason -> reason.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                UndecodableException.invalid(
                                        "dropped", word, Arrays.toString(Dropped.values())));
    }
}
