// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.codec;

import dev.kedge.operators.creative.ModelMetrics;
import java.io.IOException;

/** Metrics of models as JSON: moments as ISO-8601, NaN as null. */
public final class ModelMetricsJson implements EventDecoder<ModelMetrics> {
    private static final long serialVersionUID = 1L;

    /** Writes the metrics of one model. */
    public static byte[] encode(ModelMetrics metrics) {
        return Json.write(to -> fields(metrics, new JsonOut(to)));
    }

    private static void fields(ModelMetrics metrics, JsonOut to) throws IOException {
        to.text("model", metrics.model()).moment("at", metrics.at());
        to.whole("modelVersion", metrics.modelVersion());
        to.whole("personPeriods", metrics.personPeriods());
        to.whole("discontinuations", metrics.discontinuations());
        to.whole("running", metrics.running()).number("loss", metrics.loss());
        to.number("concordanceShort", metrics.concordanceShort());
        to.number("concordanceLong", metrics.concordanceLong());
        to.number("concordanceAll", metrics.concordanceAll());
        to.whole("judged", metrics.judged()).number("unknownShare", metrics.unknownShare());
        to.whole("duplicates", metrics.duplicates()).whole("deadLetters", metrics.deadLetters());
    }

    @Override
    public ModelMetrics decode(byte[] bytes) throws UndecodableException {
        JsonFields fields = new JsonFields(Json.read(bytes));
        ModelMetrics metrics =
                new ModelMetrics(
                        fields.text("model"),
                        fields.moment("at"),
                        fields.count("modelVersion"),
                        fields.count("personPeriods"),
                        fields.count("discontinuations"),
                        fields.count("running"),
                        fields.numberOrNaN("loss"),
                        fields.numberOrNaN("concordanceShort"),
                        fields.numberOrNaN("concordanceLong"),
                        fields.numberOrNaN("concordanceAll"),
                        fields.count("judged"),
                        fields.numberOrNaN("unknownShare"),
                        fields.count("duplicates"),
                        fields.count("deadLetters"));
        fields.nothingElse();
        return metrics;
    }
}
