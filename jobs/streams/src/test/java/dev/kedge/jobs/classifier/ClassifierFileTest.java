// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.kedge.connectors.formats.Formats;
import dev.kedge.connectors.registry.RegistrySettings;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.operators.classifier.ClassifierSettings;
import dev.kedge.operators.classifier.hpcr.HpcrLoss;
import dev.kedge.operators.classifier.hpcr.Inputs;
import dev.kedge.operators.classifier.hpcr.Method;
import dev.kedge.operators.classifier.hpcr.ProxyDistillation;
import dev.kedge.operators.classifier.hpcr.ReplaySettings;
import dev.kedge.operators.classifier.hpcr.TemperatureSchedule;
import dev.kedge.operators.encoder.EncoderName;
import dev.kedge.operators.encoder.EncoderSettings;
import dev.kedge.operators.encoder.EncoderSizes;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.operators.flink.StepGrouping;
import dev.kedge.operators.image.AugmentationName;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.learner.OptimiserName;
import dev.kedge.operators.learner.OptimiserSettings;
import dev.kedge.operators.learner.RateSchedule;
import dev.kedge.operators.math.device.Device;
import dev.kedge.operators.math.device.DeviceChange;
import dev.kedge.operators.math.device.DeviceSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifierFileTest {
    private static final String ALL_FIELDS =
            """
            job: classifier
            name: my-job
            kafka:
              bootstrap-servers: 'a:1,b:2'
              timeout: 3 s
              properties: {security.protocol: SSL}
              discover-partitions: 2 min
              lost-records: skip
              format: {input: avro, output: avro}
              schema-registry: {url: 'http://registry:8081', user: me, password: word, token: abc, register: false, timeout: 4 s}
            topics: {samples: in, labels: truth, scores: out, metrics: quality, dead-letters: refused, control: orders}
            delivery: at-once
            checkpoints: {every: 1 min, directory: 's3://bucket/kedge', transaction-timeout: 1 h, tolerated-failures: 3, retained: 7, dirty: 5 mb}
            restarts: {max-without-checkpoint: 4}
            parallelism: 4
            cache: 30 %
            device: auto
            device-change: allowed
            expire-after: 60 d
            grouping: {steps: 64, within: 5 ms}
            dashboard: {enabled: false, host: 0.0.0.0, port: 0, token: secret, view: seen, cards: {creatives: 7, size: 3 mb}}
            metrics: {enabled: true, host: 127.0.0.1, port: 9000, all: true, opentelemetry: {endpoint: http://c:4318/v1/metrics, protocol: http, every: 9 s}, properties: {metrics.latency.interval: 1 s}}
            classifier:
              input: {features: 7, image: {channels: 3, height: 32, width: 30}}
              inputs: standardise
              method: er
              encoder: {kind: identity, mlp: {layers: [9]}, convnet: {convolutions: [4], features: 8}}
              augmentation: crop
              classes: {most: 12, declared: [a, b]}
              learning: {batch: 2, views: 1, patience: 1 h, optimiser: {kind: adam, rate: 0.01, momentum: 0.5, decay: 0.1, clip: 2.5, schedule: {shape: milestones, warm-up: 5, length: 7, milestones: [3], decay: 0.5, least: 0.2}}}
              loss: {temperature: 0.1, scale: 0.2, pairs: one, min-rows: 3, alpha: 0.4, beta: 0.6, unknown: zero, decoupled: true}
              schedule: {least: 0.5, most: 2, period: 50}
              temperature-exponent: 0.5
              distillation: {trigger: always, patience: 7, averaging: 0.9}
              baselines: {contrast-temperature: 0.2, projection: 16, dark-alpha: 0.2, dark-beta: 0.3, present-only: true}
              replay: {capacity: 20, batch: 5, memory: ring, retrieval: nearest, candidates: 8, look-ahead: 0.3}
              read-out: nearest-mean
              answers: 3
              join: {within: 2 h, samples: 4, labels: 5, ids: 6}
              ahead: 3 h
              evaluation: {window: 50, class-window: 20, rank-of: 30, every: 6 h}
              seed: 5
            """;

    private static ClassifierFile parse(String yaml) {
        return StrictYaml.parse(yaml, ClassifierFile.DEFAULT, ClassifierFile.class, "job.yaml");
    }

    private static ClassifierSettings learner() {
        return new ClassifierSettings(
                new ClassifierSettings.Samples(
                        new ClassifierSettings.Input(7, new ImageShape(3, 32, 30)),
                        Inputs.STANDARDISE),
                Method.ER,
                new EncoderSettings(
                        EncoderName.IDENTITY,
                        new EncoderSizes(
                                new EncoderSizes.Mlp(List.of(9)),
                                new EncoderSizes.Convnet(List.of(4), 8))),
                AugmentationName.NONE,
                new ReplaySettings.Classes(12, List.of("a", "b")),
                new ClassifierSettings.Learning(
                        2,
                        1,
                        Duration.ofHours(1),
                        new OptimiserSettings(
                                OptimiserName.ADAM,
                                0.01,
                                0.5,
                                0.1,
                                2.5,
                                new RateSchedule(
                                        RateSchedule.Shape.MILESTONES,
                                        5,
                                        7,
                                        List.of(3L),
                                        0.5,
                                        0.2))),
                new ReplaySettings.Values(
                        new HpcrLoss.Settings(
                                0.1,
                                0.2,
                                HpcrLoss.Pairs.ONE,
                                3,
                                0.4,
                                0.6,
                                ProxyDistillation.Unknown.ZERO,
                                true),
                        new TemperatureSchedule(0.5, 2, 50),
                        0.5,
                        new ReplaySettings.Distillation(ReplaySettings.Trigger.ALWAYS, 7, 0.9),
                        new ReplaySettings.Baselines(0.2, 16, 0.2, 0.3, true)),
                new ClassifierSettings.Replay(
                        20,
                        5,
                        ReplaySettings.MemoryKind.RING,
                        ReplaySettings.RetrievalKind.NEAREST,
                        new ReplaySettings.Choice(8, 0.3)),
                ReplaySettings.ReadOutName.NEAREST_MEAN,
                3,
                new ClassifierSettings.Join(Duration.ofHours(2), 4, 5, 6),
                Duration.ofHours(3),
                new ClassifierSettings.Evaluation(50, 20, 30, Duration.ofHours(6)),
                5);
    }

    private static ClassifierFile all() {
        return new ClassifierFile(
                "classifier",
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
                new ClassifierFile.Topics("in", "truth", "out", "quality", "refused", "orders"),
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
                                false,
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
                learner());
    }

    /** A second view needs images, which these samples are not. */
    private static String allowed() {
        return ALL_FIELDS.replace("augmentation: crop", "augmentation: none");
    }

    @Test
    void everyFieldOfAFileIsRead() {
        assertThat(parse(allowed())).isEqualTo(all());
    }

    @Test
    void everyFieldIsWrittenAndReadAgain() {
        assertThat(parse(StrictYaml.write(all()))).isEqualTo(all());
    }

    @Test
    void theFileOfAllFieldsLeavesNoneAtItsDefault() throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        JsonNode set = yaml.readTree(ALL_FIELDS);
        JsonNode defaults = yaml.readTree(StrictYaml.write(ClassifierFile.DEFAULT));

        assertThat(leaves("", defaults))
                .hasSizeGreaterThan(60)
                .filteredOn(pointer -> !pointer.equals("/job"))
                .allSatisfy(
                        pointer -> {
                            assertThat(set.at(pointer).isMissingNode()).as(pointer).isFalse();
                            assertThat(set.at(pointer))
                                    .as(pointer)
                                    .isNotEqualTo(defaults.at(pointer));
                        });
    }

    private static List<String> leaves(String pointer, JsonNode node) {
        if (!node.isObject() || node.isEmpty()) {
            return List.of(pointer);
        }
        return node.properties().stream()
                .flatMap(field -> leaves(pointer + "/" + field.getKey(), field.getValue()).stream())
                .toList();
    }

    @Test
    void oneTopicForBothIsReadOnce() {
        assertThat(parse("topics: {samples: a, labels: a}").topics().inputs()).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "input: {features: -1} | input.features: -1 | between 0 and 65536",
                "input: {image: {channels: 2}} | input.image.channels: 2 | 1 or 3",
                "input: {image: {height: 0}} | input.image.height: 0 | between 1 and 512",
                "input: {image: {width: 513}} | input.image.width: 513 | between 1 and 512",
                "method: gdumb | method: 'gdumb' | one of fine-tune, er",
                "encoder: {kind: vit} | encoder.kind: 'vit' | one of identity, mlp",
                "encoder: {mlp: {layers: []}} | encoder.mlp.layers: [] | at least one",
                "encoder: {convnet: {features: 0}} | encoder.convnet.features: 0 | at least 1",
                "classes: {most: 0} | classes.most: 0 | at least 1",
                "classes: {most: 4097} | classes.most: 4097 | between 1 and 4096",
                "classes: {most: 1, declared: [a, b]} | classes.declared: [a, b] | at most",
                "classes: {declared: [a, a]} | classes.declared: [a, a] | at most",
                "learning: {batch: 0} | learning.batch: 0 | between 1 and 1024",
                "learning: {views: 3} | learning.views: 3 | between 0 and 2",
                "learning: {optimiser: {rate: 0}} | learning.optimiser.rate: 0.0 | above 0",
                "learning: {optimiser: {momentum: 1}} | learning.optimiser.momentum: 1.0 | at",
                "loss: {temperature: 0} | loss.temperature: 0.0 | above 0",
                "schedule: {period: 0} | schedule.period: 0 | at least 1",
                "distillation: {averaging: 1} | distillation.averaging: 1.0 | at least 0 and",
                "replay: {capacity: 0} | replay.capacity: 0 | between 1 and 1000000",
                "replay: {batch: 1025} | replay.batch: 1025 | between 1 and 1024",
                "replay: {candidates: 0} | replay.candidates: 0 | at least 1",
                "replay: {candidates: 1025} | replay.candidates: 1025 | between 1 and 1024",
                "inputs: clip | inputs: clip | none where samples are images",
                "replay: {look-ahead: 0} | replay.look-ahead: 0.0 | above 0",
                "answers: 0 | answers: 0 | between 1 and 100",
                "join: {samples: 0} | join.samples: 0 | between 1 and 1000000",
                "join: {labels: 0} | join.labels: 0 | between 1 and 1000000",
                "join: {ids: 0} | join.ids: 0 | between 1 and 1000000",
                "evaluation: {window: 9} | evaluation.window: 9 | between 10 and 100000",
                "evaluation: {class-window: 4} | evaluation.class-window: 4 | between 5 and 10000",
                "evaluation: {rank-of: 1025} | evaluation.rank-of: 1025 | between 0 and 1024",
                "evaluation: {every: 0 s} | evaluation.every: 0 ms | at least 1 ms",
                "{method: scr, replay: {retrieval: interfered}} | replay.retrieval: INTERFERED |"
                        + " another for method scr",
                "{method: fine-tune, read-out: nearest-mean} | read-out: NEAREST_MEAN | classifier"
                        + " for method fine-tune"
            })
    void aBoundIsKeptAndNamed(String yaml, String fieldAndValue, String allowed) {
        String fields = yaml.startsWith("{") ? yaml : "{" + yaml + "}";
        assertThatThrownBy(() -> parse("classifier: " + fields))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("job.yaml: classifier." + fieldAndValue)
                .hasMessageContaining(" is not allowed; it must be " + allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{input: {features: 4}, encoder: {kind: convnet}} | encoder.kind: convnet is not"
                        + " allowed; the data must be images",
                "{input: {features: 4}, augmentation: crop} | augmentation: crop is not allowed;"
                        + " the data must be images",
                "{input: {image: {height: 8}}, encoder: {kind: reduced-resnet18}} | encoder.kind:"
                        + " reduced-resnet18 is not allowed; images are 8 x 28"
            })
    void whatDoesNotFitTheInputIsRefused(String yaml, String answer) {
        assertThatThrownBy(() -> parse("classifier: " + yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("job.yaml: classifier." + answer);
    }

    @Test
    void fieldsOfTheOtherJobAreUnknown() {
        assertThatThrownBy(() -> parse("discontinuation: {seed: 1}"))
                .hasMessageStartingWith("job.yaml: discontinuation: unknown field; allowed here:");
    }
}
