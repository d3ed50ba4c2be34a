// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.laboratory.data.ArffTable.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArffReaderTest {
    private static final String HEAD =
            """
            % Patients
            @RELATION 'two words'
            @attribute age	numeric
            @Attribute 'blood group' {A, B, 'A B', "o'k"}

            @attribute note string
            @data
            """;

    @TempDir private Path folder;

    @Test
    void attributesHaveNamesAndTypesAndQuotesAroundThemAreNoPartOfThem() throws IOException {
        ArffTable table = read(HEAD + "1,A,x\n");

        assertThat(table.relation()).isEqualTo("two words");
        assertThat(table.attributes())
                .extracting(ArffTable.Attribute::name)
                .containsExactly("age", "blood group", "note");
        assertThat(table.attributes())
                .extracting(ArffTable.Attribute::type)
                .containsExactly(Content.NUMBER, Content.NOMINAL, Content.TEXT);
        assertThat(table.attributes().get(1).values()).containsExactly("A", "B", "A B", "o'k");
        assertThat(table.find("note")).contains(2);
        assertThat(table.find("Note")).isEmpty();
    }

    @Test
    void rowsHaveOneCellAnAttributeWithBlanksCommentsAndQuotesTakenAway() throws IOException {
        ArffTable table =
                read(HEAD + "% nobody\n 83.5 , A B,'it\\'s, \"so\"'\n\n-1e3,\"o'k\", two words \n");

        assertThat(table.rows()).hasSize(2);
        assertThat(table.rows().get(0))
                .containsExactly(
                        Optional.of("83.5"), Optional.of("A B"), Optional.of("it's, \"so\""));
        assertThat(table.rows().get(1))
                .containsExactly(Optional.of("-1e3"), Optional.of("o'k"), Optional.of("two words"));
    }

    @Test
    void aQuestionMarkIsAMissingValueUnlessItIsQuoted() throws IOException {
        assertThat(read(HEAD + "?,?,'?'\n").rows().get(0))
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of("?"));
    }

    @Test
    void aLineThatIsNotAsItMustBeIsNamed() {
        refused(HEAD + "1,A,x\n1,A\n", "9: 2 values for 3 attributes");
        refused(HEAD + "1,A,x,y\n", "8: 4 values for 3 attributes");
        refused(HEAD + "old,A,x\n", "8: attribute 'age' is 'old', it must be a finite number");
        refused(HEAD + "NaN,A,x\n", "'NaN', it must be a finite number");
        refused(HEAD + "1,C,x\n", "attribute 'blood group' is 'C', it must be one of [A, B");
        refused(HEAD + "1,A,'x\n", "8: a quote does not end");
        refused(HEAD + "1,'A'B,x\n", "8: 'B,x' follows a quoted value");
        refused(HEAD + "{0 1}\n", "8: sparse rows are not read");
    }

    @Test
    void aHeadThatIsNotAsItMustBeIsNamed() {
        refused("@attribute a numeric\n@attribute a real\n@data\n", "2: there is another");
        refused("@attribute a date\n@data\n", "1: attribute 'a' is of type 'date', it must be");
        refused("@attribute a {x\n@data\n", "1: the values of 'a' do not end with }");
        refused("@attribute a {x,,y}\n@data\n", "1: a value of 'a' is empty");
        refused("@data\n", "1: there is no @attribute before @data");
        refused("@attribute a numeric\n", "has no @data");
        refused("a,b\n1,2\n", "1: 'a,b' is not allowed; it must be @relation");
    }

    private void refused(String text, String reason) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining(reason);
    }

    private ArffTable read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("set.arff"), text);
        return ArffReader.read(file);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
        assertThat(read("\uFEFF@relation r\n@attribute a numeric\n@data\n1\n").relation())
                .isEqualTo("r");
    }
}
