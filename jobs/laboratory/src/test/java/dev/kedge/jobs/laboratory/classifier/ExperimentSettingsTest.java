// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings.Drift;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings.Format;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings.Order;
import dev.kedge.operators.classifier.hpcr.HpcrLoss;
import dev.kedge.operators.classifier.hpcr.Inputs;
import dev.kedge.operators.classifier.hpcr.Method;
import dev.kedge.operators.classifier.hpcr.ProxyDistillation;
import dev.kedge.operators.classifier.hpcr.ReplaySettings;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.Baselines;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.Distillation;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.MemoryKind;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.ReadOutName;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.RetrievalKind;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.Trigger;
import dev.kedge.operators.classifier.hpcr.TemperatureSchedule;
import dev.kedge.operators.encoder.EncoderName;
import dev.kedge.operators.encoder.EncoderSizes;
import dev.kedge.operators.image.AugmentationName;
import dev.kedge.operators.learner.OptimiserName;
import dev.kedge.operators.learner.OptimiserSettings;
import dev.kedge.operators.learner.RateSchedule;
import dev.kedge.state.replay.MemoryBound;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentSettingsTest {
    private static final String ALL_FIELDS =
            """
            name: mine
            data:
              format: csv
              path: /data
              train-per-class: 7
              test-per-class: 3
              order-file: order.txt
              csv: {label: kind, delimiter: ;, task: session}
              synthetic: {classes: 6, inputs: 5, noise: 0.1, train: 11, test: 12, seed: 4}
            protocol:
              order: blurred
              class-order: [3, 01, cat]
              tasks: 3
              passes: 2
              blur: 0.3
              drift: rotated
              tell-boundaries: false
              drop-incomplete: false
              arrival: {clock: modelled, rate: 500, step: 20 ms}
            learner:
              batch: 20
              replay: 64
              views: 2
              inputs: clip
              augmentation: crop
              mlp: {layers: [9]}
              convnet: {convolutions: [4], features: 8}
              optimiser:
                {kind: adam, rate: 0.01, momentum: 0.5, decay: 0.1, clip: 2.5, schedule: {shape: milestones, warm-up: 5, length: 7, milestones: [3], decay: 0.5, least: 0.2}}
              loss: {temperature: 0.2, scale: 0.3, pairs: one, min-rows: 5, alpha: 0.4, beta: 0.6, unknown: zero, decoupled: true}
              schedule: {least: 1, most: 2, period: 10}
              temperature-exponent: 0.7
              distillation: {trigger: boundary-free, patience: 50, averaging: 0.9}
              baselines: {contrast-temperature: 0.1, projection: 64, dark-alpha: 0.2, dark-beta: 0.3, present-only: true}
              read-out: nearest-mean
              retrieval: {candidates: 20, look-ahead: 0.2}
              declare-classes: true
            grid:
              methods: [der++, pcr]
              encoders: [convnet, identity]
              memories: [ring]
              retrievals: [interfered]
              sizes: [10, 2 mb]
              seeds: [5, 6]
            evaluation: {points: 2, samples: 100}
            running: {folder: there, cores: 3, snapshot-every: 100}
            """;

    private static final String NOT_BESIDE_AN_ORDER_FILE = "/data/csv/order";

    private static ExperimentSettings parse(String yaml) {
        return StrictYaml.parse(
                yaml, ExperimentSettings.DEFAULT, ExperimentSettings.class, "mine.yaml");
    }

    private static ExperimentSettings all() {
        return new ExperimentSettings(
                "mine",
                new ExperimentSettings.Data(
                        Format.CSV,
                        "/data",
                        7,
                        3,
                        "order.txt",
                        new ExperimentSettings.Csv("kind", ";", "", "session"),
                        new ExperimentSettings.Synthetic(6, 5, 0.1, 11, 12, 4)),
                new ExperimentSettings.Protocol(
                        Order.BLURRED,
                        List.of("3", "01", "cat"),
                        3,
                        2,
                        0.3,
                        Drift.ROTATED,
                        false,
                        false,
                        new Arrival(Arrival.Clock.MODELLED, 500, Duration.ofMillis(20))),
                learner(),
                new ExperimentSettings.Grid(
                        List.of(Method.DER_PLUS_PLUS, Method.PCR),
                        List.of(EncoderName.CONVNET, EncoderName.IDENTITY),
                        List.of(MemoryKind.RING),
                        List.of(RetrievalKind.INTERFERED),
                        List.of(MemoryBound.ofSamples(10), MemoryBound.ofBytes(2 << 20)),
                        List.of(5L, 6L)),
                new ExperimentSettings.Evaluation(2, 100),
                new ExperimentSettings.Running("there", 3, 100));
    }

    private static ExperimentSettings.LearnerSettings learner() {
        return new ExperimentSettings.LearnerSettings(
                20,
                64,
                2,
                Inputs.CLIP,
                AugmentationName.CROP,
                new EncoderSizes(
                        new EncoderSizes.Mlp(List.of(9)), new EncoderSizes.Convnet(List.of(4), 8)),
                new OptimiserSettings(
                        OptimiserName.ADAM,
                        0.01,
                        0.5,
                        0.1,
                        2.5,
                        new RateSchedule(
                                RateSchedule.Shape.MILESTONES, 5, 7, List.of(3L), 0.5, 0.2)),
                new ReplaySettings.Values(
                        new HpcrLoss.Settings(
                                0.2,
                                0.3,
                                HpcrLoss.Pairs.ONE,
                                5,
                                0.4,
                                0.6,
                                ProxyDistillation.Unknown.ZERO,
                                true),
                        new TemperatureSchedule(1, 2, 10),
                        0.7,
                        new Distillation(Trigger.BOUNDARY_FREE, 50, 0.9),
                        new Baselines(0.1, 64, 0.2, 0.3, true)),
                ReadOutName.NEAREST_MEAN,
                new ReplaySettings.Choice(20, 0.2),
                true);
    }

    @Test
    void anEmptyFileGivesTheDefaults() {
        assertThat(parse(""))
                .isEqualTo(
                        new ExperimentSettings(
                                "experiment",
                                new ExperimentSettings.Data(
                                        Format.SYNTHETIC,
                                        "",
                                        0,
                                        0,
                                        "",
                                        new ExperimentSettings.Csv("label", ",", "", ""),
                                        new ExperimentSettings.Synthetic(4, 12, 0.6, 200, 50, 1)),
                                new ExperimentSettings.Protocol(
                                        Order.CLASS_INCREMENTAL,
                                        List.of(),
                                        2,
                                        1,
                                        0.1,
                                        Drift.PERMUTED,
                                        true,
                                        true,
                                        new Arrival(
                                                Arrival.Clock.WAITS, 1000, Duration.ofMillis(10))),
                                standardLearner(),
                                new ExperimentSettings.Grid(
                                        List.of(Method.HPCR),
                                        List.of(EncoderName.MLP),
                                        List.of(MemoryKind.BATCH_RESERVOIR),
                                        List.of(RetrievalKind.RANDOM),
                                        List.of(MemoryBound.ofSamples(200)),
                                        List.of(1L)),
                                new ExperimentSettings.Evaluation(4, 500),
                                new ExperimentSettings.Running("experiments", 1, 5000)));
    }

    private static ExperimentSettings.LearnerSettings standardLearner() {
        return new ExperimentSettings.LearnerSettings(
                10,
                10,
                0,
                Inputs.NONE,
                AugmentationName.NONE,
                new EncoderSizes(
                        new EncoderSizes.Mlp(List.of(256, 128)),
                        new EncoderSizes.Convnet(List.of(16, 32), 128)),
                new OptimiserSettings(OptimiserName.SGD, 0.1, 0, 0, 0, RateSchedule.CONSTANT),
                new ReplaySettings.Values(
                        HpcrLoss.Settings.REFERENCE,
                        TemperatureSchedule.REFERENCE,
                        0,
                        new Distillation(Trigger.SECOND_TASK, 100, 0),
                        new Baselines(0.07, 128, 0.1, 0.5, false)),
                ReadOutName.BY_METHOD,
                new ReplaySettings.Choice(50, 0.1),
                false);
    }

    @Test
    void everyFieldOfAFileIsRead() {
        assertThat(parse(ALL_FIELDS)).isEqualTo(all());
    }

    @Test
    void everyFieldIsWrittenAndReadAgain() {
        assertThat(parse(StrictYaml.write(all()))).isEqualTo(all());
    }

    @Test
    void theFileOfAllFieldsLeavesNoneAtItsDefault() throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        JsonNode set = yaml.readTree(StrictYaml.write(parse(ALL_FIELDS)));
        JsonNode defaults = yaml.readTree(StrictYaml.write(ExperimentSettings.DEFAULT));

        assertThat(leaves("", defaults))
                .hasSizeGreaterThan(50)
                .filteredOn(pointer -> !pointer.equals(NOT_BESIDE_AN_ORDER_FILE))
                .allSatisfy(
                        pointer -> assertThat(set.at(pointer)).isNotEqualTo(defaults.at(pointer)));
    }

    private static List<String> leaves(String pointer, JsonNode node) {
        if (!node.isObject()) {
            return List.of(pointer);
        }
        List<String> leaves = new ArrayList<>();
        node.properties()
                .forEach(f -> leaves.addAll(leaves(pointer + "/" + f.getKey(), f.getValue())));
        return leaves;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "protocl: {} | protocl: unknown field; allowed here: data, evaluation, grid",
                "protocol: {order: sorted} | protocol.order: 'sorted' is not allowed; it must be"
                        + " one of class-incremental, blurred, domain-drift, random, given",
                "protocol: {class-order: [a, a]} | protocol.class-order: [a, a] is not allowed",
                "protocol: {order: given, class-order: [a]} | protocol.class-order: [a] is not"
                        + " allowed; it must be [] unless order is class-incremental or blurred",
                "data: {order-file: o.txt, csv: {order: at}} | data.order-file: o.txt is not"
                        + " allowed; it must be empty where csv.order names a column",
                "data: {csv: {label: y, order: y}} | data.csv.order: y is not allowed; it must be"
                        + " another column than the label",
                "data: {csv: {order: t, task: t}} | data.csv.task: t is not allowed; it must be"
                        + " another column than label and order",
                "protocol: {tasks: 0} | protocol.tasks: 0 is not allowed; it must be at least 1",
                "protocol: {blur: 2} | protocol.blur: 2.0 is not allowed",
                "grid: {methods: [hpcrr]} | 'hpcrr' is not allowed; it must be one of fine-tune,"
                        + " er, der++, scr, pcr, hpcr",
                "grid: {methods: []} | grid.methods: [] is not allowed; it must be at least one",
                "grid: {seeds: [1, 1]} | grid.seeds: [1, 1] is not allowed",
                "grid: {sizes: [0]} | grid.sizes: 0 is not allowed; it must be a number of samples such as"
                        + " 200, or a memory size such as 1 mb",
                "grid: {sizes: [1 mile]} | grid.sizes: '1 mile' is not allowed",
                "grid: {sizes: []} | grid.sizes: [] is not allowed",
                "protocol: {arrival: {rate: 0}} | protocol.arrival.rate: 0.0 is not allowed",
                "protocol: {arrival: {step: 0 s}} | protocol.arrival.step: 0 ms is not allowed",
                "protocol: {arrival: {clock: sundial}} | 'sundial' is not allowed; it must be one"
                        + " of waits, modelled, measured",
                "learner: {optimiser: {schedule: {warm-up: -1}}} |"
                        + " learner.optimiser.schedule.warm-up: -1 is not allowed",
                "learner: {optimiser: {schedule: {shape: milestones}}} |"
                        + " learner.optimiser.schedule.milestones: [] is not allowed",
                "learner: {retrieval: {candidates: 0}} | learner.retrieval.candidates: 0",
                "learner: {views: 3} | learner.views: 3 is not allowed",
                "learner: {loss: {temperature: 0}} | learner.loss.temperature: 0.0 is not allowed",
                "learner: {optimiser: {rate: -1}} | learner.optimiser.rate: -1.0 is not allowed",
                "learner: {mlp: {layers: [0]}} | learner.mlp.layers: 0 is not allowed",
                "data: {csv: {delimiter: '::'}} | data.csv.delimiter: :: is not allowed",
                "running: {cores: 0} | running.cores: 0 is not allowed",
                "name: ../x | name: ../x is not allowed"
            })
    void aMistakeIsNamedWithItsFieldValueAndWhatIsAllowed(String yaml, String words) {
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("mine.yaml: ")
                .hasMessageContaining(words);
    }
}
