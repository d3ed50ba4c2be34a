// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.jobs.flink.FailureJudge;
import dev.kedge.jobs.flink.JobPulse;
import dev.kedge.operators.ads.DiscontinuationModels;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.operators.flink.LearnerBounds;
import dev.kedge.operators.flink.LearnerOperator;
import dev.kedge.operators.math.device.CardCheck;
import dev.kedge.operators.math.device.Device;
import dev.kedge.operators.math.device.DeviceChange;
import dev.kedge.operators.math.device.DeviceSettings;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.state.flink.RecordType;
import dev.kedge.tests.cli.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine without a card, with the CUDA backend on its class path and without. */
class DeviceITCase {
    private static final String REFUSED =
            "device: gpu is not allowed; it must be cpu or auto here: ";

    @TempDir private Path folder;

    @BeforeEach
    void thereIsNoCard() {
        assumeFalse(CardCheck.ofThisMachine().usable().any());
    }

    private static KeyedOneInputStreamOperatorTestHarness<
                    String, Incoming<CreativeEvent>, CreativeScore>
            task(Device device) throws Exception {
        LearnerOperator<CreativeEvent, CreativeScore, ModelMetrics> operator =
                new LearnerOperator<>(
                        new DiscontinuationModels(DiscontinuationSettings.DEFAULT),
                        new OutputTag<>("metrics", RecordType.forRecord(ModelMetrics.class)),
                        new OutputTag<DeadLetter>("refused", StreamTypes.DEAD_LETTER),
                        LearnerBounds.of(CacheBudget.ofBytes(1 << 20))
                                .on(new DeviceSettings(device, DeviceChange.REFUSED)));
        var task =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        operator,
                        (Incoming<CreativeEvent> incoming) -> incoming.event().model(),
                        Types.STRING);
        task.setup();
        return task;
    }

    @Test
    void aTaskThatMustHaveACardEndsTheJobInOneLine() throws Exception {
        String line = REFUSED + CardCheck.ofThisMachine().usable().why();
        try (var task = task(Device.GPU)) {
            assertThatThrownBy(task::open)
                    .isInstanceOf(SuppressRestartsException.class)
                    .satisfies(
                            e ->
                                    assertThat(
                                                    new FailureJudge()
                                                            .judge(
                                                                    new JobPulse.Failure(
                                                                            Instant.EPOCH, e),
                                                                    false))
                                            .contains(
                                                    "the configuration is refused (" + line + ")"))
                    .cause()
                    .isInstanceOf(IllegalConfigurationException.class)
                    .hasMessage(line);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CPU", "AUTO"})
    void aTaskThatNeedNotHaveOneComputesOnTheCpu(Device device) throws Exception {
        try (var task = task(device)) {
            task.open();

            assertThat(task.snapshot(1, 1)).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"discontinuation", "classifier", "tracker"})
    void aJobThatMustHaveACardIsRefusedBeforeItStarts(String job) throws IOException {
        Path file = folder.resolve("job.yaml");
        Files.writeString(file, "job: " + job + "\ndevice: gpu\n");
        String line = file + ": " + REFUSED + CardCheck.ofThisMachine().usable().why();

        Answer.to("run", file.toString()).isAMistakeWith(line);
        Answer.to("run", file.toString(), "--check").isAMistakeWith(line);
    }

    @Test
    void aDeviceThatThereIsNotIsRefused() throws IOException {
        Path file = folder.resolve("job.yaml");
        Files.writeString(file, "device: tpu\n");

        Answer.to("run", file.toString())
                .isAMistakeWith("device: 'tpu' is not allowed; it must be one of cpu, gpu, auto");
    }
}
