// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.config.StrictYaml;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A reference of a file's fields is what its records and descriptions say. {@code
 * -Dkedge.write-docs=true} writes the table anew instead of comparing it.
 *
 * @param <T> the records
 */
abstract class FieldReferenceContract<T> {
    private static final String END = "\n<!-- end of fields -->";

    private final String document;
    private final String begin;
    private final String resource;
    private final T defaults;
    private final Class<T> type;
    private final ConfigurationTable table;
    private final Map<String, String> descriptions = new TreeMap<>();

    FieldReferenceContract(String document, String resource, T defaults, Class<T> type) {
        this.document = document;
        this.begin = "<!-- fields: made by " + getClass().getSimpleName() + " -->\n";
        this.resource = resource;
        this.defaults = defaults;
        this.type = type;
        this.table = new ConfigurationTable(type, defaults);
    }

    @BeforeEach
    void readDescriptions() throws IOException {
        Properties properties = new Properties();
        try (Reader reader =
                new InputStreamReader(StrictYaml.class.getResourceAsStream(resource), UTF_8)) {
            properties.load(reader);
        }
        properties
                .stringPropertyNames()
                .forEach(n -> descriptions.put(n, properties.getProperty(n)));
    }

    @Test
    void everyFieldHasADescriptionAndEveryDescriptionAField() {
        assertThat(table.fields())
                .extracting(ConfigurationTable.Field::path)
                .containsExactlyInAnyOrderElementsOf(descriptions.keySet());
        assertThat(descriptions.values()).allSatisfy(text -> assertThat(text).isNotBlank());
    }

    @Test
    void theReferenceHoldsTheFieldsAsTheyAre() {
        String text = Documents.read(document);
        String fields = table.render(descriptions);
        if (Boolean.getBoolean("kedge.write-docs")) {
            Documents.write(
                    document, text.substring(0, from(text)) + fields + text.substring(to(text)));
        }

        String written = Documents.read(document);
        assertThat(written.substring(from(written), to(written))).isEqualTo(fields);
    }

    @Test
    void everyExampleOfTheReferenceIsAFile() {
        List<String> examples = Documents.blocks(Documents.read(document), "yaml");

        assertThat(examples).isNotEmpty();
        assertThat(examples)
                .allSatisfy(
                        yaml ->
                                assertThat(StrictYaml.parse(yaml, defaults, type, document))
                                        .isNotEqualTo(defaults));
    }

    private int from(String text) {
        assertThat(text).containsOnlyOnce(begin);
        return text.indexOf(begin) + begin.length();
    }

    private static int to(String text) {
        assertThat(text).containsOnlyOnce(END);
        return text.indexOf(END);
    }
}
