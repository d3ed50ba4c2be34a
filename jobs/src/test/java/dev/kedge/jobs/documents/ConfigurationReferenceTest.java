// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.config.JobSettings;
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

/** {@code -Dkedge.write-docs=true} writes the table anew instead of comparing it. */
class ConfigurationReferenceTest {
    private static final String DOCUMENT = "docs/configuration.md";
    private static final String BEGIN = "<!-- fields: made by ConfigurationReferenceTest -->\n";
    private static final String END = "\n<!-- end of fields -->";

    private final ConfigurationTable table = new ConfigurationTable();
    private final Map<String, String> descriptions = new TreeMap<>();

    @BeforeEach
    void readDescriptions() throws IOException {
        Properties properties = new Properties();
        try (Reader reader =
                new InputStreamReader(
                        JobSettings.class.getResourceAsStream(
                                "/configuration-descriptions.properties"),
                        UTF_8)) {
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
        String document = Documents.read(DOCUMENT);
        String fields = table.render(descriptions);
        if (Boolean.getBoolean("kedge.write-docs")) {
            Documents.write(DOCUMENT, withBlock(document, fields));
        }

        assertThat(block(Documents.read(DOCUMENT))).isEqualTo(fields);
    }

    @Test
    void everyExampleOfTheReferenceIsAJobFile() {
        List<String> examples = Documents.blocks(Documents.read(DOCUMENT), "yaml");

        assertThat(examples).isNotEmpty();
        assertThat(examples)
                .allSatisfy(
                        yaml ->
                                assertThat(
                                                StrictYaml.parse(
                                                        yaml,
                                                        JobSettings.DEFAULT,
                                                        JobSettings.class,
                                                        DOCUMENT))
                                        .isNotEqualTo(JobSettings.DEFAULT));
    }

    private static String withBlock(String document, String fields) {
        return document.substring(0, from(document)) + fields + document.substring(to(document));
    }

    private static String block(String document) {
        return document.substring(from(document), to(document));
    }

    private static int from(String document) {
        assertThat(document).containsOnlyOnce(BEGIN);
        return document.indexOf(BEGIN) + BEGIN.length();
    }

    private static int to(String document) {
        assertThat(document).containsOnlyOnce(END);
        return document.indexOf(END);
    }
}
