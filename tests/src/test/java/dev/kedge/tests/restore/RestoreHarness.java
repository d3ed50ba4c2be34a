// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.stream.Incoming;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/**
 * Runs a learner through its operator again and again, snapshots and restores it on the way, and
 * compares every byte of every model and every score with the run that nothing disturbed.
 */
final class RestoreHarness<E, S, M> {
    private static final int FEW = 60;
    private static final int PRIME = 17;
    private static final int INTERLEAVINGS = 2;

    private final Rehearsed<E, S, M> rehearsed;
    private final TypeSerializer<S> serializer;

    private RestoreHarness(Rehearsed<E, S, M> rehearsed) {
        this.rehearsed = rehearsed;
        // Made once: to walk a record's components takes longer than a subtask of few records.
        this.serializer = rehearsed.scores().createSerializer(new SerializerConfigImpl());
    }

    /**
     * Asserts that a learner ends with the same bytes and has said the same whatever disturbs it:
     * restored after every record and after some, at 1, 2 and 4 subtasks and rescaled between, with
     * all models live, one, and none, with what changed written at snapshots or long before, with
     * steps of learning made alone or together, and whatever the order of other keys' records.
     */
    static <E, S, M> void assertEndsTheSame(Rehearsed<E, S, M> rehearsed) throws Exception {
        RestoreHarness<E, S, M> harness = new RestoreHarness<>(rehearsed);
        Ending whole = harness.run(rehearsed.events(), Disturbance.none());
        assertThat(whole.parts()).isNotEmpty();
        for (Disturbance disturbance : harness.disturbances()) {
            harness.assertSame(whole, rehearsed.events(), disturbance);
        }
        for (int seed = 1; seed <= INTERLEAVINGS; seed++) {
            List<Incoming<E>> other = harness.interleaved(new SplittableRandom(seed));
            for (Disturbance disturbance : harness.together()) {
                harness.assertSame(whole, other, disturbance);
            }
        }
        List<Incoming<E>> first = rehearsed.events().subList(0, FEW);
        Ending begun = harness.run(first, Disturbance.none());
        for (int subtasks : List.of(1, 2, 4)) {
            harness.assertSame(
                    begun, first, Disturbance.afterEveryRecord(subtasks, Disturbance.ALL));
        }
    }

    /** A budget below any model's size keeps the one in use, as a budget of none does. */
    private List<Disturbance> disturbances() {
        long one = 1;
        List<Disturbance> all = new ArrayList<>();
        all.add(Disturbance.rescaledEvery(PRIME, one, false));
        for (long budget : List.of(Disturbance.ALL, Disturbance.NONE)) {
            all.add(new Disturbance(Integer.MAX_VALUE, List.of(2), budget, false));
            all.add(new Disturbance(Integer.MAX_VALUE, List.of(4), budget, true));
            all.add(Disturbance.rescaledEvery(PRIME, budget, false));
            all.add(Disturbance.rescaledEvery(5 * PRIME, budget, true));
        }
        for (long dirty : List.of(1L, 20_000L)) {
            all.add(Disturbance.none().leavingDirty(dirty));
            all.add(
                    Disturbance.rescaledEvery(5 * PRIME, Disturbance.ALL, true)
                            .leavingDirty(dirty));
        }
        return all;
    }

    /** Steps alone, in small groups, and as many as there are, with and without evictions. */
    private List<Disturbance> together() {
        return List.of(
                Disturbance.none().grouped(1),
                Disturbance.none().grouped(7),
                Disturbance.none().grouped(1_000),
                Disturbance.none().leavingDirty(1).grouped(1_000, Duration.ofSeconds(2)),
                Disturbance.rescaledEvery(5 * PRIME, Disturbance.ALL, true).grouped(7),
                Disturbance.rescaledEvery(5 * PRIME, 1, true).leavingDirty(1).grouped(1_000));
    }

    /** The records of each key in their order, those of several keys in any. */
    private List<Incoming<E>> interleaved(SplittableRandom random) throws Exception {
        SortedMap<String, ArrayDeque<Incoming<E>>> byKey = new TreeMap<>();
        List<String> turns = new ArrayList<>();
        for (Incoming<E> event : rehearsed.events()) {
            String key = rehearsed.key().getKey(event);
            byKey.computeIfAbsent(key, none -> new ArrayDeque<>()).add(event);
            turns.add(key);
        }
        for (int i = turns.size() - 1; i > 0; i--) {
            Collections.swap(turns, i, random.nextInt(i + 1));
        }
        return turns.stream().map(key -> byKey.get(key).remove()).toList();
    }

    private void assertSame(Ending whole, List<Incoming<E>> events, Disturbance disturbance)
            throws Exception {
        Ending disturbed = run(events, disturbance);
        assertThat(disturbed.parts()).as("bytes after %s", disturbance).isEqualTo(whole.parts());
        assertThat(disturbed.scores()).as("scores after %s", disturbance).isEqualTo(whole.scores());
    }

    private Ending run(List<Incoming<E>> events, Disturbance disturbance) throws Exception {
        SortedMap<String, List<String>> scores = new TreeMap<>();
        int restores = 0;
        Subtasks<E, S, M> tasks =
                new Subtasks<>(
                        rehearsed,
                        serializer,
                        disturbance,
                        disturbance.subtasks(0),
                        List.of(),
                        scores);
        try {
            for (int i = 0; i < events.size(); i++) {
                tasks.send(events.get(i));
                if ((i + 1) % disturbance.every() == 0) {
                    List<OperatorSubtaskState> states = tasks.snapshot(++restores);
                    tasks.close();
                    int subtasks = disturbance.subtasks(restores);
                    tasks =
                            new Subtasks<>(
                                    rehearsed, serializer, disturbance, subtasks, states, scores);
                }
            }
            tasks.snapshot(restores + 1);
            return new Ending(tasks.parts(), scores);
        } finally {
            tasks.close();
        }
    }
}
