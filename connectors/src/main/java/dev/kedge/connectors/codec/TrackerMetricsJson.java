// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.codec;

import dev.kedge.operators.tracker.TrackerMetrics;
import java.io.IOException;

/** Metrics of trackers as JSON: moments as ISO-8601, NaN as null. */
public final class TrackerMetricsJson implements EventDecoder<TrackerMetrics> {
    private static final long serialVersionUID = 1L;

    /** Writes the metrics of one model. */
    public static byte[] encode(TrackerMetrics metrics) {
        return Json.write(to -> fields(metrics, new JsonOut(to)));
    }

    private static void fields(TrackerMetrics metrics, JsonOut to) throws IOException {
        to.text("model", metrics.model()).moment("at", metrics.at());
        to.whole("modelVersion", metrics.modelVersion());
        to.whole("streams", metrics.streams()).whole("instances", metrics.instances());
        to.whole("waiting", metrics.waiting()).whole("frames", metrics.frames());
        to.whole("detections", metrics.detections()).whole("dropped", metrics.dropped());
        to.whole("births", metrics.births()).whole("deaths", metrics.deaths());
        to.whole("evicted", metrics.evicted()).whole("reidentified", metrics.reidentified());
        to.whole("duplicates", metrics.duplicates()).whole("deadLetters", metrics.deadLetters());
        to.whole("judged", metrics.judged()).whole("switches", metrics.switches());
        to.number("idf1", metrics.idf1()).number("idPrecision", metrics.idPrecision());
        to.number("idRecall", metrics.idRecall());
        to.number("association", metrics.association()).number("loss", metrics.loss());
        to.whole("stepsRefused", metrics.stepsRefused());
    }

    @Override
    public TrackerMetrics decode(byte[] bytes) throws UndecodableException {
        JsonFields fields = new JsonFields(Json.read(bytes));
        TrackerMetrics metrics =
                new TrackerMetrics(
                        fields.text("model"),
                        fields.moment("at"),
                        fields.count("modelVersion"),
                        fields.count("streams"),
                        fields.count("instances"),
                        fields.count("waiting"),
                        fields.count("frames"),
                        fields.count("detections"),
                        fields.count("dropped"),
                        fields.count("births"),
                        fields.count("deaths"),
                        fields.count("evicted"),
                        fields.count("reidentified"),
                        fields.count("duplicates"),
                        fields.count("deadLetters"),
                        fields.count("judged"),
                        fields.count("switches"),
                        fields.numberOrNaN("idf1"),
                        fields.numberOrNaN("idPrecision"),
                        fields.numberOrNaN("idRecall"),
                        fields.numberOrNaN("association"),
                        fields.numberOrNaN("loss"),
                        fields.countOr("stepsRefused", 0));
        fields.nothingElse();
        return metrics;
    }
}
