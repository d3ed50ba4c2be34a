// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.laboratory.data.VectorSet.LabelledVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of a CSV file in the order of one of its columns. */
class RowPlacesTest {
    private static final VectorColumns COLUMNS = new VectorColumns("kind", "at", "");

    @TempDir private Path folder;

    private List<String> kinds(String... places) throws IOException {
        StringBuilder text = new StringBuilder("at,kind\n");
        for (int i = 0; i < places.length; i++) {
            text.append(places[i]).append(",k").append(i).append('\n');
        }
        Path file = Files.writeString(folder.resolve("train.csv"), text);
        return VectorCsvReader.read(file, COLUMNS, ',').rows().stream()
                .map(LabelledVector::label)
                .toList();
    }

    @Test
    void numbersAreSortedByTheirValueAndTheSameStayAsTheyCame() throws IOException {
        assertThat(kinds("10", "9", "-1.5", "9.0", "1e1"))
                .containsExactly("k2", "k1", "k3", "k0", "k4");
        assertThat(kinds("1700000000000000002", "1700000000000000001"))
                .as("nanoseconds, which a double cannot tell apart")
                .containsExactly("k1", "k0");
        assertThat(kinds("1e999999999", "2", "-1e999999999")).containsExactly("k2", "k1", "k0");
    }

    @Test
    void timesAreSortedByTheirMomentWhateverTheirZoneAndForm() throws IOException {
        assertThat(
                        kinds(
                                "2026-03-01T12:00:00Z",
                                "2026-03-01T12:30:00+01:00",
                                "2026-03-01",
                                "2026-03-01 11:59:59.000000001",
                                "2026-03-01 11:59:59+00:00"))
                .containsExactly("k2", "k1", "k4", "k3", "k0");
    }

    @Test
    void theColumnIsNoInput() throws IOException {
        Path file = Files.writeString(folder.resolve("train.csv"), "x,at,kind\n5,2,a\n6,1,b\n");

        VectorSet set = VectorCsvReader.read(file, COLUMNS, ',');

        assertThat(set.columns()).containsExactly("x");
        assertThat(set.rows().get(0).values()).containsExactly(6);
        assertThat(set.rows().get(0).task()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x;1 | :2: column 'at' is 'x', it must be a finite number, or a time such as",
                "NaN;1 | :2: column 'at' is 'NaN', it must be a finite number, or",
                "1;;3 | :3: column 'at' is '', it must be a finite number, as in the rows before",
                "1;2026-03-01 | :3: column 'at' is '2026-03-01', it must be a finite number, as",
                "2026-03-01;3 | :3: column 'at' is '3', it must be a time such as 2026-03-01T12:00:00Z, as",
                "2026-03-01;2026-02-30 | :3: column 'at' is '2026-02-30', it must be a time"
            })
    void aCellThatIsNoPlaceIsRefusedWithItsLine(String places, String words) {
        assertThatThrownBy(() -> kinds(places.split(";")))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining("train.csv" + words);
    }

    @Test
    void aNumberOfAMillionDigitsIsRefusedUnread() {
        assertThatThrownBy(() -> kinds("1".repeat(1_000_000)))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining("column 'at' is '" + "1".repeat(60) + "', it must be");
    }

    @Test
    void aColumnThatIsNotThereOrATaskWithoutANameIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("train.csv"), "day,kind\nmon,a\n ,b\n");

        assertThatThrownBy(() -> VectorCsvReader.read(file, COLUMNS, ','))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageEndingWith("train.csv has no column 'at'; it has [day, kind]");
        VectorColumns tasks = new VectorColumns("kind", "", "day");
        assertThatThrownBy(() -> VectorCsvReader.read(file, tasks, ','))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageEndingWith("train.csv:3: column 'day' is empty, it must name a task");
    }
}
