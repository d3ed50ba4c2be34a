// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kedge.operators.classifier.ClassifierEvent;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.classifier.ClassifierSettings;
import dev.kedge.operators.classifier.Label;
import dev.kedge.operators.classifier.Sample;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.DeadLetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

class LearningTest {
    private static final ClassifierSettings POINTS =
            ClassifierSettings.DEFAULT.with("input.features", 2);

    private final StreamExecutionEnvironment environment = environment();

    private static StreamExecutionEnvironment environment() {
        Configuration flink = new Configuration();
        flink.set(RestOptions.BIND_PORT, "0");
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        return StreamExecutionEnvironment.createLocalEnvironment(2, flink);
    }

    private static Sample sample(String model, long number, float... values) {
        String label = "class-" + number % 2;
        return new Sample(
                model, "s" + number, number, InputForm.encode(values), Optional.of(label));
    }

    private static ClassifierEvent endless(long number) {
        return sample(number % 3 == 0 ? "a" : "b", number, (float) (number % 2), 1);
    }

    @Test
    void anEventThatAModelRefusesComesBackAsItWas() throws Exception {
        Sample tooLong = sample("a", 2, 1, 2, 3);
        DataStream<ClassifierEvent> events =
                environment.fromData(
                        Records.type(ClassifierEvent.class),
                        sample("a", 1, 1, 2),
                        tooLong,
                        new Label("b", "nobody", 3, "class-1"));

        Learned<ClassifierEvent, ClassifierScore, ClassifierMetrics> learned =
                Learning.classifier("plane", POINTS).on(events);

        List<Refused<ClassifierEvent>> refused;
        try (CloseableIterator<Refused<ClassifierEvent>> all =
                learned.refused().executeAndCollect()) {
            refused = List.of(all.next());
            assertThat(all.hasNext()).isFalse();
        }
        assertThat(refused.get(0).event()).usingRecursiveComparison().isEqualTo(tooLong);
        assertThat(refused.get(0).reason()).isEqualTo(DeadLetter.Reason.INVALID);
        assertThat(refused.get(0).message()).isEqualTo("input: 12 bytes, the job's input has 8");
    }

    @Test
    void aModelObeysItsCommandsWhileTheOthersLearnOn() throws Exception {
        DataStream<ClassifierEvent> events =
                environment
                        .fromSequence(0, Long.MAX_VALUE - 1)
                        .setParallelism(1)
                        .map(LearningTest::endless)
                        .returns(Records.type(ClassifierEvent.class))
                        .setParallelism(1);
        DataStream<Command> commands =
                environment.fromData(
                        Records.type(Command.class),
                        new Command(Command.Verb.RESUME, "a", "", Double.NaN, 0, Long.MIN_VALUE),
                        new Command(Command.Verb.PAUSE, "a", "", Double.NaN, 0, Long.MIN_VALUE));
        Learned<ClassifierEvent, ClassifierScore, ClassifierMetrics> learned =
                Learning.classifier("plane", POINTS).on(events, commands);

        Map<String, Long> versions = new HashMap<>();
        int still = 0;
        try (CloseableIterator<ClassifierScore> scores = learned.scores().executeAndCollect()) {
            while (still < 200) {
                ClassifierScore score = scores.next();
                Long before = versions.put(score.model(), score.modelVersion());
                if (score.model().equals("a")) {
                    still = before != null && before == score.modelVersion() ? still + 1 : 0;
                }
            }
        }
        assertThat(versions.get("b")).isGreaterThan(versions.get("a"));
    }

    @Test
    void aNameThatIsNoNameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Learning.classifier("two words", POINTS))
                .withMessage(
                        "name: 'two words' is not allowed; it must be letters, digits, . _ - (1 to"
                                + " 100)");
    }
}
