// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import dev.kedge.operators.tracker.TrackerScore.Dropped;
import dev.kedge.operators.tracker.TrackerScore.Seen;
import dev.kedge.operators.tracker.ctvis.Track;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What became of a detection: its track, or why it has none. */
final class SeenJson implements ObjectJson {
    @Override
    public void write(Object record, JsonOut to) throws IOException {
        Seen seen = (Seen) record;
        to.whole("track", seen.track());
        if (seen.dropped().isPresent()) {
            to.constant("dropped", seen.dropped().get());
        } else {
            to.rounded("similarity", seen.similarity()).truth("isNew", seen.isNew());
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
    public Seen read(JsonFields fields) throws UndecodableException {
        Optional<JsonValue> dropped = fields.find("dropped");
        long track =
                fields.whole("track", Track.DROPPED, Long.MAX_VALUE, "a whole number, -1 or more");
        boolean isNew = fields.truth("isNew");
        Seen seen =
                new Seen(
                        dropped.isPresent() ? Track.DROPPED : track,
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
