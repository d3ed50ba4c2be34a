// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.kind.JobKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JobsTest {
    static List<JobKind<?>> kinds() {
        return Jobs.kinds();
    }

    @Test
    void aFileThatNamesNoJobIsOneOfAdDiscontinuation() {
        assertThat(Jobs.parse("", "job.yaml").settings()).isEqualTo(DiscontinuationFile.DEFAULT);
        assertThat(Jobs.parse("name: mine", "job.yaml").settings())
                .isInstanceOf(DiscontinuationFile.class);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aFileThatNamesAJobIsReadAsOne(JobKind<?> kind) {
        assertThat(Jobs.parse("job: " + kind.word(), "job.yaml").settings())
                .isEqualTo(kind.defaults())
                .isInstanceOf(kind.type());
        assertThat(kind.defaults().job()).isEqualTo(kind.word());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsShownIsAFileItself(JobKind<?> kind) {
        assertThat(Jobs.parse(StrictYaml.write(kind.defaults()), "shown").settings())
                .isEqualTo(kind.defaults());
    }

    @Test
    void noTwoJobsHaveAWordANameOrATopicInCommon() {
        assertThat(kinds()).extracting(JobKind::word).doesNotHaveDuplicates();
        assertThat(kinds()).extracting(kind -> kind.defaults().name()).doesNotHaveDuplicates();
        assertThat(kinds())
                .flatExtracting(kind -> kind.defaults().topics().data())
                .doesNotHaveDuplicates();
        assertThat(kinds())
                .extracting(kind -> kind.defaults().topics().control())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "job: ads | job.yaml: job: 'ads' is not allowed; it must be one of discontinuation",
                "job: 7 | job.yaml: job: '7' is not allowed; it must be one of discontinuation",
                "job: {a: b} | job.yaml: job: {\"a\":\"b\"} is not allowed; it must be a text",
                "job: | job.yaml: job: null is not allowed; it must be a text",
                "job: [ | job.yaml: not YAML at line 1"
            })
    void anUnknownJobIsRefusedWithThoseThereAre(String yaml, String answer) {
        assertThatThrownBy(() -> Jobs.parse(yaml, "job.yaml"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(answer);
    }

    @Test
    void fieldsOfAnotherJobAreUnknownFields() {
        assertThatThrownBy(() -> Jobs.parse("topics: {labels: a}", "job.yaml"))
                .hasMessageStartingWith("job.yaml: topics.labels: unknown field; allowed here:");
    }
}
