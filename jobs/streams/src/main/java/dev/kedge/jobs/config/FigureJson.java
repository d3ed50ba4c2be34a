// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/**
 * JSON of figures: what is not a finite number is null, where Jackson alone would write the text
 * "NaN". Read back, null is not a number again, and so is that text in files of earlier versions.
 */
public final class FigureJson {
    private FigureJson() {}

    /** A mapper to be set up further. */
    public static JsonMapper.Builder builder() {
        SimpleModule module = new SimpleModule("figures");
        module.addSerializer(new NumberWriter(Double.class));
        module.addSerializer(new NumberWriter(Double.TYPE));
        module.addSerializer(new ArrayWriter());
        module.addDeserializer(Double.class, new NumberReader());
        module.addDeserializer(Double.TYPE, new NumberReader());
        return JsonMapper.builder().addModule(module);
    }

    private static void write(double value, JsonGenerator to) throws IOException {
        if (Double.isFinite(value)) {
            to.writeNumber(value);
        } else {
            to.writeNull();
        }
    }

    private static final class NumberWriter extends StdSerializer<Double> {
        private static final long serialVersionUID = 1L;

        NumberWriter(Class<Double> type) {
            super(type);
        }

        @Override
        public void serialize(Double value, JsonGenerator to, SerializerProvider provider)
                throws IOException {
            write(value, to);
        }
    }

    private static final class ArrayWriter extends StdSerializer<double[]> {
        private static final long serialVersionUID = 1L;

        ArrayWriter() {
            super(double[].class);
        }

        @Override
        public void serialize(double[] values, JsonGenerator to, SerializerProvider provider)
                throws IOException {
            to.writeStartArray();
            for (double value : values) {
                write(value, to);
            }
            to.writeEndArray();
        }
    }

    private static final class NumberReader extends StdDeserializer<Double> {
        private static final long serialVersionUID = 1L;

        NumberReader() {
            super(Double.class);
        }

        @Override
        public Double deserialize(JsonParser from, DeserializationContext context)
                throws IOException {
            return from.currentToken() == JsonToken.VALUE_STRING
                    ? _parseDoublePrimitive(context, from.getText())
                    : from.getDoubleValue();
        }

        @Override
        public Double getNullValue(DeserializationContext context) {
            return Double.NaN;
        }
    }
}
