// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.kedge.connectors.formats.Formats;
import dev.kedge.connectors.onnx.FrozenEncoderSettings;
import dev.kedge.connectors.registry.RegistrySettings;
import dev.kedge.jobs.ads.alerts.AlertRule;
import dev.kedge.jobs.ads.alerts.AlertSettings;
import dev.kedge.jobs.ads.alerts.Condition;
import dev.kedge.jobs.ads.alerts.WebhookSettings;
import dev.kedge.jobs.ads.decisions.DecisionSettings;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.operators.ads.ClickThroughWeight;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.OutcomeSettings;
import dev.kedge.operators.ads.ScoreDetail;
import dev.kedge.operators.ads.calibration.Calibrator;
import dev.kedge.operators.ads.experts.ExpertSettings;
import dev.kedge.operators.ads.intervals.IntervalSettings;
import dev.kedge.operators.ads.policy.Policy;
import dev.kedge.operators.ads.recall.RecallSettings;
import dev.kedge.operators.encoder.Fusion;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.operators.flink.StepGrouping;
import dev.kedge.operators.learner.RateSchedule;
import dev.kedge.operators.math.device.Device;
import dev.kedge.operators.math.device.DeviceChange;
import dev.kedge.operators.math.device.DeviceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscontinuationFileTest {
    private static final String ALL_FIELDS =
            """
            job: discontinuation
            name: my-job
            kafka:
              bootstrap-servers: 'a:1,b:2'
              timeout: 3 s
              properties: {security.protocol: SSL}
              discover-partitions: 2 min
              lost-records: skip
              format: {input: avro, output: avro}
              schema-registry: {url: 'http://registry:8081', user: me, password: word, token: abc, register: false, timeout: 4 s}
            topics: {creatives: in, scores: out, metrics: quality, dead-letters: refused, control: orders, duplicates: twins, decisions: verdicts}
            delivery: at-once
            checkpoints: {every: 1 min, directory: 's3://bucket/kedge', transaction-timeout: 1 h, tolerated-failures: 3, retained: 7, dirty: 5 mb}
            restarts: {max-without-checkpoint: 4}
            parallelism: 4
            cache: 30 %
            device: auto
            device-change: allowed
            expire-after: 60 d
            grouping: {steps: 64, within: 5 ms}
            dashboard: {enabled: true, host: 0.0.0.0, port: 0, token: secret, view: seen, cards: {creatives: 7, size: 3 mb}}
            metrics: {enabled: true, host: 127.0.0.1, port: 9000, all: true, opentelemetry: {endpoint: http://c:4318/v1/metrics, protocol: http, every: 9 s}, properties: {metrics.latency.interval: 1 s}}
            decisions: {person-header: X-User}
            alerts:
              every: 1 min
              each:
                name: any
                when:
                  advice: stop
                  probability-above: 0.5
                  expected-loss-above: 10
                  model: m
                  advertiser: a
                  campaign: c
                  lag-above: 1
                  no-scores-for: 1 h
                  dead-letters-above: 0.25
                  holds-for: 2 h
                pause: 3 h
                leave: 0.5
              rules:
                - {when: {lag-above: 0, no-scores-for: 0, dead-letters-above: 0}}
              webhook: {url: 'https://hook.example/x', headers: {Authorization: t}, timeout: 2 s, attempts: 3, queue: 7}
            encoders:
              given: 1
              text: {model: text.onnx, custom-ops: ops.so, width: 4}
              image: {model: image.onnx, size: [8, 9], mean: [0, 0, 0], std: [1, 1, 1], width: 3}
            discontinuation:
              intervals: {cuts: [0, 2, 5], boundary: 2}
              horizons: [2, 5]
              experts: {enabled: false, share: 0.25, rate: 0.5, weights: 64}
              statistics: {every: 1 h}
              lateness: 2 h
              ahead: 3 h
              censoring: [account-closed]
              causes: {names: [budget]}
              landmarks: launch
              weight: {mode: raw, prior-strength: 50, minimum: 0.5, maximum: 2}
              features:
                text: false
                max-tokens: 64
                text-buckets: 512
                categories: false
                category-buckets: 256
                facts: [words]
                embedding: 8
                delivery: false
                advertisers: 7
              network: {text-width: 4, category-width: 5, fusion: gated, layers: [6]}
              learning:
                optimiser: sgd
                rate: 0.1
                batch: 2
                patience: 12 h
                short-term: 0.5
                long-term: 2
                base-hazard: 0.2
                schedule:
                  {shape: milestones, warm-up: 5, length: 7, milestones: [3], decay: 0.5, least: 0.2}
                heads: single
                head-layers: [9, 8]
                term-factors: learned
              rehearsal: {capacity: 200, rows: 4, weight: 0.5}
              calibration:
                method: platt
                memory: 500
                prior: 10
                pending: 40
                interval:
                  {enabled: false, level: 0.8, memory: 900, rate: 0.1, groups: 3, minimum-outcomes: 60}
              policy:
                rule: thresholds
                horizon: 2
                stop-above: 0.8
                watch-above: 0.5
                minimum-impressions: 10
                minimum-outcomes: 20
                ignoring: [budget]
                costs: {dead: 1.5, live: 0.25, stop-fee: 3, check-every: 8 h, run-on: 9 d, budget: 100}
                steadiness: {leave: 0.75, hold: 2 d}
              ledger: {capacity: 1000, retention: 10 d}
              evaluation: {window: 50, every: 6 h}
              creative-memory:
                enabled: true
                weight: 0.5
                width: 16
                identity: asset
                views: {count: 4, text: 0.2, strange: 0.3, categories: 0.4, noise: 0.5, dropout: 0.6}
                clip: {creatives: 2, rehearsed: 1, average: 0.25}
                bank: {instances: 100, history: 2, age: 9 d, refresh: 4}
                answers: {same: 0.75, alike: 0.25, most: 3, after: 10, every-score: true}
              scores: {curves: changes, band: never, contributions: changes}
              seed: 5
            """;

    private static DiscontinuationFile parse(String yaml) {
        return StrictYaml.parse(
                yaml, DiscontinuationFile.DEFAULT, DiscontinuationFile.class, "job.yaml");
    }

    private static DiscontinuationFile all() {
        return new DiscontinuationFile(
                "discontinuation",
                "my-job",
                new JobSettings.Kafka(
                        "a:1,b:2",
                        Duration.ofSeconds(3),
                        new TreeMap<>(Map.of("security.protocol", "SSL")),
                        Duration.ofMinutes(2),
                        JobSettings.LostRecords.SKIP,
                        new Formats(Formats.Format.AVRO, Formats.Format.AVRO),
                        new RegistrySettings(
                                "http://registry:8081",
                                "me",
                                "word",
                                "abc",
                                false,
                                Duration.ofSeconds(4))),
                new DiscontinuationFile.Topics(
                        "in", "out", "quality", "refused", "orders", "twins", "verdicts"),
                new JobSettings.Operation(
                        JobSettings.Delivery.AT_ONCE,
                        new JobSettings.Checkpoints(
                                Duration.ofMinutes(1),
                                "s3://bucket/kedge",
                                Duration.ofHours(1),
                                3,
                                7,
                                MemorySize.ofMebiBytes(5)),
                        new JobSettings.Restarts(4),
                        4,
                        CacheBudget.ofShare(0.3),
                        new DeviceSettings(Device.AUTO, DeviceChange.ALLOWED),
                        Duration.ofDays(60),
                        new StepGrouping(64, Duration.ofMillis(5)),
                        new JobSettings.Dashboard(
                                true,
                                "0.0.0.0",
                                0,
                                "secret",
                                "seen",
                                new JobSettings.Cards(7, MemorySize.ofMebiBytes(3))),
                        new JobSettings.Metrics(
                                true,
                                "127.0.0.1",
                                9000,
                                true,
                                new JobSettings.OpenTelemetry(
                                        "http://c:4318/v1/metrics",
                                        JobSettings.Protocol.HTTP,
                                        Duration.ofSeconds(9)),
                                new TreeMap<>(Map.of("metrics.latency.interval", "1 s")))),
                new DecisionSettings("X-User"),
                alerts(),
                new FrozenEncoderSettings(
                        1,
                        new FrozenEncoderSettings.Text("text.onnx", "ops.so", 4),
                        new FrozenEncoderSettings.Image(
                                "image.onnx",
                                List.of(8, 9),
                                List.of(0.0, 0.0, 0.0),
                                List.of(1.0, 1.0, 1.0),
                                3)),
                learner());
    }

    private static AlertSettings alerts() {
        return new AlertSettings(
                Duration.ofMinutes(1),
                rule(1, Duration.ofHours(1), 0.25),
                List.of(rule(0, Duration.ZERO, 0)),
                new WebhookSettings(
                        "https://hook.example/x",
                        new TreeMap<>(Map.of("Authorization", "t")),
                        Duration.ofSeconds(2),
                        3,
                        7));
    }

    private static AlertRule rule(long lag, Duration silence, double deadLetters) {
        return new AlertRule(
                "any",
                new Condition(
                        Condition.Advised.STOP,
                        0.5,
                        10,
                        "m",
                        "a",
                        "c",
                        lag,
                        silence,
                        deadLetters,
                        Duration.ofHours(2)),
                Duration.ofHours(3),
                0.5);
    }

    private static DiscontinuationSettings learner() {
        return new DiscontinuationSettings(
                new DiscontinuationSettings.Forecast(
                        new DiscontinuationSettings.Cuts(List.of(0.0, 2.0, 5.0), 2),
                        List.of(2.0, 5.0),
                        new ExpertSettings(false, 0.25, 0.5, 64)),
                new DiscontinuationSettings.Reporting(
                        new DiscontinuationSettings.Statistics(Duration.ofHours(1)),
                        Duration.ofHours(2),
                        Duration.ofHours(3)),
                new OutcomeSettings(
                        List.of("account-closed"),
                        new OutcomeSettings.Causes(List.of("budget")),
                        OutcomeSettings.Landmarks.LAUNCH,
                        new ClickThroughWeight.Settings(ClickThroughWeight.Mode.RAW, 50, 0.5, 2)),
                new DiscontinuationSettings.Features(
                        false, 64, 512, false, 256, List.of("words"), 8, false, 7),
                new DiscontinuationSettings.Network(4, 5, Fusion.GATED, List.of(6)),
                new DiscontinuationSettings.Learning(
                        DiscontinuationSettings.OptimiserName.SGD,
                        0.1,
                        2,
                        Duration.ofHours(12),
                        0.5,
                        2,
                        0.2,
                        new RateSchedule(
                                RateSchedule.Shape.MILESTONES, 5, 7, List.of(3L), 0.5, 0.2),
                        DiscontinuationSettings.Heads.SINGLE,
                        List.of(9, 8),
                        DiscontinuationSettings.TermFactors.LEARNED),
                new DiscontinuationSettings.Rehearsal(200, 4, 0.5),
                new DiscontinuationSettings.Calibration(
                        Calibrator.Method.PLATT,
                        500,
                        10,
                        40,
                        new IntervalSettings(false, 0.8, 900, 0.1, 3, 60)),
                new Policy(
                        Policy.Rule.THRESHOLDS,
                        2,
                        0.8,
                        0.5,
                        10,
                        20,
                        List.of("budget"),
                        new Policy.Costs(
                                1.5, 0.25, 3, Duration.ofHours(8), Duration.ofDays(9), 100),
                        new Policy.Steadiness(0.75, Duration.ofDays(2))),
                new DiscontinuationSettings.Ledger(1000, Duration.ofDays(10)),
                new DiscontinuationSettings.Evaluation(50, Duration.ofHours(6)),
                new RecallSettings(
                        true,
                        0.5,
                        16,
                        "asset",
                        new RecallSettings.Views(4, 0.2, 0.3, 0.4, 0.5, 0.6),
                        new RecallSettings.Clip(2, 1, 0.25),
                        new RecallSettings.Bank(100, 2, Duration.ofDays(9), 4),
                        new RecallSettings.Answers(0.75, 0.25, 3, 10, true)),
                new ScoreDetail(
                        ScoreDetail.Extent.CHANGES,
                        ScoreDetail.Extent.NEVER,
                        ScoreDetail.Extent.CHANGES),
                5);
    }

    @Test
    void anEmptyFileGivesTheDefaults() {
        String folder = Path.of("kedge-state").toAbsolutePath().toUri().toString();

        assertThat(parse(""))
                .isEqualTo(
                        new DiscontinuationFile(
                                "discontinuation",
                                "ad-discontinuation",
                                new JobSettings.Kafka(
                                        "localhost:9092",
                                        Duration.ofSeconds(10),
                                        new TreeMap<>(),
                                        Duration.ofSeconds(30),
                                        JobSettings.LostRecords.END,
                                        Formats.JSON,
                                        RegistrySettings.NONE),
                                new DiscontinuationFile.Topics(
                                        "kedge.ads.creatives.v1",
                                        "kedge.ads.scores.v1",
                                        "kedge.ads.metrics.v1",
                                        "kedge.ads.creatives.v1.dlq",
                                        "kedge.ads.control.v1",
                                        "",
                                        ""),
                                new JobSettings.Operation(
                                        JobSettings.Delivery.EXACTLY_ONCE,
                                        new JobSettings.Checkpoints(
                                                Duration.ofSeconds(10),
                                                folder,
                                                Duration.ofMinutes(15),
                                                10,
                                                3,
                                                MemorySize.ofMebiBytes(16)),
                                        new JobSettings.Restarts(10),
                                        1,
                                        CacheBudget.ofBytes(256L << 20),
                                        new DeviceSettings(Device.CPU, DeviceChange.REFUSED),
                                        Duration.ZERO,
                                        StepGrouping.ALONE,
                                        new JobSettings.Dashboard(
                                                true,
                                                "localhost",
                                                8088,
                                                "",
                                                "kedge-view",
                                                new JobSettings.Cards(
                                                        2000, MemorySize.ofMebiBytes(32))),
                                        new JobSettings.Metrics(
                                                false,
                                                "localhost",
                                                9249,
                                                false,
                                                new JobSettings.OpenTelemetry(
                                                        "",
                                                        JobSettings.Protocol.GRPC,
                                                        Duration.ofSeconds(15)),
                                                new TreeMap<>())),
                                new DecisionSettings(""),
                                new AlertSettings(
                                        Duration.ofSeconds(10),
                                        AlertRule.STANDARD,
                                        List.of(),
                                        new WebhookSettings(
                                                "",
                                                new TreeMap<>(),
                                                Duration.ofSeconds(5),
                                                6,
                                                100)),
                                new FrozenEncoderSettings(
                                        0,
                                        new FrozenEncoderSettings.Text("", "", 0),
                                        new FrozenEncoderSettings.Image(
                                                "",
                                                List.of(224, 224),
                                                List.of(0.485, 0.456, 0.406),
                                                List.of(0.229, 0.224, 0.225),
                                                0)),
                                DiscontinuationSettings.DEFAULT));
    }

    @Test
    void everyFieldOfAFileIsRead() {
        assertThat(parse(ALL_FIELDS)).isEqualTo(all());
    }

    @Test
    void everyFieldIsWrittenAndReadAgain() {
        assertThat(parse(StrictYaml.write(all()))).isEqualTo(all());
        assertThat(parse(StrictYaml.write(DiscontinuationFile.DEFAULT)))
                .isEqualTo(DiscontinuationFile.DEFAULT);
    }

    @Test
    void theFileOfAllFieldsLeavesNoneAtItsDefault() throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        JsonNode set = yaml.readTree(StrictYaml.write(parse(ALL_FIELDS)));
        JsonNode defaults = yaml.readTree(StrictYaml.write(DiscontinuationFile.DEFAULT));

        assertThat(leaves("", defaults))
                .hasSizeGreaterThan(50)
                .filteredOn(pointer -> !List.of("/job", "/dashboard/enabled").contains(pointer))
                .allSatisfy(
                        pointer -> assertThat(set.at(pointer)).isNotEqualTo(defaults.at(pointer)));
    }

    @Test
    void checkpointsOfTwoJobsNeverShareAFolder() {
        assertThat(parse("{name: a, checkpoints: {directory: /var/kedge}}").checkpointUri())
                .isEqualTo("file:///var/kedge/a");
        assertThat(
                        parse("{name: b, checkpoints: {directory: 's3://bucket/kedge/'}}")
                                .checkpointUri())
                .isEqualTo("s3://bucket/kedge/b");
    }

    private static List<String> leaves(String pointer, JsonNode node) {
        if (!node.isObject() || node.isEmpty()) {
            return List.of(pointer);
        }
        return node.properties().stream()
                .flatMap(field -> leaves(pointer + "/" + field.getKey(), field.getValue()).stream())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "job: classifier | job: classifier | discontinuation",
                "name: a b | name: a b | letters, digits, . _ - (1 to 100)",
                "name: '' | name: | letters, digits, . _ - (1 to 100)",
                "parallelism: 0 | parallelism: 0 | between 1 and 1024",
                "parallelism: 1025 | parallelism: 1025 | between 1 and 1024",
                "kafka: {bootstrap-servers: here} | kafka.bootstrap-servers: here | host:port",
                "kafka: {format: {input: avro}} | kafka.schema-registry.url: | an address where a format is not json",
                "kafka: {schema-registry: {url: here}} | kafka.schema-registry.url: here | http:// or https://",
                "kafka: {timeout: 0 s} | kafka.timeout: 0 ms | above 0",
                "topics: {creatives: a/b} | topics.creatives: a/b | a Kafka topic name",
                "topics: {scores: a/b} | topics.scores: a/b | a Kafka topic name",
                "topics: {metrics: ''} | topics.metrics: | a Kafka topic name",
                "topics: {control: a/b} | topics.control: a/b | a Kafka topic name",
                "expire-after: -1 s | expire-after: '-1 s' | a duration",
                "cache: 101 % | cache: '101 %' | a memory size such as 64 mb, or a share",
                "topics: {dead-letters: ä} | topics.dead-letters: ä | a Kafka topic name",
                "checkpoints: {every: 5} | checkpoints.every: 5 is | a duration with its unit",
                "checkpoints: {every: 200 ms, transaction-timeout: 900 ms} | checkpoints.transaction-timeout: 900 ms | at least 1 s",
                "checkpoints: {every: 99 ms} | checkpoints.every: 99 ms | at least 100 ms",
                "checkpoints: {retained: 0} | checkpoints.retained: 0 | between 1 and 100",
                "checkpoints: {retained: 101} | checkpoints.retained: 101 | between 1 and 100",
                "checkpoints: {directory: ' '} | checkpoints.directory: | a folder or a URI",
                "metrics: {opentelemetry: {endpoint: collector}} | metrics.opentelemetry.endpoint: collector | empty, or http:// or https:// with a host",
                "metrics: {port: 0} | metrics.port: 0 | between 1 and 65535",
                "metrics: {properties: {web.port: 1}} | metrics.properties: web.port | an option of Flink that begins with metrics.",
                "dashboard: {port: -1} | dashboard.port: -1 | between 0 and 65535",
                "dashboard: {port: 65536} | dashboard.port: 65536 | between 0 and 65535",
                "dashboard: {host: ''} | dashboard.host: '' | a name or an address",
                "dashboard: {token: ' '} | dashboard.token: ' ' | empty or more than blanks",
                "encoders: {given: 1} | encoders.given: 1 | 0 as long as encoders.text.model and",
                "encoders: {given: -1} | encoders.given: -1 | between 0 and 4096",
                "encoders: {text: {width: 1}} | encoders.text.width: 1 | 0 as long as"
                        + " encoders.text.model is empty",
                "encoders: {text: {model: a}} | encoders.text.width: 0 | between 1 and 4096",
                "encoders: {text: {custom-ops: a}} | encoders.text.custom-ops: a | empty as long",
                "encoders: {image: {model: a}} | encoders.image.width: 0 | between 1 and 4096",
                "encoders: {image: {width: 1}} | encoders.image.width: 1 | 0 as long as"
                        + " encoders.image.model is empty",
                "encoders: {image: {size: [1]}} | encoders.image.size: [1] | height and width",
                "encoders: {image: {size: [0, 1]}} | encoders.image.size: [0, 1] | height and",
                "encoders: {image: {mean: [0]}} | encoders.image.mean: [0.0] | three numbers",
                "encoders: {image: {std: [0, 1, 1]}} | encoders.image.std: [0.0, 1.0, 1.0] | three"
            })
    void aBoundIsKeptAndNamed(String yaml, String fieldAndValue, String allowed) {
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("job.yaml: " + fieldAndValue)
                .hasMessageContaining(" is not allowed; it must be " + allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "horizons: [] | horizons: [] | at least one number of days",
                "horizons: [3, 3] | horizons: [3.0, 3.0] | increasing numbers of days",
                "horizons: [0] | horizons: [0.0] | increasing numbers of days between 0 and 365",
                "horizons: [366] | horizons: [366.0] | increasing numbers of days",
                "statistics: {every: 59 s} | statistics.every: 59 s | between 1 minute and 31",
                "statistics: {every: 32 d} | statistics.every: 32 d | between 1 minute and 31",
                "lateness: 31 d | lateness: 31 d | between 0 and 30 days",
                "weight: {prior-strength: 0} | weight.prior-strength: 0.0 | above 0",
                "weight: {minimum: -1} | weight.minimum: -1.0 | at least 0",
                "weight: {minimum: 10} | weight.maximum: 10.0 | above weight.minimum",
                "features: {advertisers: -1} | features.advertisers: -1 | between 0 and 1000000",
                "features: {max-tokens: 0} | features.max-tokens: 0 | between 1 and 4096",
                "features: {max-tokens: 4097} | features.max-tokens: 4097 | between 1 and 4096",
                "features: {text-buckets: 0} | features.text-buckets: 0 | between 1 and 4194304",
                "features: {category-buckets: 0} | features.category-buckets: 0 | between 1 and",
                "features: {embedding: -1} | features.embedding: -1 | between 0 and 4096",
                "features: {embedding: 4097} | features.embedding: 4097 | between 0 and 4096",
                "network: {text-width: 0} | network.text-width: 0 | between 1 and 1024",
                "network: {category-width: 1025} | network.category-width: 1025 | between 1 and",
                "network: {layers: []} | network.layers: [] | at least one",
                "network: {layers: [0]} | network.layers: 0 | between 1 and 8192",
                "learning: {rate: 0} | learning.rate: 0.0 | above 0, at most 10",
                "learning: {rate: 11} | learning.rate: 11.0 | above 0, at most 10",
                "learning: {schedule: {decay: 0}} | learning.schedule.decay: 0.0 | above 0, at most 1",
                "learning: {batch: 0} | learning.batch: 0 | between 1 and 4096",
                "learning: {batch: 4097} | learning.batch: 4097 | between 1 and 4096",
                "learning: {patience: 0 s} | learning.patience: 0 ms | above 0",
                "learning: {short-term: -1} | learning.short-term: -1.0 | at least 0",
                "learning: {long-term: -1} | learning.long-term: -1.0 | at least 0",
                "learning: {head-layers: [0]} | learning.head-layers: 0 | between 1 and 8192",
                "learning: {head-layers: [1, 1, 1, 1, 1, 1, 1, 1, 1]} | learning.head-layers: [1, 1, 1, 1, 1, 1, 1, 1, 1] | at most 8",
                "learning: {base-hazard: 0} | learning.base-hazard: 0.0 | above 0 and below 1",
                "learning: {base-hazard: 1} | learning.base-hazard: 1.0 | above 0 and below 1",
                "policy: {horizon: 0} | policy.horizon: 0.0 | above 0",
                "policy: {stop-above: 1.1} | policy.stop-above: 1.1 | above 0, at most 1",
                "policy: {watch-above: 0} | policy.watch-above: 0.0 | above 0",
                "policy: {watch-above: 0.8} | policy.watch-above: 0.8 | above 0 and at most"
                        + " policy.stop-above",
                "policy: {minimum-impressions: -1} | policy.minimum-impressions: -1 | at least 0",
                "policy: {minimum-outcomes: -1} | policy.minimum-outcomes: -1 | at least 0",
                "policy: {steadiness: {leave: 1.1}} | policy.steadiness.leave: 1.1 | between 0 and 1",
                "policy: {steadiness: {hold: 366 d}} | policy.steadiness.hold: 366 d | between 0 and 365 days",
                "ledger: {capacity: 0} | ledger.capacity: 0 | between 1 and 10000000",
                "ledger: {retention: 0 s} | ledger.retention: 0 ms | above 0",
                "evaluation: {window: 9} | evaluation.window: 9 | between 10 and 100000",
                "evaluation: {every: 0 s} | evaluation.every: 0 ms | above 0",
                "creative-memory: {weight: -1} | creative-memory.weight: -1.0 | between 0 and 1000",
                "creative-memory: {width: 0} | creative-memory.width: 0 | between 1 and 1024",
                "creative-memory: {views: {count: 1}} | creative-memory.views.count: 1 | between 2",
                "creative-memory: {views: {text: 0.6}} | creative-memory.views.text: 0.6 | between"
                        + " 0 and 0.5",
                "creative-memory: {views: {strange: 2}} | creative-memory.views.strange: 2.0 |"
                        + " between 0 and 1",
                "creative-memory: {views: {categories: -1}} | creative-memory.views.categories:"
                        + " -1.0 | between 0 and 1",
                "creative-memory: {views: {noise: -1}} | creative-memory.views.noise: -1.0 |"
                        + " between 0 and 100",
                "creative-memory: {views: {dropout: 2}} | creative-memory.views.dropout: 2.0 |"
                        + " between 0 and 1",
                "creative-memory: {clip: {creatives: 0}} | creative-memory.clip.creatives: 0 |"
                        + " between 1 and 256",
                "creative-memory: {clip: {rehearsed: -1}} | creative-memory.clip.rehearsed: -1 |"
                        + " between 0 and 256",
                "creative-memory: {clip: {average: 2}} | creative-memory.clip.average: 2.0 |"
                        + " between 0 and 1",
                "creative-memory: {bank: {instances: 0}} | creative-memory.bank.instances: 0 |"
                        + " between 1 and 1000000",
                "creative-memory: {bank: {history: 0}} | creative-memory.bank.history: 0 | between"
                        + " 1 and 100",
                "creative-memory: {bank: {age: 0 s}} | creative-memory.bank.age: 0 ms | above 0",
                "creative-memory: {bank: {refresh: -1}} | creative-memory.bank.refresh: -1 |"
                        + " between 0 and 4096",
                "creative-memory: {answers: {same: 0}} | creative-memory.answers.same: 0.0 | above"
                        + " 0, at most 1",
                "creative-memory: {answers: {alike: 0.99}} | creative-memory.answers.alike: 0.99 |"
                        + " at least -1 and at most answers.same",
                "creative-memory: {answers: {most: 0}} | creative-memory.answers.most: 0 | between"
                        + " 1 and 1000000",
                "creative-memory: {answers: {after: -1}} | creative-memory.answers.after: -1 | at"
                        + " least 0"
            })
    void aBoundOfTheLearnerIsKeptAndNamed(String yaml, String fieldAndValue, String allowed) {
        assertThatThrownBy(() -> parse("discontinuation: {" + yaml + "}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("job.yaml: discontinuation." + fieldAndValue)
                .hasMessageContaining(" is not allowed; it must be " + allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{cuts: [1, 2], boundary: 2} | intervals.cuts: must begin with 0",
                "{cuts: [0], boundary: 0} | intervals.cuts: must begin with 0 and have at least"
                        + " two",
                "{cuts: [0, 2, 2], boundary: 2} | intervals.cuts: must increase",
                "{cuts: [0, 36501], boundary: 36501} | intervals.cuts: must increase and stay"
                        + " below",
                "{boundary: 13.5} | intervals.boundary: 13.5 must be one of the cuts after 0"
            })
    void theIntervalsMustFitTogether(String intervals, String answer) {
        assertThatThrownBy(() -> parse("discontinuation: {intervals: " + intervals + "}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("job.yaml: discontinuation." + answer);
    }

    @Test
    void aTopicForNearDuplicatesNeedsACreativeMemoryAndIsOneOfTheJobsTopics() {
        assertThatThrownBy(() -> parse("topics: {duplicates: twins}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "job.yaml: topics.duplicates: twins is not allowed; it must be empty as"
                                + " long as discontinuation.creative-memory.enabled is false");
        assertThatThrownBy(() -> parse("topics: {duplicates: a/b}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("job.yaml: topics.duplicates: a/b");

        assertThat(parse(ALL_FIELDS).topics().data()).contains("twins");
        assertThat(DiscontinuationFile.DEFAULT.topics().data()).hasSize(4);
    }

    @Test
    void anEmbeddingThatIsNotTheSumOfItsPartsIsRefusedNamingThemAll() {
        assertThatThrownBy(
                        () ->
                                parse(
                                        "{encoders: {given: 1, text: {model: a, width: 2}},"
                                                + " discontinuation: {features: {embedding: 2}}}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "job.yaml: discontinuation.features.embedding: 2 is not allowed; it must be"
                                + " 3: encoders.given (1) + encoders.text.width (2) +"
                                + " encoders.image.width (0)");
    }

    @Test
    void anEncoderThatIsNotThereIsKnownBeforeAnythingRuns() {
        DiscontinuationFile file =
                parse(
                        "{encoders: {text: {model: no.onnx, width: 2}}, discontinuation:"
                                + " {features: {embedding: 2}}}");

        assertThatThrownBy(() -> new DiscontinuationJob(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "encoders.text.model: no.onnx is not allowed; it must be an ONNX file that"
                                + " can be read");
    }

    @Test
    void aTransactionThatEndsBeforeTheNextCheckpointIsRefusedNamingBothFields() {
        assertThatThrownBy(() -> parse("checkpoints: {every: 20 min}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "job.yaml: checkpoints.transaction-timeout: 15 min is not allowed; it must"
                                + " be longer than checkpoints.every (20 min)");
    }

    @Test
    void latenessOfFarTooManyPeriodsIsRefusedNamingBothFields() {
        assertThatThrownBy(
                        () -> parse("discontinuation: {lateness: 2 d, statistics: {every: 1 min}}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "job.yaml: discontinuation.lateness: 2 d is not allowed; it must be at"
                                + " most 1000 times statistics.every (1 min)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "'::'", "192.168.1.5", "ads.example.org"})
    void aPageForOtherMachinesWithoutATokenIsRefusedNamingBothFields(String host) {
        assertThatThrownBy(() -> parse("dashboard: {host: " + host + "}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "job.yaml: dashboard.host: "
                                + host.replace("'", "")
                                + " is not allowed; it must be localhost as long as"
                                + " dashboard.token is empty");
    }

    @Test
    void aPageForOtherMachinesIsAllowedWithATokenAndMattersOnlyWhenThereIsAPage() {
        assertThat(parse("dashboard: {host: 0.0.0.0, token: secret}").dashboard().host())
                .isEqualTo("0.0.0.0");
        assertThat(parse("dashboard: {host: 0.0.0.0, enabled: false}").dashboard().host())
                .isEqualTo("0.0.0.0");
    }

    @Test
    void unknownFieldsAreRefusedAtEveryDepthWithWhatIsAllowedThere() {
        assertThatThrownBy(() -> parse("kafka: {servers: 'a:1'}"))
                .hasMessage(
                        "job.yaml: kafka.servers: unknown field; allowed here: bootstrap-servers,"
                                + " discover-partitions, format, lost-records, properties,"
                                + " schema-registry, timeout");
        assertThatThrownBy(() -> parse("discontinuation: {ledger: {size: 3}}"))
                .hasMessage(
                        "job.yaml: discontinuation.ledger.size: unknown field; allowed here:"
                                + " capacity, retention");
    }
}
