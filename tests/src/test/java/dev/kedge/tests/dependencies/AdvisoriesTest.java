// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.dependencies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on the class path, against the advisories that are published of it. */
class AdvisoriesTest {
    private static final int MONTHS = 3;
    private static final String LIST =
            """
            date: 2026-01-10
            advisories:
              - id: CVE-2021-44228
                artefacts: [org.apache.logging.log4j:log4j-core]
                affected: ["[2.0-beta9,2.15.0)"]
                severity: critical
                about: runs what a text names
            """;
    private static final Path OLD =
            Path.of(
                    "/r/repository/org/apache/logging/log4j/log4j-core/2.14.1/log4j-core-2.14.1.jar");

    private static Advisories list() throws IOException {
        try (InputStream in = AdvisoriesTest.class.getResourceAsStream("/advisories.yaml")) {
            return Advisories.read(in);
        }
    }

    private static Advisories parsed(String yaml) throws IOException {
        return Advisories.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Artefact> classPath() {
        List<Artefact> artefacts = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(entry -> entry.endsWith(".jar"))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("kedge-"))
                .forEach(
                        entry ->
                                Artefact.of(Path.of(entry))
                                        .ifPresentOrElse(artefacts::add, () -> unknown.add(entry)));
        assertThat(unknown).as("jars of which nobody knows what they are").isEmpty();
        return artefacts;
    }

    @Test
    void nothingOnTheClassPathIsKnownToHaveAHoleThatCanBeReached() throws IOException {
        List<Artefact> classPath = classPath();

        assertThat(classPath).hasSizeGreaterThan(100);
        assertThat(classPath).anyMatch(a -> a.is("org.apache.logging.log4j:log4j-core"));
        assertThat(list().complaints(classPath)).isEmpty();
    }

    /** Old commits must still build: a list that nobody renewed is told and breaks nothing. */
    @Test
    void aListThatIsOlderThanThreeMonthsIsTold() throws IOException {
        LocalDate date = list().date();

        assertThat(date).isAfter(LocalDate.of(2026, 1, 1));
        if (date.plusMonths(MONTHS).isBefore(LocalDate.now(ZoneOffset.UTC))) {
            System.err.println(
                    "advisories.yaml is of " + date + ": renew it (see its first lines)");
        }
    }

    @Test
    void anAffectedVersionIsNamedWithItsAdvisory() throws IOException {
        assertThat(parsed(LIST).complaints(List.of(Artefact.of(OLD).orElseThrow())))
                .containsExactly(
                        "log4j-core 2.14.1 is affected by CVE-2021-44228 (critical): runs what a text names");
    }

    @ParameterizedTest
    @CsvSource({"2026-01-11, 0", "2026-01-10, 1", "2025-12-31, 1"})
    void anAcceptanceHoldsUntilTheListIsRenewedAfterIt(String until, int complaints)
            throws IOException {
        String accepted = "    accepted: {because: nobody logs texts, until: " + until + "}\n";

        assertThat(parsed(LIST + accepted).complaints(List.of(Artefact.of(OLD).orElseThrow())))
                .hasSize(complaints);
    }

    @ParameterizedTest
    @CsvSource({
        "'[1.0,2.0)', 1.0, true",
        "'[1.0,2.0)', 1.9.9, true",
        "'[1.0,2.0)', 2.0, false",
        "'[1.0,2.0)', 2.0-M1, true",
        "'[1.0,2.0)', 2.0.0, false",
        "'[1.0,2.0]', 2.0, true",
        "'(1.0,2.0]', 1.0, false",
        "'(,1.10)', 1.9, true",
        "'(,1.10)', 1.10, false",
        "'(,1.10)', 1.10.1, false",
        "'[1.10,)', 1.9, false",
        "'[1.10,)', 99, true",
        "'[4.1.91,4.1.118)', 4.1.100.Final-20.0, true",
        "'[4.1.91,4.1.118)', 4.1.118.Final, false",
        "'[2.0-beta9,2.15.0)', 2.0-beta8, false",
        "'[2.0-beta9,2.15.0)', 2.0-rc1, true",
        "'(,32.0.0)', 31.1-jre, true",
        "'(,32.0.0)', 33.4.8-jre, false",
        "'[1.0.0-M1,1.0.0-M2.1]', 1.0.0-M2.1, true",
        "'[1.0.0-M1,1.0.0-M2.1]', 1.0.0, false"
    })
    void aRangeHoldsItsVersions(String range, String version, boolean inside) {
        assertThat(Range.of(range).contains(Version.of(version))).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "[1.0]", "[2.0,1.0)", "[one,two]", "[1.0,2.0", ""})
    void whatIsNoRangeIsRefused(String range) {
        assertThatIllegalArgumentException().isThrownBy(() -> Range.of(range));
    }

    @ParameterizedTest
    @CsvSource({
        "id: CVE-2021-44228, id: a rumour",
        "log4j:log4j-core, log4j-core",
        "'2.0-beta9,2.15.0)', '2.0-beta9'",
        "critical, bad",
        "about:, abuot:"
    })
    void anEntryThatCannotBeReadIsRefused(String right, String wrong) {
        assertThat(LIST).contains(right);
        assertThatThrownBy(() -> parsed(LIST.replace(right, wrong)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aJarIsKnownByItsPlaceInARepository() {
        Artefact artefact = Artefact.of(OLD).orElseThrow();

        assertThat(artefact.is("org.apache.logging.log4j:log4j-core")).isTrue();
        assertThat(artefact.is("logging.log4j:log4j-core")).isTrue();
        assertThat(artefact.is("org.apache.logging.log4j:log4j-api")).isFalse();
        assertThat(artefact.is("other:log4j-core")).isFalse();
        assertThat(Artefact.of(Path.of("/lib/log4j-core-2.14.1.jar"))).isEmpty();
    }
}
