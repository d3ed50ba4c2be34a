// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.ads;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.connectors.json.Characters;
import dev.kedge.connectors.json.CreativeLimits;
import dev.kedge.connectors.json.JsonFields;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.operators.ads.creative.CreativeContent;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads what a creative shows; every part may be left out. */
final class ContentReader {
    private static final float[] NONE = {};
    private static final Set<String> CURRENCIES =
            Currency.getAvailableCurrencies().stream()
                    .map(Currency::getCurrencyCode)
                    .collect(Collectors.toUnmodifiableSet());

    private final CreativeLimits limits;

    ContentReader(CreativeLimits limits) {
        this.limits = limits;
    }

    CreativeContent read(JsonFields fields) throws UndecodableException {
        return new CreativeContent(
                advertiser(fields),
                fields.textOrEmpty("text", limits.textBytes()),
                currency(fields),
                map(fields, "categories", this::category),
                map(fields, "numbers", ContentReader::number),
                embedding(fields));
    }

    private String advertiser(JsonFields fields) throws UndecodableException {
        String name = "advertiser";
        boolean none = fields.find(name).map(ContentReader::isEmptyText).orElse(true);
        return none ? "" : fields.id(name, limits.idChars());
    }

    private String currency(JsonFields fields) throws UndecodableException {
        String code = fields.textOrEmpty("currency", limits.textBytes());
        if (!code.isEmpty() && !CURRENCIES.contains(code)) {
            throw UndecodableException.invalid("currency", code, "a code of ISO 4217, such as EUR");
        }
        return code;
    }

    private static boolean isEmptyText(JsonNode value) {
        return value.isTextual() && value.textValue().isEmpty();
    }

    private <V> SortedMap<String, V> map(JsonFields fields, String name, ValueReader<V> values)
            throws UndecodableException {
        SortedMap<String, V> map = new TreeMap<>();
        Optional<JsonNode> found = fields.find(name);
        if (found.isEmpty()) {
            return map;
        }
        requireMap(name, found.get());
        for (Map.Entry<String, JsonNode> entry : found.get().properties()) {
            String path = name + "." + key(name, entry.getKey());
            if (!entry.getValue().isNull()) {
                map.put(entry.getKey(), values.read(path, entry.getValue()));
            }
        }
        return map;
    }

    private void requireMap(String name, JsonNode found) throws UndecodableException {
        if (!found.isObject()) {
            throw UndecodableException.invalid(name, found, "an object");
        }
        if (found.size() > limits.fields()) {
            throw UndecodableException.invalid(
                    name, found.size() + " fields wide", "at most " + limits.fields() + " fields");
        }
    }

    private String key(String name, String key) throws UndecodableException {
        if (key.isBlank() || key.length() > limits.idChars()) {
            throw UndecodableException.invalid(
                    name + "." + key,
                    "a bad name",
                    "names of 1 to " + limits.idChars() + " characters, not blank");
        }
        if (Characters.hasControl(key)) {
            throw UndecodableException.invalid(
                    name + "." + Characters.shown(key), "a bad name", Characters.WITHOUT_CONTROL);
        }
        return JsonFields.readable(name, key);
    }

    private String category(String path, JsonNode value) throws UndecodableException {
        if (!value.isTextual()) {
            throw UndecodableException.invalid(path, value, "a text");
        }
        String text = JsonFields.atMost(path, value.textValue(), limits.textBytes());
        return JsonFields.readable(path, text);
    }

    private static Double number(String path, JsonNode value) throws UndecodableException {
        return JsonFields.finite(path, value, "a finite number");
    }

    private float[] embedding(JsonFields fields) throws UndecodableException {
        String name = "embedding";
        Optional<JsonNode> found = fields.find(name);
        if (found.isEmpty()) {
            return NONE;
        }
        JsonNode array = found.get();
        if (!array.isArray() || array.size() > limits.embeddingWidth()) {
            throw UndecodableException.invalid(
                    name,
                    array.isArray() ? array.size() + " wide" : array,
                    "an array of at most " + limits.embeddingWidth() + " finite numbers");
        }
        float[] values = JsonFields.floats(name, array);
        for (int i = 0; i < values.length; i++) {
            if (Math.abs(values[i]) > CreativeLimits.MOST_EMBEDDED) {
                throw UndecodableException.invalid(
                        name + "[" + i + "]", array.get(i), "-1000000 to 1000000");
            }
        }
        return values;
    }

    /** Reads one value of a map. */
    @FunctionalInterface
    private interface ValueReader<V> {
        V read(String path, JsonNode value) throws UndecodableException;
    }
}
