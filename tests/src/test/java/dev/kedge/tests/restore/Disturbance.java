// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import dev.kedge.operators.flink.StepGrouping;
import java.time.Duration;
import java.util.List;

/**
 * How a run is disturbed.
 *
 * @param every restored after so many records; at least 1, {@link Integer#MAX_VALUE} for never
 * @param parallelism numbers of subtasks, one after the other, a new one at each restore
 * @param cacheBytes budget of live models of a subtask
 * @param rocks whether state is kept in RocksDB, else on the heap
 * @param dirtyBytes of changed models that stay unwritten between two snapshots
 * @param grouping how steps of learning are made together
 */
record Disturbance(
        int every,
        List<Integer> parallelism,
        long cacheBytes,
        boolean rocks,
        long dirtyBytes,
        StepGrouping grouping) {
    static final long ALL = Long.MAX_VALUE / 2;
    static final long NONE = 0;

    Disturbance(int every, List<Integer> parallelism, long cacheBytes, boolean rocks) {
        this(every, parallelism, cacheBytes, rocks, ALL, StepGrouping.ALONE);
    }

    /** The same with all but so many bytes written behind the records. */
    Disturbance leavingDirty(long bytes) {
        return new Disturbance(every, parallelism, cacheBytes, rocks, bytes, grouping);
    }

    /** The same with so many steps made together, however long that takes. */
    Disturbance grouped(int steps) {
        return grouped(steps, Duration.ofDays(1));
    }

    /** The same with so many steps made together that come within a time. */
    Disturbance grouped(int steps, Duration within) {
        StepGrouping together = new StepGrouping(steps, within);
        return new Disturbance(every, parallelism, cacheBytes, rocks, dirtyBytes, together);
    }

    static Disturbance none() {
        return new Disturbance(Integer.MAX_VALUE, List.of(1), ALL, false);
    }

    static Disturbance afterEveryRecord(int subtasks, long cacheBytes) {
        return new Disturbance(1, List.of(subtasks), cacheBytes, false);
    }

    static Disturbance rescaledEvery(int records, long cacheBytes, boolean rocks) {
        return new Disturbance(records, List.of(1, 4, 2, 1, 2, 4), cacheBytes, rocks);
    }

    int subtasks(int restores) {
        return parallelism.get(restores % parallelism.size());
    }
}
