// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.codec;

import dev.kedge.operators.creative.ModelMetrics;
import dev.kedge.operators.creative.ModelMetrics.Bin;
import dev.kedge.operators.creative.ModelMetrics.Decisions;
import dev.kedge.operators.creative.ModelMetrics.HorizonCalibration;
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
        to.number("embeddingRank", metrics.embeddingRank());
        to.whole("stepsRefused", metrics.stepsRefused());
        to.objects("calibration", metrics.calibration(), ModelMetricsJson::calibration);
        to.object("decisions", body -> decisions(metrics.decisions(), new JsonOut(body)));
    }

    private static void calibration(HorizonCalibration of, JsonOut to) throws IOException {
        to.number("days", of.days()).whole("judged", of.judged());
        to.number("error", of.error()).number("rawError", of.rawError());
        to.objects("bins", of.bins(), ModelMetricsJson::bin);
    }

    private static void bin(Bin bin, JsonOut to) throws IOException {
        to.number("predicted", bin.predicted()).number("observed", bin.observed());
        to.number("weight", bin.weight());
    }

    private static void decisions(Decisions decisions, JsonOut to) throws IOException {
        to.whole("advised", decisions.advised()).whole("stopped", decisions.stopped());
        to.whole("running", decisions.running()).number("avoidable", decisions.avoidable());
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
                        fields.count("deadLetters"),
                        fields.numberOrNaN("embeddingRank"),
                        fields.list("calibration", ModelMetricsJson::calibration),
                        decisions(fields),
                        fields.countOr("stepsRefused", 0));
        fields.nothingElse();
        return metrics;
    }

    private static HorizonCalibration calibration(JsonFields of) throws UndecodableException {
        return new HorizonCalibration(
                of.numberOrNaN("days"),
                of.count("judged"),
                of.numberOrNaN("error"),
                of.numberOrNaN("rawError"),
                of.list("bins", ModelMetricsJson::bin));
    }

    private static Bin bin(JsonFields of) throws UndecodableException {
        return new Bin(
                of.numberOrNaN("predicted"), of.numberOrNaN("observed"), of.numberOrNaN("weight"));
    }

    private static Decisions decisions(JsonFields fields) throws UndecodableException {
        JsonFields of = JsonFields.of(fields.need("decisions", "an object"), "decisions");
        return new Decisions(
                of.count("advised"),
                of.count("stopped"),
                of.count("running"),
                of.numberOrNaN("avoidable"));
    }
}
