// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.operators.creative.CreativeDuplicates;
import dev.kedge.operators.creative.CreativeDuplicates.Twin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Near-duplicates of creatives as JSON: moments as ISO-8601, enums in lower case. */
public final class CreativeDuplicatesJson implements EventDecoder<CreativeDuplicates> {
    private static final long serialVersionUID = 1L;

    /** Writes what is said of a creative. */
    public static byte[] encode(CreativeDuplicates duplicates) {
        return Json.write(to -> fields(duplicates, new JsonOut(to)));
    }

    private static void fields(CreativeDuplicates duplicates, JsonOut to) throws IOException {
        to.text("model", duplicates.model()).text("creative", duplicates.creative());
        to.moment("at", duplicates.at()).constant("cause", duplicates.cause());
        to.text("group", duplicates.group());
        to.objects("twins", duplicates.twins(), CreativeDuplicatesJson::twin);
        to.whole("modelVersion", duplicates.modelVersion());
    }

    private static void twin(Twin twin, JsonOut to) throws IOException {
        to.text("creative", twin.creative()).number("similarity", twin.similarity());
        to.constant("tie", twin.tie());
    }

    @Override
    public CreativeDuplicates decode(byte[] bytes) throws UndecodableException {
        JsonFields fields = new JsonFields(Json.read(bytes));
        CreativeDuplicates duplicates =
                new CreativeDuplicates(
                        fields.text("model"),
                        fields.text("creative"),
                        fields.moment("at"),
                        constant(fields, "cause", CreativeDuplicates.Cause.class),
                        fields.text("group"),
                        twins(fields.need("twins", "an array")),
                        fields.count("modelVersion"));
        fields.nothingElse();
        return duplicates;
    }

    private static List<Twin> twins(JsonNode array) throws UndecodableException {
        if (!array.isArray()) {
            throw UndecodableException.invalid("twins", array, "an array");
        }
        List<Twin> twins = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            JsonFields fields = JsonFields.of(element, "twins");
            twins.add(
                    new Twin(
                            fields.text("creative"),
                            fields.numberOrNaN("similarity"),
                            constant(fields, "tie", CreativeDuplicates.Tie.class)));
        }
        return List.copyOf(twins);
    }

    private static <E extends Enum<E>> E constant(JsonFields fields, String name, Class<E> type)
            throws UndecodableException {
        String value = fields.text(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
                return constant;
            }
        }
        throw UndecodableException.invalid(
                name, value, "a " + type.getSimpleName().toLowerCase(Locale.ROOT));
    }
}
