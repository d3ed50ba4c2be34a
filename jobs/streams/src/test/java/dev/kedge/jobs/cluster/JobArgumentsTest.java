// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobArgumentsTest {
    private static final String YAML = "name: müsli";

    @TempDir private Path folder;

    @Test
    void aFileIsReadByItsPathAndByItsUri() throws IOException {
        Path file = Files.writeString(folder.resolve("a job.yaml"), "\uFEFF" + YAML);

        assertThat(JobArguments.of("--job", file.toString()))
                .isEqualTo(told(file.toString(), false));
        assertThat(JobArguments.of("--job", file.toUri().toString(), "--check"))
                .isEqualTo(told(file.toUri().toString(), true));
    }

    @Test
    void anInlineJobIsItsText() {
        String inline = Base64.getEncoder().encodeToString(YAML.getBytes(UTF_8));

        assertThat(JobArguments.of("--check", "--job-inline", inline)).isEqualTo(told("job", true));
    }

    private static JobArguments told(String source, boolean check) {
        return new JobArguments(YAML, source, check, false, OptionalInt.empty());
    }

    @Test
    void whereToGoOnAndHowManyTasksMayBeSaid() {
        String inline = Base64.getEncoder().encodeToString(YAML.getBytes(UTF_8));

        assertThat(JobArguments.of("--newest", "--job-inline", inline, "--parallelism", "12"))
                .isEqualTo(new JobArguments(YAML, "job", false, true, OptionalInt.of(12)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1025", "-1", "two", ""})
    void aParallelismThatNoJobCanHaveIsRefused(String said) {
        isRefused(
                "--parallelism: " + said + " is not allowed; it must be between 1 and 1024",
                "--job-inline",
                "",
                "--parallelism",
                said);
    }

    @Test
    void whatCannotBeReadIsSaidInOneLine() {
        isRefused("arguments: there are none; give --job FILE");
        isRefused("arguments: there are 1; give --job FILE", "--job");
        isRefused("arguments: '--file' is not known; give --job FILE", "--file", "a");
        isRefused("--job-inline: it is not Base64", "--job-inline", "name: ads");
        isRefused("/no/such.yaml: cannot be read by the job manager", "--job", "/no/such.yaml");
        isRefused(
                "moon://a/b.yaml: this Flink has no file system for it; put Flink's plug-in for it into the folder plugins",
                "--job",
                "moon://a/b.yaml");
    }

    @Test
    void aFileThatIsFarTooLargeForSettingsIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("large.yaml"), new byte[4 << 20]);

        isRefused(file + ": has more than 3145728 bytes", "--job", file.toString());
    }

    private static void isRefused(String beginning, String... arguments) {
        assertThatThrownBy(() -> JobArguments.of(arguments))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(beginning)
                .message()
                .doesNotContain("\n");
    }
}
