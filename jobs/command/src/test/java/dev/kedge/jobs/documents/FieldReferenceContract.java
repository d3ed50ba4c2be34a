// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * A reference of a file's fields is what its records say. {@code -Dkedge.write-docs=true} writes
 * the table anew instead of comparing it.
 */
abstract class FieldReferenceContract {
    private final String document;
    private final MadePart part;
    private final Object defaults;
    private final ConfigurationTable table;

    /**
     * A table of a document, between two comments that name the test.
     *
     * @param defaults what the fields are without a file
     * @param type the record of the files
     * @param paths which of its fields stand in the table
     */
    FieldReferenceContract(
            String document, Object defaults, Class<?> type, Predicate<String> paths) {
        this.document = document;
        this.part = MadePart.of(document, "fields", getClass());
        this.defaults = defaults;
        this.table = new ConfigurationTable(type, defaults).only(paths);
    }

    /** Reads an example of the document. */
    abstract Object parse(String yaml, String source);

    @Test
    void everyFieldSaysWhatItMeans() {
        assertThat(table.fields())
                .isNotEmpty()
                .allSatisfy(field -> assertThat(field.meaning()).as(field.path()).isNotBlank());
    }

    @Test
    void theReferenceHoldsTheFieldsAsTheyAre() {
        part.assertIs(table.render());
    }

    @Test
    void everyExampleOfTheReferenceIsAFile() {
        List<String> examples = Documents.blocks(Documents.read(document), "yaml");

        assertThat(examples).isNotEmpty();
        assertThat(examples)
                .allSatisfy(yaml -> assertThat(parse(yaml, document)).isNotEqualTo(defaults));
    }
}
