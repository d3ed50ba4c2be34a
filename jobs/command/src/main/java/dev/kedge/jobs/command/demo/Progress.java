// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.demo;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How far a running job is, summed over its models.
 *
 * @param models the newest metrics of each model
 */
public record Progress(List<ModelMetrics> models) {

    /** Takes it from a board. */
    public static Progress of(ScoreBoard board) {
        return new Progress(board.summary().models());
    }

    /**
     * Concordance of the launch scores, the mean over models weighted by how many creatives were
     * judged; NaN where none can tell.
     */
    public double concordance() {
        return mean(metrics -> metrics.ranking().concordanceAll());
    }

    /** One line of figures. */
    public String line() {
        return format(
                "%,d running, %,d discontinuations learned, concordance all %s, short %s, long %s",
                models.stream().mapToLong(metrics -> metrics.learned().running()).sum(),
                models.stream().mapToLong(metrics -> metrics.learned().discontinuations()).sum(),
                number(concordance()),
                number(mean(metrics -> metrics.ranking().concordanceShort())),
                number(mean(metrics -> metrics.ranking().concordanceLong())));
    }

    /** One line on a creative. */
    public static String line(CreativeScore score) {
        String action = score.action().name().toLowerCase(Locale.ROOT);
        String reason = score.advice().reason();
        return format("  %-8s %-22s %-10s %s", action, score.creative(), score.model(), reason);
    }

    private double mean(ToDoubleFunction<ModelMetrics> of) {
        double sum = 0;
        double weight = 0;
        for (ModelMetrics model : models) {
            double value = of.applyAsDouble(model);
            if (!Double.isNaN(value)) {
                sum += value * model.ranking().judged();
                weight += model.ranking().judged();
            }
        }
        return weight == 0 ? Double.NaN : sum / weight;
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "n/a" : format("%.3f", value);
    }
}
