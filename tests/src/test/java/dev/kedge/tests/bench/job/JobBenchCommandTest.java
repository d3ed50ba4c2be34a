// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class JobBenchCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"50.0", "0.0", "-0.5", "NaN"})
    void aShareOfTheRateThatIsNoneIsAMistakeAndNotAJobThatNeverEnds(String share) {
        StringWriter err = new StringWriter();

        int exit =
                new CommandLine(new JobBenchCommand())
                        .setErr(new PrintWriter(err))
                        .execute("--shares", "0.5," + share);

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).startsWith("--shares is " + share + "; above 0, at most 1");
    }
}
