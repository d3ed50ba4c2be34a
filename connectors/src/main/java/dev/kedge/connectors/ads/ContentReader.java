// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.ads;

import dev.kedge.connectors.json.Characters;
import dev.kedge.connectors.json.CreativeLimits;
import dev.kedge.connectors.json.JsonFields;
import dev.kedge.connectors.json.JsonValue;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.operators.ads.creative.CreativeContent;
import java.util.Currency;
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

    private static boolean isEmptyText(JsonValue value) {
        return value.isText() && value.text().isEmpty();
    }

    private <V> SortedMap<String, V> map(JsonFields fields, String name, ValueReader<V> values)
            throws UndecodableException {
        SortedMap<String, V> map = new TreeMap<>();
        Optional<JsonValue> found = fields.find(name);
        if (found.isEmpty()) {
            return map;
        }
        requireMap(name, found.get());
        for (JsonValue value : found.get().values()) {
            String path = name + "." + key(name, value.name());
            if (!value.isNull()) {
                map.put(value.name(), values.read(path, value));
            }
        }
        return map;
    }

    private void requireMap(String name, JsonValue found) throws UndecodableException {
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

    private String category(String path, JsonValue value) throws UndecodableException {
        if (!value.isText()) {
            throw UndecodableException.invalid(path, value, "a text");
        }
        String text = JsonFields.atMost(path, value.text(), limits.textBytes());
        return JsonFields.readable(path, text);
    }

    private static Double number(String path, JsonValue value) throws UndecodableException {
        return JsonFields.finite(path, value, "a finite number");
    }

    private float[] embedding(JsonFields fields) throws UndecodableException {
        String name = "embedding";
        Optional<JsonValue> found = fields.find(name);
        if (found.isEmpty()) {
            return NONE;
        }
        JsonValue array = found.get();
        if (!array.isArray() || array.size() > limits.embeddingWidth()) {
            throw UndecodableException.invalid(
                    name,
                    array.isArray() ? array.size() + " wide" : array,
                    "an array of at most " + limits.embeddingWidth() + " finite numbers");
        }
        return JsonFields.floats(name, array, CreativeLimits.MOST_EMBEDDED, "-1000000 to 1000000");
    }

    /** Reads one value of a map. */
    @FunctionalInterface
    private interface ValueReader<V> {
        V read(String path, JsonValue value) throws UndecodableException;
    }
}
