// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.flink.StepGroup.Visit;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LearningStep;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

/** Records are numbers: how many steps each asks for, one after another. */
class StepGroupTest {
    private static final Live<Integer, String, String> MODEL =
            new Live<>(new Nothing(), new KeyClock(), new double[0]);

    private final List<String> log = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private StepGroup<Integer, String, String> group;
    private String current = "";
    private boolean pressing;

    @Test
    void aStepIsMadeAtOnceWhereNoneWaitsForAnother() {
        group(1);

        take("a", 2);

        assertThat(log).containsExactly("begin a", "step a", "step a", "end a");
        assertThat(group.isEmpty()).isTrue();
    }

    @Test
    void stepsWaitUntilTheyAreEnough() {
        group(3);

        take("a", 1);
        take("b", 1);
        assertThat(log).containsExactly("begin a", "begin b");

        take("c", 1);
        assertThat(log)
                .containsExactly(
                        "begin a", "begin b", "begin c", "step a", "step b", "step c", "end a",
                        "end b", "end c");
        assertThat(sizes).containsExactly(3);
    }

    @Test
    void aRecordWithoutAStepWaitsForNobody() {
        group(3);

        take("a", 1);
        take("b", 0);

        assertThat(log).containsExactly("begin a", "begin b", "end b");
    }

    @Test
    void laterRecordsOfAKeyThatWaitsQueueBehindIt() {
        group(3);
        take("a", 1);
        take("a", 0);
        take("a", 1);
        assertThat(log).containsExactly("begin a");

        group.drain();

        assertThat(log)
                .containsExactly(
                        "begin a", "step a", "end a", "begin a", "end a", "begin a", "step a",
                        "end a");
        assertThat(sizes).containsExactly(1, 1);
    }

    @Test
    void aKeyOfManyRecordsDoesNotLetItsQueueGrow() {
        group(3);
        take("a", 1);
        take("a", 1);
        take("a", 1);
        assertThat(log).containsExactly("begin a");

        take("a", 0);

        assertThat(log).as("three waited behind the first").startsWith("begin a", "step a");
    }

    @Test
    void stepsThatComeOfStepsAreMadeTogetherToo() {
        group(2);

        take("a", 2);
        take("b", 1);

        assertThat(sizes).containsExactly(2);
        assertThat(group.holds("a")).isTrue();
        assertThat(group.holds("b")).isFalse();
        group.drain();
        assertThat(sizes).containsExactly(2, 1);
    }

    @Test
    void nothingWaitsWhereMemoryIsShort() {
        group(100);
        take("a", 1);
        pressing = true;

        take("b", 0);

        assertThat(log).containsExactly("begin a", "begin b", "end b", "step a", "end a");
    }

    @Test
    void eachStepAndEachRecordFindsItsOwnKey() {
        group(2);
        take("a", 1);
        take("b", 3);
        take("a", 1);

        group.drain();

        assertThat(group.isEmpty()).isTrue();
        assertThat(log).filteredOn(line -> line.startsWith("step ")).hasSize(5);
    }

    private void group(int size) {
        group =
                new StepGroup<>(
                        size,
                        new Logged(),
                        steps -> {
                            sizes.add(steps.size());
                            steps.forEach(LearningStep::make);
                        });
    }

    private void take(String key, int steps) {
        current = key;
        Incoming<Integer> incoming = new Incoming<>(steps, new Origin("in", 0, 0, -1), new byte[0]);
        group.take(key, new StreamRecord<>(incoming));
    }

    private final class Logged implements StepGroup.Turns<Integer, String, String> {
        private final List<String> asked = new ArrayList<>();

        @Override
        public void select(String key) {
            current = key;
        }

        @Override
        public Visit<Integer, String, String> visit(
                String key, StreamRecord<Incoming<Integer>> element) {
            assertThat(current).isEqualTo(key);
            return new Visit<>(key, MODEL, element, 0);
        }

        @Override
        public Optional<LearningStep> begin(Visit<Integer, String, String> visit) {
            say("begin", visit);
            return next(visit);
        }

        @Override
        public Optional<LearningStep> proceed(Visit<Integer, String, String> visit) {
            assertThat(current).isEqualTo(visit.key());
            return next(visit);
        }

        private Optional<LearningStep> next(Visit<Integer, String, String> visit) {
            long made = asked.stream().filter(visit.key()::equals).count();
            if (made == visit.element().getValue().event()) {
                return Optional.empty();
            }
            asked.add(visit.key());
            return Optional.of(() -> say("step", visit));
        }

        @Override
        public void end(Visit<Integer, String, String> visit) {
            say("end", visit);
            asked.removeIf(visit.key()::equals);
            if (pressing) {
                group.press();
            }
            current = "somebody who was evicted";
        }

        private void say(String what, Visit<Integer, String, String> visit) {
            assertThat(current).isEqualTo(visit.key());
            log.add(what + " " + visit.key());
        }
    }

    private static final class Nothing implements LiveModel<Integer, String, String> {
        @Override
        public void process(Incoming<Integer> incoming, Outlet<String, String> outlet) {
            throw new AssertionError("nobody asks it");
        }

        @Override
        public void obey(Command command) {
            throw new AssertionError("nobody asks it");
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public void flush(PartStore store) {
            throw new AssertionError("nobody asks it");
        }
    }
}
