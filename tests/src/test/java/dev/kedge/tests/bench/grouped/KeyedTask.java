// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.grouped;

import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.operators.flink.LearnerBounds;
import dev.kedge.operators.flink.LearnerOperator;
import dev.kedge.operators.flink.StepGrouping;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * A learner's operator alone, without a network around it. As many models get the same records, one
 * after the other, so that their steps become ready one after the other, too.
 */
final class KeyedTask<E, S, M> implements AutoCloseable {
    private static final int KEY_GROUPS = 128;

    private final KeyedOneInputStreamOperatorTestHarness<String, Incoming<E>, Object> task;
    private final TalliedModels.Tally tally = new TalliedModels.Tally();
    private final List<String> keys;
    private long at;

    /**
     * Opens it.
     *
     * @param keys of the models, which all stay live
     * @param together steps that are made together
     */
    @SuppressWarnings("unchecked")
    KeyedTask(LiveModels<E, S, M> models, List<String> keys, int together) throws Exception {
        this.keys = keys;
        TypeInformation<M> unread = (TypeInformation<M>) Types.GENERIC(Object.class);
        LearnerBounds bounds =
                LearnerBounds.of(CacheBudget.ofBytes(Long.MAX_VALUE / 2))
                        .leavingDirty(Long.MAX_VALUE / 2)
                        .grouped(new StepGrouping(together, Duration.ofDays(1)));
        LearnerOperator<E, S, M> operator =
                new LearnerOperator<>(
                        new TalliedModels<>(models, tally),
                        new OutputTag<>("metrics", unread),
                        new OutputTag<DeadLetter>("refused", StreamTypes.DEAD_LETTER),
                        bounds);
        task =
                (KeyedOneInputStreamOperatorTestHarness<String, Incoming<E>, Object>)
                        (KeyedOneInputStreamOperatorTestHarness<String, Incoming<E>, ?>)
                                new KeyedOneInputStreamOperatorTestHarness<>(
                                        operator,
                                        incoming -> incoming.origin().topic(),
                                        Types.STRING,
                                        KEY_GROUPS,
                                        1,
                                        0);
        task.open();
    }

    /** Gives each record to all models, and makes the steps that still wait at the end. */
    void send(List<E> records) throws Exception {
        for (E each : records) {
            for (String key : keys) {
                Origin origin = new Origin(key, 0, at, -1);
                task.processElement(new Incoming<>(each, origin, new byte[0]), 0);
            }
            at++;
            task.getOutput().clear();
        }
        task.prepareSnapshotPreBarrier(at);
        task.getOutput().clear();
    }

    int models() {
        return keys.size();
    }

    TalliedModels.Tally tally() {
        return tally;
    }

    @Override
    public void close() throws Exception {
        task.close();
    }
}
