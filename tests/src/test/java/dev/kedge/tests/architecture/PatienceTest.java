// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import dev.kedge.connectors.testing.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test waits for what has to come, for {@link Patience#TIME}, and for no time as such. */
class PatienceTest {
    /** {@code get(20, TimeUnit.SECONDS)}, a limit of our own for Awaitility, a nap. */
    private static final Pattern HASTE =
            Pattern.compile(
                    "\\([\\d_]+, (TimeUnit\\.)?(MILLI)?SECONDS\\)"
                            + "|\\.atMost\\((?!Patience\\.TIME\\))"
                            + "|@Timeout\\b"
                            + "|Thread\\.sleep\\(");

    /** What takes longer than any test: they run from the command line as well. */
    private static final Set<String> LONGER =
            Set.of(
                    "Chaos.java",
                    "CheckpointBench.java",
                    "DemoPagesBrowserITCase.java",
                    "LocalCluster.java",
                    "RunningJob.java");

    @Test
    void noTestSetsALimitOfItsOwn() throws IOException {
        List<String> hasty =
                tests().filter(file -> !LONGER.contains(file.getFileName().toString()))
                        .flatMap(PatienceTest::hasty)
                        .toList();

        assertThat(hasty).isEmpty();
    }

    private static Stream<Path> tests() throws IOException {
        try (Stream<Path> found = Files.walk(Path.of("..").toRealPath())) {
            List<Path> tests =
                    found.filter(file -> file.toString().contains("/src/test/java/dev/kedge/"))
                            .filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.endsWith("PatienceTest.java"))
                            .sorted()
                            .toList();
            assertThat(tests).hasSizeGreaterThan(300);
            return tests.stream();
        }
    }

    private static Stream<String> hasty(Path file) {
        try {
            return hasty(Files.readString(file)).map(words -> file.getFileName() + ": " + words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> hasty(String code) {
        return HASTE.matcher(code).results().map(found -> found.group());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "future.get(20, TimeUnit.SECONDS)",
                "latch.await(10_000, MILLISECONDS)",
                "await().atMost(Duration.ofSeconds(30))",
                "await().atMost(PATIENCE)",
                "@Timeout(120)",
                "Thread.sleep(1000)"
            })
    void whatWouldFailOnASlowMachineIsSeen(String code) {
        assertThat(hasty(code)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "future.get(Patience.SECONDS, TimeUnit.SECONDS)",
                "process.waitFor(2, TimeUnit.MINUTES)",
                "await().atMost(Patience.TIME)",
                "await().until(job::isOver)"
            })
    void whatIsPatientIsNot(String code) {
        assertThat(hasty(code)).isEmpty();
    }

    @Test
    void awaitilityIsAsPatientWithoutBeingTold() {
        List<Long> left = new ArrayList<>();
        Awaitility.await()
                .conditionEvaluationListener(seen -> left.add(seen.getRemainingTimeInMS()))
                .until(() -> true);

        assertThat(left).singleElement().asInstanceOf(LONG).isGreaterThan(Patience.SECONDS * 500);
    }
}
