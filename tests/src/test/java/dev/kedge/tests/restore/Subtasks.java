// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.operators.flink.LearnerBounds;
import dev.kedge.operators.flink.LearnerOperator;
import dev.kedge.operators.flink.SideOutput;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The subtasks of one learner's operator, between two restores. */
final class Subtasks<E, S, M> implements AutoCloseable {
    private static final int KEY_GROUPS = 16;

    /** Between two records: a key rests after a few of others. */
    private static final long MILLIS = 300;

    private final Rehearsed<E, S, M> rehearsed;
    private final TypeSerializer<S> serializer;
    private final Disturbance disturbance;
    private final List<KeyedOneInputStreamOperatorTestHarness<String, Incoming<E>, S>> tasks =
            new ArrayList<>();
    private final SortedMap<String, List<String>> scores;
    private long sent;

    /** Opens so many subtasks from the states of those before, or anew where there are none. */
    Subtasks(
            Rehearsed<E, S, M> rehearsed,
            TypeSerializer<S> serializer,
            Disturbance disturbance,
            int subtasks,
            List<OperatorSubtaskState> before,
            SortedMap<String, List<String>> scores)
            throws Exception {
        this.rehearsed = rehearsed;
        this.serializer = serializer;
        this.disturbance = disturbance;
        this.scores = scores;
        for (int i = 0; i < subtasks; i++) {
            tasks.add(task(i, subtasks));
            if (!before.isEmpty()) {
                tasks.get(i).initializeState(share(before, subtasks, i));
            }
            tasks.get(i).open();
        }
    }

    private static OperatorSubtaskState share(
            List<OperatorSubtaskState> before, int subtasks, int index) throws Exception {
        OperatorSubtaskState all =
                AbstractStreamOperatorTestHarness.repackageState(
                        before.toArray(OperatorSubtaskState[]::new));
        return AbstractStreamOperatorTestHarness.repartitionOperatorState(
                all, KEY_GROUPS, before.size(), subtasks, index);
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Incoming<E>, S> task(
            int index, int subtasks) throws Exception {
        LearnerOperator<E, S, M> operator =
                new LearnerOperator<>(
                        rehearsed.models(),
                        new OutputTag<>("metrics", rehearsed.metrics()),
                        new OutputTag<DeadLetter>("refused", StreamTypes.DEAD_LETTER),
                        LearnerBounds.of(CacheBudget.ofBytes(disturbance.cacheBytes()))
                                .leavingDirty(disturbance.dirtyBytes())
                                .grouped(disturbance.grouping()),
                        rehearsed.further().stream()
                                .<SideOutput<?>>map(Rehearsed.Further::output)
                                .toList());
        KeyedOneInputStreamOperatorTestHarness<String, Incoming<E>, S> task =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        operator, rehearsed.key(), Types.STRING, KEY_GROUPS, subtasks, index);
        if (disturbance.rocks()) {
            task.setStateBackend(new EmbeddedRocksDBStateBackend(true));
        }
        task.setup(serializer.duplicate());
        return task;
    }

    void send(Incoming<E> incoming) throws Exception {
        String key = rehearsed.key().getKey(incoming);
        int index =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(key, KEY_GROUPS, tasks.size());
        tasks.get(index).processElement(incoming, 0);
        tasks.get(index).setProcessingTime(++sent * MILLIS);
        noteAll(tasks.get(index));
    }

    private void noteAll(KeyedOneInputStreamOperatorTestHarness<String, Incoming<E>, S> task) {
        task.extractOutputValues().forEach(this::note);
        rehearsed.further().forEach(kind -> note(kind, task));
        task.getOutput().clear();
    }

    private <T> void note(
            Rehearsed.Further<T> kind,
            KeyedOneInputStreamOperatorTestHarness<String, Incoming<E>, S> task) {
        Queue<StreamRecord<T>> said = task.getSideOutput(kind.output().tag());
        while (said != null && !said.isEmpty()) {
            note(kind.told().apply(said.remove().getValue()));
        }
    }

    private void note(S score) {
        note(rehearsed.told().apply(score));
    }

    private void note(Rehearsed.Told told) {
        scores.computeIfAbsent(told.key(), key -> new ArrayList<>()).add(told.words());
    }

    List<OperatorSubtaskState> snapshot(long checkpoint) throws Exception {
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (KeyedOneInputStreamOperatorTestHarness<String, Incoming<E>, S> task : tasks) {
            task.prepareSnapshotPreBarrier(checkpoint);
            noteAll(task);
            states.add(task.snapshot(checkpoint, checkpoint));
        }
        return states;
    }

    /** Every part of every key, once {@link #snapshot} has written them. */
    SortedMap<String, String> parts() throws Exception {
        SortedMap<String, String> parts = new TreeMap<>();
        for (KeyedOneInputStreamOperatorTestHarness<String, Incoming<E>, S> task : tasks) {
            parts.putAll(KeyedParts.of(task.getOperator().getKeyedStateBackend()));
        }
        return parts;
    }

    @Override
    public void close() throws Exception {
        for (KeyedOneInputStreamOperatorTestHarness<String, Incoming<E>, S> task : tasks) {
            task.close();
        }
    }
}
