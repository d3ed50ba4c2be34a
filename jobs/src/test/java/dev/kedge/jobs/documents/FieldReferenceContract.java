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
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A reference of a file's fields is what its records and descriptions say. {@code
 * -Dkedge.write-docs=true} writes the table anew instead of comparing it.
 */
abstract class FieldReferenceContract {
    private final String document;
    private final MadePart part;
    private final String resource;
    private final Object defaults;
    private final ConfigurationTable table;
    private final Map<String, String> descriptions = new TreeMap<>();

    /**
     * A table of a document, between two comments that name the test.
     *
     * @param resource descriptions of the table's fields
     * @param defaults what the fields are without a file
     * @param type the record of the files
     * @param paths which of its fields stand in the table
     */
    FieldReferenceContract(
            String document,
            String resource,
            Object defaults,
            Class<?> type,
            Predicate<String> paths) {
        this.document = document;
        this.part = MadePart.of(document, "fields", getClass());
        this.resource = resource;
        this.defaults = defaults;
        this.table = new ConfigurationTable(type, defaults).only(paths);
    }

    /** Reads an example of the document. */
    abstract Object parse(String yaml, String source);

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
        part.assertIs(table.render(descriptions));
    }

    @Test
    void everyExampleOfTheReferenceIsAFile() {
        List<String> examples = Documents.blocks(Documents.read(document), "yaml");

        assertThat(examples).isNotEmpty();
        assertThat(examples)
                .allSatisfy(yaml -> assertThat(parse(yaml, document)).isNotEqualTo(defaults));
    }
}
