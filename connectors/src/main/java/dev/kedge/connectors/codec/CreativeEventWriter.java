// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kedge.operators.creative.CreativeContent;
import dev.kedge.operators.creative.CreativeDiscontinued;
import dev.kedge.operators.creative.CreativeEvent;
import dev.kedge.operators.creative.CreativeLaunched;
import dev.kedge.operators.creative.IntervalStatistics;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** Writes creative events as JSON; parts that are empty are left out. */
final class CreativeEventWriter {
    static final String LAUNCHED = "launched";
    static final String STATISTICS = "statistics";
    static final String DISCONTINUED = "discontinued";
    static final String REACTIVATED = "reactivated";

    private CreativeEventWriter() {}

    static byte[] write(CreativeEvent event) {
        return Json.write(to -> fields(event, to));
    }

    private static void fields(CreativeEvent event, JsonGenerator to) throws IOException {
        if (event instanceof CreativeLaunched launched) {
            head(LAUNCHED, event, to);
            content(launched.content(), to);
        } else if (event instanceof IntervalStatistics statistics) {
            head(STATISTICS, event, to);
            statistics(statistics, to);
        } else if (event instanceof CreativeDiscontinued discontinued) {
            head(DISCONTINUED, event, to);
            text("reason", discontinued.reason(), to);
        } else {
            head(REACTIVATED, event, to);
        }
    }

    private static void head(String type, CreativeEvent event, JsonGenerator to)
            throws IOException {
        to.writeStringField("type", type);
        to.writeStringField("model", event.model());
        to.writeStringField("creative", event.creative());
        to.writeStringField("at", Instant.ofEpochMilli(event.at()).toString());
    }

    private static void content(CreativeContent content, JsonGenerator to) throws IOException {
        text("advertiser", content.advertiser(), to);
        text("text", content.text(), to);
        if (!content.categories().isEmpty()) {
            to.writeObjectFieldStart("categories");
            for (Map.Entry<String, String> entry : content.categories().entrySet()) {
                to.writeStringField(entry.getKey(), entry.getValue());
            }
            to.writeEndObject();
        }
        numbers(content, to);
        embedding(content.embedding(), to);
    }

    private static void numbers(CreativeContent content, JsonGenerator to) throws IOException {
        if (content.numbers().isEmpty()) {
            return;
        }
        to.writeObjectFieldStart("numbers");
        for (Map.Entry<String, Double> entry : content.numbers().entrySet()) {
            to.writeNumberField(entry.getKey(), entry.getValue());
        }
        to.writeEndObject();
    }

    private static void embedding(float[] embedding, JsonGenerator to) throws IOException {
        if (embedding.length == 0) {
            return;
        }
        to.writeArrayFieldStart("embedding");
        for (float value : embedding) {
            to.writeNumber(value);
        }
        to.writeEndArray();
    }

    private static void statistics(IntervalStatistics statistics, JsonGenerator to)
            throws IOException {
        to.writeNumberField("period", statistics.period());
        to.writeNumberField("impressions", statistics.impressions());
        to.writeNumberField("clicks", statistics.clicks());
        to.writeNumberField("conversions", statistics.conversions());
        to.writeNumberField("spend", statistics.spend());
    }

    private static void text(String name, String value, JsonGenerator to) throws IOException {
        if (!value.isEmpty()) {
            to.writeStringField(name, value);
        }
    }
}
