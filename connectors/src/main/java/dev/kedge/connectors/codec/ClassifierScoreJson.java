// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.hpcr.Prediction;
import java.io.IOException;
import java.util.Optional;

/**
 * Scores of samples as JSON: moments as ISO-8601, NaN as null; {@code label} and {@code correct}
 * once the label is known. The same score always gives the same bytes.
 */
public final class ClassifierScoreJson implements EventDecoder<ClassifierScore> {
    private static final long serialVersionUID = 1L;

    /** Writes a score. */
    public static byte[] encode(ClassifierScore score) {
        return Json.write(to -> fields(score, new JsonOut(to)));
    }

    private static void fields(ClassifierScore score, JsonOut to) throws IOException {
        to.text("model", score.model()).text("id", score.id()).moment("at", score.at());
        to.objects("ranked", score.ranked(), ClassifierScoreJson::ranked);
        to.number("novelty", score.novelty()).whole("modelVersion", score.modelVersion());
        to.moment("featureTime", score.featureTime());
        if (score.label().isPresent()) {
            to.text("label", score.label().get());
            to.truth("correct", score.correct().orElseThrow());
        }
    }

    private static void ranked(Prediction.Ranked ranked, JsonOut to) throws IOException {
        to.text("label", ranked.label()).number("probability", ranked.probability());
    }

    @Override
    public ClassifierScore decode(byte[] bytes) throws UndecodableException {
        JsonFields fields = new JsonFields(Json.read(bytes));
        Optional<JsonNode> label = fields.find("label");
        fields.find("correct");
        ClassifierScore score =
                new ClassifierScore(
                        fields.text("model"),
                        fields.text("id"),
                        fields.moment("at"),
                        fields.list("ranked", ClassifierScoreJson::ranked),
                        fields.numberOrNaN("novelty"),
                        fields.count("modelVersion"),
                        fields.moment("featureTime"),
                        label.isEmpty() ? Optional.empty() : Optional.of(fields.text("label")));
        fields.nothingElse();
        return score;
    }

    private static Prediction.Ranked ranked(JsonFields fields) throws UndecodableException {
        return new Prediction.Ranked(fields.text("label"), fields.numberOrNaN("probability"));
    }
}
