// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexFileTest {
    @TempDir private Path folder;

    private int[] read(String text) throws IOException {
        return IndexFile.read(Files.writeString(folder.resolve("order.txt"), text), 4);
    }

    @Test
    void eachLineIsTheIndexOfASample() throws IOException {
        assertThat(read("3\n1\n0\n2\n")).containsExactly(3, 1, 0, 2);
        assertThat(read("\uFEFF3\r\n1\r\n 0 \r\n002")).containsExactly(3, 1, 0, 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3,1,4,2 | :3: '4' is not allowed; it must be the index of a training sample, 0 to 3",
                "3,-1 | :2: '-1' is not allowed",
                "3,1.0 | :2: '1.0' is not allowed",
                "3,,1 | :2: '' is not allowed",
                "index,3 | :1: 'index' is not allowed",
                "3,99999999999 | :2: '99999999999' is not allowed",
                "0,1,2,1 | :4: 1 is in line 2 already; each index must come once",
                "3,1,2,0,3 | :5: 3 is in line 1 already",
                "3,1,2 | : has 3 lines; it must have one for each of the 4 training samples, 0 is missing"
            })
    void aMistakeIsNamedWithItsLine(String lines, String words) {
        assertThatThrownBy(() -> read(lines.replace(',', '\n') + "\n"))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageStartingWith(folder.resolve("order.txt").toString())
                .hasMessageContaining("order.txt" + words);
    }

    @Test
    void anEmptyFileLacksTheFirstAndALongLineIsShownInPart() {
        assertThatThrownBy(() -> read("")).hasMessageContaining("has 0 lines");
        assertThatThrownBy(() -> read("x".repeat(1000)))
                .hasMessageContaining("'" + "x".repeat(60) + "...' is not allowed");
    }
}
