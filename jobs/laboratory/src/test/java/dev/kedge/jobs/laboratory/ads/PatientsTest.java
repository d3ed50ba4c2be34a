// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.laboratory.ads.Patients.Patient;
import dev.kedge.jobs.laboratory.ads.SurvivalExperimentSettings.PatientSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatientsTest {
    @TempDir private Path folder;

    @Test
    void numbersAreFactsNominalValuesCategoriesAndWhatTellsTheOutcomeIsNoInput()
            throws IOException {
        Patients patients = read(written(20), set(List.of("cause")));

        assertThat(patients.name()).isEqualTo("tiny");
        assertThat(patients.numbers()).containsExactly("age", "mark");
        Patient first = patients.rows().get(0);
        assertThat(first.content().numbers()).containsOnlyKeys("age");
        assertThat(first.content().categories()).containsOnlyKeys("sex");
        assertThat(first.days()).isEqualTo(1);
        assertThat(first.event()).isTrue();
        assertThat(patients.rows().get(1).event()).isFalse();
        assertThat(patients.rows().get(1).content().numbers()).containsEntry("mark", 1.0);
    }

    @Test
    void whatIsNotAsTheSettingsSayIsRefusedInOneLine() throws IOException {
        Path file = written(20);
        refused(file, new PatientSet("no.arff", "days", "out", "dead", List.of()), "no such file");
        refused(
                file,
                new PatientSet("tiny.arff", "day", "out", "dead", List.of()),
                "has no attribute 'day'; it has [age");
        refused(
                file,
                new PatientSet("tiny.arff", "days", "out", "gone", List.of()),
                "events among them");
        refused(file, set(List.of("chapter")), "has no attribute 'chapter'");
        refused(written(5), set(List.of()), "at least 10 rows");
    }

    @Test
    void aSplitDependsOnTheSeedLosesNobodyAndItsCutsComeFromTheTrainingRowsAlone()
            throws IOException {
        Patients patients = read(written(40), set(List.of("cause")));
        PatientSplit split = PatientSplit.of(patients, 0.3, 1);

        assertThat(split).isEqualTo(PatientSplit.of(patients, 0.3, 1));
        assertThat(split).isNotEqualTo(PatientSplit.of(patients, 0.3, 2));
        assertThat(split.training()).hasSize(28);
        assertThat(Stream.concat(split.training().stream(), split.test().stream()))
                .containsExactlyInAnyOrderElementsOf(patients.rows());
        List<Double> cuts = split.cuts(4);
        assertThat(cuts).hasSize(4).startsWith(0.0).isSorted();
        assertThat(new PatientSplit(split.training(), List.of()).cuts(4)).isEqualTo(cuts);
        assertThat(cuts.subList(1, 4)).allSatisfy(cut -> assertThat(cut % 1).isEqualTo(0.5));
    }

    @Test
    void columnsAreScaledByTheTrainingRowsAndWhatIsMissingIsTheirMean() throws IOException {
        List<Patient> rows = read(written(40), set(List.of("cause"))).rows();
        PatientCovariates covariates = new PatientCovariates(rows);
        double[][] columns = covariates.of(rows);

        // Age, whether it is missing, mark, whether it is missing, sex.
        assertThat(columns[0]).hasSize(5);
        assertThat(columns[0][2]).as("the mean of a missing mark").isZero();
        assertThat(columns[0][3]).as("missing").isPositive();
        assertThat(columns[1][3]).as("known").isNegative();
        for (int j : List.of(0, 4)) {
            double sum = 0;
            for (double[] row : columns) {
                sum += row[j];
            }
            assertThat(sum).isCloseTo(0, within(1e-9));
        }
        List<Patient> more = new ArrayList<>(rows.subList(0, 20));
        assertThat(new PatientCovariates(more).of(rows.subList(0, 1))[0][0])
                .isNotEqualTo(columns[0][0]);
    }

    private void refused(Path file, PatientSet set, String reason) {
        assertThatThrownBy(() -> read(file, set))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(reason);
    }

    private static Patients read(Path file, PatientSet set) {
        return Patients.read(file.getParent(), set);
    }

    private static PatientSet set(List<String> leaveOut) {
        return new PatientSet("tiny.arff", "days", "out", "dead", leaveOut);
    }

    /** Every third event is missing; every other mark is. */
    private Path written(int rows) throws IOException {
        return Files.writeString(folder.resolve("tiny.arff"), text(rows));
    }

    /** Patients who live the longer the younger they are. */
    static String text(int rows) {
        StringBuilder text =
                new StringBuilder(
                        """
                        @relation tiny
                        @attribute age numeric
                        @attribute sex {F,M}
                        @attribute mark numeric
                        @attribute cause {heart,none}
                        @attribute days numeric
                        @attribute out {alive,dead}
                        @data
                        """);
        for (int i = 0; i < rows; i++) {
            int order = i * 17 % rows;
            text.append(
                    "%d,%s,%s,%s,%d,%s%n"
                            .formatted(
                                    90 - order,
                                    i % 3 == 0 ? "F" : "M",
                                    i % 2 == 0 ? "?" : "1",
                                    i % 3 == 1 ? "none" : "heart",
                                    1 + 5 * order,
                                    i % 3 == 1 ? "alive" : "dead"));
        }
        return text.toString();
    }
}
