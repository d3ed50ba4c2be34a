// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What CONTRIBUTING.md and README.md say of where things live, held against where they do. */
class ContributingTest {
    private static final List<String> MODULES =
            List.of(
                    "state",
                    "operators",
                    "connectors",
                    "jobs/streams",
                    "jobs/laboratory",
                    "jobs/command");

    @Test
    void eachFileThatSomethingIsAddedToIsThere() {
        List<String> named =
                found("`([a-z]+/[\\w/]+\\.java)`", Documents.read("CONTRIBUTING.md")).toList();

        assertThat(named)
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        file ->
                                assertThat(MODULES)
                                        .as(file)
                                        .anyMatch(
                                                module ->
                                                        Files.isRegularFile(
                                                                sources(module).resolve(file))));
    }

    @Test
    void eachThingThatPeopleLookForIsWhereTheReadmeSays() {
        String table = Documents.read("README.md").split("Five things that people look for", 2)[1];
        List<String> rows =
                found("(?m)^\\| (?!Looking|---)(.*) \\|$", table.split("\n## ", 2)[0]).toList();

        assertThat(rows).hasSize(5);
        assertThat(rows.stream().flatMap(row -> found("`([A-Z]\\w+)`", row)))
                .hasSizeGreaterThan(3)
                .allSatisfy(type -> assertThat(MODULES).as(type).anyMatch(m -> has(m, type)));
    }

    private static boolean has(String module, String type) {
        try (Stream<Path> files = Files.walk(sources(module))) {
            return files.anyMatch(file -> file.endsWith(type + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path sources(String module) {
        return Documents.file(module).resolve("src/main/java/dev/kedge");
    }

    private static Stream<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(result -> result.group(1));
    }
}
