// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvAnswerTest {
    private static String csv(Object... cells) throws IOException {
        StringWriter to = new StringWriter();
        CsvAnswer.write(to, List.of("a", "b"), Stream.of(List.of(cells)));
        return to.toString();
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        String text = "He said \"no\",\r\nthen; 読書灯 🏖️";
        String csv = csv(text, 0.1 + 0.2);

        assertThat(csv).startsWith("\"a\",\"b\"\r\n").endsWith(",0.30000000000000004\r\n");
        assertThat(CSVFormat.RFC4180.parse(new StringReader(csv)).getRecords().get(1).toList())
                .containsExactly(text, "0.30000000000000004");
    }

    @Test
    void whatIsNoNumberIsEmptyAndNegativeNumbersAreNumbers() throws IOException {
        assertThat(csv(Double.NaN, -2.5)).endsWith("\"\",-2.5\r\n");
        assertThat(csv(-7L, Double.NEGATIVE_INFINITY)).endsWith("-7,\"\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=cmd|' /C calc'!A0",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                " =1",
                "\u200b=1",
                "\uFF1D1",
                "x;=1",
                "x\t=1",
                "x\n=1"
            })
    void noTextIsAFormula(String text) throws IOException {
        String cell =
                CSVFormat.RFC4180.parse(new StringReader(csv(text, 1))).getRecords().get(1).get(0);

        assertThat(cell.replace("'", "")).isEqualTo(text.replace("'", ""));
        assertThat(cell.split("[;\\t\\r\\n]", -1))
                .noneMatch(part -> part.matches("[\\s\\p{Cf}]*[=+\\-@\uFF1D].*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=b", "two-for-one", "me@example.com", "1 + 1", "2026-09-01", ""})
    void otherTextsStayAsTheyAre(String text) throws IOException {
        assertThat(csv(text, 1)).contains("\"" + text + "\",1");
    }
}
