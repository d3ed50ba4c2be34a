// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.creative.CreativeContent;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The binary form of what a creative shows. */
final class ContentForm {
    private ContentForm() {}

    static void write(CreativeContent content, DataOutputView to) throws IOException {
        Views.writeText(content.advertiser(), to);
        Views.writeText(content.text(), to);
        Views.writeLong(content.categories().size(), to);
        for (Map.Entry<String, String> entry : content.categories().entrySet()) {
            Views.writeText(entry.getKey(), to);
            Views.writeText(entry.getValue(), to);
        }
        Views.writeLong(content.numbers().size(), to);
        for (Map.Entry<String, Double> entry : content.numbers().entrySet()) {
            Views.writeText(entry.getKey(), to);
            to.writeDouble(entry.getValue());
        }
        Views.writeFloats(content.embedding(), to);
    }

    static CreativeContent read(DataInputView from) throws IOException {
        return new CreativeContent(
                Views.readText(from),
                Views.readText(from),
                categories(from),
                numbers(from),
                Views.readFloats(from));
    }

    private static SortedMap<String, String> categories(DataInputView from) throws IOException {
        SortedMap<String, String> categories = new TreeMap<>();
        for (int left = Views.readLength(2, from); left > 0; left--) {
            categories.put(Views.readText(from), Views.readText(from));
        }
        return categories;
    }

    private static SortedMap<String, Double> numbers(DataInputView from) throws IOException {
        SortedMap<String, Double> numbers = new TreeMap<>();
        for (int left = Views.readLength(9, from); left > 0; left--) {
            numbers.put(Views.readText(from), from.readDouble());
        }
        return numbers;
    }
}
