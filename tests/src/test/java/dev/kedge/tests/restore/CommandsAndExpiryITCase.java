// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.operators.flink.LearnerBounds;
import dev.kedge.operators.flink.LearnerOperator;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Command.Verb;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Origin;
import dev.kedge.state.flink.KeyedPartStore;
import dev.kedge.tests.restore.CountingModels.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator does between events: commands from the second input, idle keys. */
class CommandsAndExpiryITCase {
    private static final long IDLE = 100;

    private KeyedTwoInputStreamOperatorTestHarness<
                    String, Incoming<Counted>, Incoming<Command>, String>
            task;
    private long sequence;

    @BeforeEach
    void open() throws Exception {
        task = task();
        task.open();
    }

    @AfterEach
    void close() throws Exception {
        task.close();
    }

    @Test
    void aCommandIsObeyedBeforeTheFirstEventAtOrAfterItsTime() throws Exception {
        command(Verb.PAUSE, Command.EVERY, 20);

        assertThat(send("a", 10, 19, 20, 21)).containsExactly("a1", "a2", "a2 PAUSE", "a2 PAUSE");
    }

    @Test
    void aCommandConcernsItsModelAlone() throws Exception {
        command(Verb.PAUSE, "a", Long.MIN_VALUE);

        assertThat(send("a", 1)).containsExactly("a0 PAUSE");
        assertThat(send("b", 1)).containsExactly("b1");
    }

    @Test
    void commandsAreObeyedOnceAndInOrder() throws Exception {
        send("a", 1);
        command(Verb.PAUSE, Command.EVERY, 50);
        command(Verb.RESUME, Command.EVERY, Long.MIN_VALUE);

        assertThat(send("a", 2)).as("the second waits for the first").containsExactly("a2");
        assertThat(send("a", 50, 51)).containsExactly("a3 PAUSE RESUME", "a4 PAUSE RESUME");
    }

    @Test
    void aResetModelBeginsAnewAndObeysNothingTwice() throws Exception {
        send("a", 1, 2, 3);
        command(Verb.PAUSE, Command.EVERY, Long.MIN_VALUE);
        command(Verb.RESET, "a", Long.MIN_VALUE);

        assertThat(send("a", 4, 5)).containsExactly("a1", "a2");
        restart();
        assertThat(send("a", 6)).containsExactly("a3");
    }

    @Test
    void commandsOutliveARestartAndReachModelsThatComeLater() throws Exception {
        command(Verb.PAUSE, Command.EVERY, Long.MIN_VALUE);
        restart();

        assertThat(send("new", 1)).containsExactly("new0 PAUSE");
    }

    @Test
    void onlyTheNewestCommandsAreKept() throws Exception {
        command(Verb.PAUSE, Command.EVERY, Long.MIN_VALUE);
        for (int i = 0; i < 3; i++) {
            command(Verb.RESUME, Command.EVERY, Long.MIN_VALUE);
        }

        assertThat(send("a", 1)).containsExactly("a1 RESUME RESUME RESUME");
    }

    @Test
    void anIdleKeyIsForgottenWhenTheWatermarkSaysSo() throws Exception {
        send("a", 10);
        send("b", 60);
        task.processWatermark1(new Watermark(10 + IDLE));

        assertThat(keys()).containsExactly("b");
        assertThat(send("a", 11 + IDLE)).containsExactly("a1");
    }

    @Test
    void anIdleKeyIsForgottenWhenItsNextEventComesFirst() throws Exception {
        send("a", 10, 20);

        assertThat(send("a", 20 + IDLE)).as("not idle for longer").containsExactly("a3");
        assertThat(send("a", 21 + 2 * IDLE)).containsExactly("a1");
    }

    @Test
    void aKeyThatIsNotIdleOutlivesItsTimerAndARestart() throws Exception {
        send("a", 10, 50);
        restart();
        task.processWatermark1(new Watermark(10 + IDLE));
        assertThat(keys()).containsExactly("a");

        restart();
        task.processWatermark1(new Watermark(50 + IDLE));
        assertThat(keys()).isEmpty();
    }

    @Test
    void commandsDoNotHoldUpTheWatermark() throws Exception {
        send("a", 10);
        task.processWatermark2(new Watermark(Long.MIN_VALUE + 1));
        task.processWatermark1(new Watermark(10 + IDLE));

        assertThat(keys()).isEmpty();
    }

    private List<String> send(String key, long... times) throws Exception {
        List<String> said = new ArrayList<>();
        for (long at : times) {
            Incoming<Counted> incoming =
                    new Incoming<>(new Counted(key, at), new Origin("in", 0, 0, -1), new byte[0]);
            task.processElement1(incoming, 0);
            said.addAll(task.extractOutputValues());
            task.getOutput().clear();
        }
        return said;
    }

    private void command(Verb verb, String model, long at) throws Exception {
        Command command = new Command(verb, model, "", Double.NaN, 0, at);
        Origin origin = new Origin("control", 0, sequence++, -1);
        task.processElement2(new Incoming<>(command, origin, new byte[0]), 0);
    }

    private List<String> keys() throws Exception {
        task.snapshot(9, 9);
        KeyedStateBackend<String> backend = task.getOperator().getKeyedStateBackend();
        try (var keys = backend.getKeys(KeyedPartStore.STATE_NAME, VoidNamespace.INSTANCE)) {
            return keys.distinct().sorted().toList();
        }
    }

    private void restart() throws Exception {
        OperatorSubtaskState state = task.snapshot(1, 1);
        task.close();
        task = task();
        task.initializeState(state);
        task.open();
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, Incoming<Counted>, Incoming<Command>, String>
            task() throws Exception {
        LearnerBounds bounds =
                new LearnerBounds(CacheBudget.ofBytes(1 << 20), Duration.ofMillis(IDLE), 3);
        var task =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        new LearnerOperator<>(
                                new CountingModels(),
                                new OutputTag<>("metrics", Types.STRING),
                                new OutputTag<DeadLetter>("refused", StreamTypes.DEAD_LETTER),
                                bounds),
                        (Incoming<Counted> incoming) -> incoming.event().key(),
                        null,
                        Types.STRING,
                        16,
                        1,
                        0);
        task.setup(Types.STRING.createSerializer(task.getExecutionConfig().getSerializerConfig()));
        return task;
    }
}
