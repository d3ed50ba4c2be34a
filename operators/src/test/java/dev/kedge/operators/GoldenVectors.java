// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A folder of golden vectors as tests. The folder is the project's own copy, unless the system
 * property {@code kedge.golden.dir} names a directory that holds another, or the files themselves.
 */
public final class GoldenVectors {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    private GoldenVectors() {}

    /** Computes and compares one case. */
    @FunctionalInterface
    public interface Check {
        /** Fails unless the case is met. */
        void check(GoldenCase golden);
    }

    /**
     * One test for each file of a folder.
     *
     * @param folder folder inside the directory of golden vectors
     * @param checks what to run, by the prefix of the case's name; no other prefix is allowed
     */
    public static Stream<DynamicTest> tests(String folder, Map<String, Check> checks) {
        Path path = folder(folder);
        List<Path> files = files(path);
        assertThat(files).as("golden vectors in %s", path).isNotEmpty();
        return files.stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        String.valueOf(file.getFileName()),
                                        () -> run(file, checks)));
    }

    private static void run(Path file, Map<String, Check> checks) {
        check(read(file), checks);
    }

    static void check(JsonNode json, Map<String, Check> checks) {
        String name = json.path("case").asText();
        List<String> prefixes = checks.keySet().stream().filter(name::startsWith).toList();
        assertThat(prefixes).as("prefixes known of case '%s'", name).hasSize(1);
        checks.get(prefixes.get(0)).check(new GoldenCase(json));
    }

    private static Path folder(String name) {
        Path inside = directory().resolve(name);
        return Files.isDirectory(inside) ? inside : directory();
    }

    private static Path directory() {
        String given = System.getProperty("kedge.golden.dir", "");
        if (given.isEmpty()) {
            return ownCopy();
        }
        Path here = Path.of(given);
        Path fromRoot = Path.of("..").resolve(given);
        return Files.exists(here) || !Files.exists(fromRoot) ? here : fromRoot;
    }

    private static Path ownCopy() {
        try {
            return Path.of(GoldenVectors.class.getResource("/golden").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
