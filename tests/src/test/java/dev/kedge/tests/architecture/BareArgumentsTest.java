// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.architecture;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls fit on their lines: few lines of main Java are one argument and nothing else. */
class BareArgumentsTest {
    private static final double MOST_PERCENT = 2;

    @Test
    void fewLinesOfMainJavaAreABareArgument() throws IOException {
        List<BareArguments> files = mainJava();
        long lines = files.stream().mapToLong(BareArguments::lines).sum();
        long bare = files.stream().mapToLong(file -> file.bare().size()).sum();
        double percent = 100.0 * bare / lines;

        assertThat(lines).isGreaterThan(40_000);
        assertThat(percent)
                .as(
                        "%d bare arguments in %d lines are %.2f %%; %s",
                        bare, lines, percent, worst(files))
                .isLessThan(MOST_PERCENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "\"text, and more\"",
                "1.5",
                "null",
                "a.field",
                "Kind.DEFAULT",
                "a.b().c()",
                "own()"
            })
    void aPlainArgumentAloneOnALineIsBare(String argument) throws IOException {
        assertThat(bare("call(", argument + ",", "x + 1);")).containsExactly(4);
        assertThat(bare("new Thing(", "x + 1,", argument + ");")).containsExactly(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a, b",
                "a + b",
                "f(a)",
                "x -> y",
                "new A()",
                "a ? b : c",
                "A::b",
                "\"a\" + b"
            })
    void whatIsMoreThanAPlainArgumentIsNotBare(String arguments) throws IOException {
        assertThat(bare("call(", arguments + ");")).isEmpty();
    }

    @Test
    void anArgumentBesideItsCallIsNotBare() throws IOException {
        assertThat(bare("call(name);")).isEmpty();
    }

    @Test
    void eachLineCountsOnceHoweverManyCallsEndOnIt() throws IOException {
        assertThat(bare("outer(", "inner(", "name));")).containsExactly(5);
    }

    private static List<Integer> bare(String... statement) throws IOException {
        String code = "class A {\nvoid a() {\n" + String.join("\n", statement) + "\n}\n}\n";
        return BareArguments.of(List.of(new Source(code))).get(0).bare();
    }

    private static String worst(List<BareArguments> files) {
        return files.stream()
                .sorted(Comparator.comparingInt(file -> -file.bare().size()))
                .limit(10)
                .map(file -> file.bare().size() + " in " + Path.of(file.file()).getFileName())
                .collect(joining(", ", "the most: ", ""));
    }

    private static List<BareArguments> mainJava() throws IOException {
        try (Stream<Path> found = Files.walk(Path.of("..").toRealPath());
                StandardJavaFileManager manager =
                        ToolProvider.getSystemJavaCompiler()
                                .getStandardFileManager(
                                        null, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<Path> sources =
                    found.filter(file -> file.toString().contains("/src/main/java/dev/kedge/"))
                            .filter(file -> file.toString().endsWith(".java"))
                            .sorted()
                            .toList();
            return BareArguments.of(manager.getJavaFileObjectsFromPaths(sources));
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String code) {
            super(URI.create("string:///A.java"), JavaFileObject.Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
