// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.replay;

import static dev.kedge.state.text.Text.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.kedge.jobs.config.FigureJson;
import java.util.List;

/**
 * What came of a replay.
 *
 * @param creatives creatives in the file
 * @param stopped how many of them were stopped
 * @param refusedRows rows of the file that could not be used
 * @param events events that were played
 * @param scores scores that came back
 * @param deadLetters records that the job refused
 * @param seconds from the first event played to the last answer, on the wall clock
 * @param parts concordance by part of the stream
 */
public record ReplayReport(
        long creatives,
        long stopped,
        long refusedRows,
        long events,
        long scores,
        long deadLetters,
        double seconds,
        List<Part> parts) {
    private static final ObjectMapper JSON =
            FigureJson.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.LOWER_CAMEL_CASE)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    /**
     * A part of the stream.
     *
     * @param name which part
     * @param creatives creatives in it
     * @param stopped how many of them were stopped
     * @param rows one a ranking
     */
    public record Part(String name, long creatives, long stopped, List<Row> rows) {}

    /**
     * Harrell's concordance of a ranking; not a number where nothing can be compared.
     *
     * @param ranking what ranks
     * @param shortTerm probabilities of a cut-out at launch, times censored at the boundary
     * @param longTerm boundary risks of those that outlived the boundary
     * @param all launch risks
     * @param integratedBrier error of the survival at the job's horizons, the lower the better
     */
    public record Row(
            String ranking,
            double shortTerm,
            double longTerm,
            double all,
            double integratedBrier) {}

    /** As a table. */
    public String table() {
        StringBuilder text = new StringBuilder();
        text.append(
                format(
                        "%,d creatives, %,d stopped, %,d rows refused; %,d events, %,d"
                                + " scores, %,d dead letters in %.1f s%n",
                        creatives, stopped, refusedRows, events, scores, deadLetters, seconds));
        text.append(
                format("%-34s %8s %8s %8s %8s%n", "concordance", "short", "long", "all", "Brier"));
        for (Part part : parts) {
            text.append(
                    format(
                            "%s: %,d creatives, %,d stopped%n",
                            part.name(), part.creatives(), part.stopped()));
            part.rows().forEach(row -> text.append(line(row)));
        }
        return text.toString();
    }

    private static String line(Row row) {
        return format(
                "  %-32s %8s %8s %8s %8s%n",
                row.ranking(),
                number(row.shortTerm()),
                number(row.longTerm()),
                number(row.all()),
                number(row.integratedBrier()));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : format("%.3f", value);
    }

    /** As JSON. */
    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
