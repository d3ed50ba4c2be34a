// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.operators.flink.LearnerBounds;
import dev.kedge.operators.flink.LearnerOperator;
import dev.kedge.operators.flink.StepGrouping;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Command.Verb;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands, expiries, evictions and restores come while steps of learning wait for others: whatever
 * the size of a group, every byte is that of steps made one by one.
 */
class GroupedCommandsITCase {
    private static final int KEY_GROUPS = 16;
    private static final int ONE_IN = 9;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aClassifierEndsTheSame(int seed) throws Exception {
        assertEndsTheSame(
                ClassifierRestoreITCase.rehearsed(300),
                List.of(Verb.FORGET_CLASS, Verb.RESET, Verb.PAUSE, Verb.RESUME, Verb.FORGET_BEFORE),
                "a",
                Duration.ofMillis(700),
                seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aTrackerEndsTheSame(int seed) throws Exception {
        assertEndsTheSame(
                TrackerRestoreITCase.rehearsed(200),
                List.of(Verb.FORGET_STREAM, Verb.RESET, Verb.PAUSE, Verb.RESUME, Verb.RATE),
                "s1",
                Duration.ofSeconds(2),
                seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void adDiscontinuationEndsTheSame(int seed) throws Exception {
        assertEndsTheSame(
                DiscontinuationRestoreITCase.rehearsed(300),
                List.of(Verb.FORGET_BEFORE, Verb.RESET, Verb.PAUSE, Verb.RESUME, Verb.RATE),
                "",
                Duration.ofDays(2),
                seed);
    }

    private static <E, S, M> void assertEndsTheSame(
            Rehearsed<E, S, M> rehearsed, List<Verb> verbs, String name, Duration idle, int seed)
            throws Exception {
        Script<E> script = new Script<>(rehearsed, verbs, name, seed);
        LearnerBounds bounds = LearnerBounds.of(CacheBudget.ofBytes(1L << 30)).expiringAfter(idle);
        Ending alone = new Run<>(rehearsed, script, bounds).end();
        assertThat(alone.scores()).isNotEmpty();
        for (int steps : List.of(7, 1_000)) {
            StepGrouping together = new StepGrouping(steps, Duration.ofDays(1));
            assertThat(new Run<>(rehearsed, script, bounds.grouped(together)).end())
                    .as("%d together", steps)
                    .isEqualTo(alone);
            LearnerBounds small =
                    LearnerBounds.of(CacheBudget.ofBytes(1)).expiringAfter(idle).grouped(together);
            assertThat(new Run<>(rehearsed, script, small).end())
                    .as("%d together, one model live", steps)
                    .isEqualTo(alone);
        }
    }

    /** What comes, in its order. */
    private static final class Script<E> {
        private final List<Line<E>> lines = new ArrayList<>();

        /** One of these. */
        private sealed interface Line<E> {
            record Event<E>(Incoming<E> incoming) implements Line<E> {}

            record Order<E>(Incoming<Command> command) implements Line<E> {}

            record Time<E>(Watermark mark) implements Line<E> {}

            record Restart<E>() implements Line<E> {}
        }

        private Script(Rehearsed<E, ?, ?> rehearsed, List<Verb> verbs, String name, int seed)
                throws Exception {
            SplittableRandom random = new SplittableRandom(seed);
            List<Incoming<E>> events = rehearsed.events();
            LiveModels<E, ?, ?> models = rehearsed.models();
            long newest = Long.MIN_VALUE;
            for (int i = 0; i < events.size(); i++) {
                lines.add(new Line.Event<>(events.get(i)));
                newest = Math.max(newest, models.eventTime(events.get(i)));
                if (random.nextInt(ONE_IN) == 0) {
                    String key =
                            random.nextInt(4) == 0
                                    ? Command.EVERY
                                    : rehearsed.key().getKey(events.get(random.nextInt(i + 1)));
                    Verb verb = verbs.get(random.nextInt(verbs.size()));
                    double value = verb == Verb.RATE ? 0.01 * (1 + random.nextInt(5)) : Double.NaN;
                    long at = random.nextBoolean() ? Long.MIN_VALUE : newest;
                    Command command = new Command(verb, key, name, value, newest, at);
                    Origin origin = new Origin("control", 0, lines.size(), -1);
                    lines.add(new Line.Order<>(new Incoming<>(command, origin, new byte[0])));
                }
                if (random.nextInt(4 * ONE_IN) == 0) {
                    lines.add(new Line.Time<>(new Watermark(newest)));
                }
                if (random.nextInt(5 * ONE_IN) == 0) {
                    lines.add(new Line.Restart<>());
                }
            }
        }
    }

    /** One operator, which a script is played to. */
    private static final class Run<E, S, M> {
        private final Rehearsed<E, S, M> rehearsed;
        private final Script<E> script;
        private final LearnerBounds bounds;
        private final SortedMap<String, List<String>> scores = new TreeMap<>();
        private KeyedTwoInputStreamOperatorTestHarness<String, Incoming<E>, Incoming<Command>, S>
                task;
        private long checkpoint;

        private Run(Rehearsed<E, S, M> rehearsed, Script<E> script, LearnerBounds bounds) {
            this.rehearsed = rehearsed;
            this.script = script;
            this.bounds = bounds;
        }

        private Ending end() throws Exception {
            task = task();
            task.open();
            try {
                for (Script.Line<E> line : script.lines) {
                    play(line);
                    note();
                }
                snapshot();
                return new Ending(KeyedParts.of(task.getOperator().getKeyedStateBackend()), scores);
            } finally {
                task.close();
            }
        }

        private void play(Script.Line<E> line) throws Exception {
            if (line instanceof Script.Line.Event<E> event) {
                task.processElement1(event.incoming(), 0);
            } else if (line instanceof Script.Line.Order<E> order) {
                task.processElement2(order.command(), 0);
            } else if (line instanceof Script.Line.Time<E> time) {
                task.processWatermark1(time.mark());
            } else {
                OperatorSubtaskState state = snapshot();
                task.close();
                task = task();
                task.initializeState(state);
                task.open();
            }
        }

        private OperatorSubtaskState snapshot() throws Exception {
            task.prepareSnapshotPreBarrier(++checkpoint);
            note();
            return task.snapshot(checkpoint, checkpoint);
        }

        private void note() {
            for (S score : task.extractOutputValues()) {
                Rehearsed.Told told = rehearsed.told().apply(score);
                scores.computeIfAbsent(told.key(), key -> new ArrayList<>()).add(told.words());
            }
            task.getOutput().clear();
        }

        private KeyedTwoInputStreamOperatorTestHarness<String, Incoming<E>, Incoming<Command>, S>
                task() throws Exception {
            var made =
                    new KeyedTwoInputStreamOperatorTestHarness<>(
                            new LearnerOperator<>(
                                    rehearsed.models(),
                                    new OutputTag<>("metrics", rehearsed.metrics()),
                                    new OutputTag<DeadLetter>("refused", StreamTypes.DEAD_LETTER),
                                    bounds),
                            rehearsed.key(),
                            null,
                            Types.STRING,
                            KEY_GROUPS,
                            1,
                            0);
            made.setup(rehearsed.scores().createSerializer(new SerializerConfigImpl()));
            return made;
        }
    }
}
