// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.References;
import dev.kedge.jobs.config.StrictYaml;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertSettingsTest {
    private static DiscontinuationFile parse(String yaml) {
        return StrictYaml.parse(
                yaml, DiscontinuationFile.DEFAULT, DiscontinuationFile.class, "job.yaml");
    }

    @Test
    void aRuleSaysOnlyWhatDiffersFromEach() {
        AlertSettings settings =
                parse(
                                """
                                alerts:
                                  each: {pause: 1 h, when: {holds-for: 5 min}}
                                  rules:
                                    - {name: losing, when: {advice: stop, expected-loss-above: 100}}
                                    - {name: behind, when: {lag-above: 5, holds-for: 1 s}, pause: 2 h}
                                """)
                        .alerts();

        assertThat(settings.rules())
                .extracting(AlertRule::name)
                .containsExactly("losing", "behind");
        AlertRule losing = settings.rules().get(0);
        assertThat(losing.pause()).isEqualTo(Duration.ofHours(1));
        assertThat(losing.when().holdsFor()).isEqualTo(Duration.ofMinutes(5));
        assertThat(losing.when().advice()).isEqualTo(Condition.Advised.STOP);
        assertThat(losing.when().expectedLossAbove()).isEqualTo(100);
        assertThat(losing.leave()).isEqualTo(0.9);
        AlertRule behind = settings.rules().get(1);
        assertThat(behind.pause()).isEqualTo(Duration.ofHours(2));
        assertThat(behind.when().holdsFor()).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{rules: [{when: {advice: stop}}]}|a rule without a name",
                "{rules: [{name: a}]}|rules (a): when: nothing is not allowed; it must be at least one condition",
                "{rules: [{name: a, when: {advice: stop, lag-above: 1}}]}|conditions on one of them",
                "{rules: [{name: a, when: {advice: stop}}, {name: a, when: {advice: keep}}]}|a name of its own",
                "{rules: [{name: a, when: {advise: stop}}]}|alerts.rules[0].when.advise: unknown field; allowed here: advertiser, advice",
                "{rules: [{name: a, when: {advice: halt}}]}|must be one of any, stop, refresh",
                "{rules: [{name: a, when: {probability-above: 2}}]}|probability-above: 2.0 is not allowed; it must be between 0 and 1",
                "{rules: [{name: a, when: {advice: stop, holds-for: 5}}]}|holds-for: 5 is not allowed; it must be a duration with its unit",
                "{rules: [7]}|alerts.rules[0]: 7 is not allowed; it must be a mapping of fields",
                "{every: 1 ms}|alerts.every: 1 ms is not allowed; it must be between 1 s and 1 h",
                "{webhook: {url: 'ftp://secret.example'}}|url: (hidden) is not allowed; it must be empty, or an address that begins with http",
                "{webhook: {url: 'https://secret:word@host/'}}|url: (hidden)",
                "{webhook: {url: 'https:///secret'}}|url: (hidden)",
                "{webhook: {headers: {Host: secret}}}|headers.Host: (hidden) is not allowed; it must be a header of HTTP that a client may set"
            })
    void whatIsNotAllowedIsNamedAndSecretsAreNot(String alerts, String message) {
        assertThatThrownBy(() -> parse("alerts: " + alerts))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("job.yaml: alerts")
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    @Test
    void addressAndHeadersAreNotShown() {
        DiscontinuationFile file =
                parse(
                        "alerts: {webhook: {url: 'https://hooks.example/T0/secret', headers: {Authorization: secret, X-Team: secret}}}");

        assertThat(StrictYaml.show(file, References.NONE))
                .contains("url: \"(hidden)\"", "Authorization: \"(hidden)\"")
                .doesNotContain("secret");
        assertThat(file.alerts().webhook().toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "'{topics: {decisions: d}, dashboard: {enabled: false}}', topics.decisions: d is not allowed",
        "'{topics: {decisions: kedge.ads.scores.v1}}', another topic than the others",
        "'{alerts: {rules: [{name: a, when: {advice: stop}}]}, dashboard: {enabled: false}}', alerts.rules: 1 rules is not allowed",
        "'{decisions: {person-header: a b}}', decisions.person-header: a b is not allowed"
    })
    void whatCannotBeDoneIsRefused(String yaml, String message) {
        assertThatThrownBy(() -> parse(yaml)).hasMessageContaining(message);
    }
}
