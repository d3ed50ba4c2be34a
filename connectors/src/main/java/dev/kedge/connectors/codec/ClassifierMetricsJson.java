// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.codec;

import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierMetrics.ClassFigures;
import java.io.IOException;

/** Metrics of classifiers as JSON: moments as ISO-8601, NaN as null. */
public final class ClassifierMetricsJson implements EventDecoder<ClassifierMetrics> {
    private static final long serialVersionUID = 1L;

    /** Writes the metrics of one model. */
    public static byte[] encode(ClassifierMetrics metrics) {
        return Json.write(to -> fields(metrics, new JsonOut(to)));
    }

    private static void fields(ClassifierMetrics metrics, JsonOut to) throws IOException {
        to.text("model", metrics.model()).moment("at", metrics.at());
        to.whole("modelVersion", metrics.modelVersion());
        to.whole("samples", metrics.samples()).whole("judged", metrics.judged());
        to.whole("waiting", metrics.waiting()).whole("expired", metrics.expired());
        to.whole("early", metrics.early());
        to.whole("duplicates", metrics.duplicates()).whole("deadLetters", metrics.deadLetters());
        to.number("accuracy", metrics.accuracy());
        to.number("windowAccuracy", metrics.windowAccuracy());
        to.number("forgetting", metrics.forgetting()).number("rank", metrics.rank());
        to.number("loss", metrics.loss()).whole("stored", metrics.stored());
        to.whole("stepsRefused", metrics.stepsRefused());
        to.objects("classes", metrics.classes(), ClassifierMetricsJson::figures);
    }

    private static void figures(ClassFigures one, JsonOut to) throws IOException {
        to.text("label", one.label()).whole("judged", one.judged());
        to.whole("learned", one.learned()).whole("stored", one.stored());
        to.number("accuracy", one.accuracy()).number("best", one.best());
        to.number("forgetting", one.forgetting());
    }

    @Override
    public ClassifierMetrics decode(byte[] bytes) throws UndecodableException {
        JsonFields fields = new JsonFields(Json.read(bytes));
        ClassifierMetrics metrics =
                new ClassifierMetrics(
                        fields.text("model"),
                        fields.moment("at"),
                        fields.count("modelVersion"),
                        fields.count("samples"),
                        fields.count("judged"),
                        fields.count("waiting"),
                        fields.count("expired"),
                        fields.count("early"),
                        fields.count("duplicates"),
                        fields.count("deadLetters"),
                        fields.numberOrNaN("accuracy"),
                        fields.numberOrNaN("windowAccuracy"),
                        fields.numberOrNaN("forgetting"),
                        fields.numberOrNaN("rank"),
                        fields.numberOrNaN("loss"),
                        fields.count("stored"),
                        fields.list("classes", ClassifierMetricsJson::figures),
                        fields.countOr("stepsRefused", 0));
        fields.nothingElse();
        return metrics;
    }

    private static ClassFigures figures(JsonFields fields) throws UndecodableException {
        // Said for readers; it follows from the two beside it.
        fields.find("forgetting");
        return new ClassFigures(
                fields.text("label"),
                fields.count("judged"),
                fields.count("learned"),
                fields.count("stored"),
                fields.numberOrNaN("accuracy"),
                fields.numberOrNaN("best"));
    }
}
