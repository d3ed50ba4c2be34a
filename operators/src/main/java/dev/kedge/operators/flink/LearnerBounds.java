// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.operators.math.device.DeviceSettings;
import dev.kedge.state.api.PublicApi;
import java.io.Serializable;
import java.time.Duration;

/**
 * What bounds a learner's operator: its memory, where it computes, and how many models learn
 * together.
 *
 * @param cache bytes of live models a task
 * @param expireAfter event time without an event after which a key is forgotten; 0 for never
 * @param commands how many commands are kept for keys that have not obeyed them yet
 * @param dirty bytes of changed models that a task leaves unwritten until the next checkpoint; what
 *     is beyond is written between records
 * @param device what models compute on
 * @param grouping how steps of many keys are made together; models whose step waits stay live
 */
@PublicApi
public record LearnerBounds(
        CacheBudget cache,
        Duration expireAfter,
        int commands,
        long dirty,
        DeviceSettings device,
        StepGrouping grouping)
        implements Serializable {
    /** What a barrier finds unwritten at most, if writing keeps up: some 100 ms of it. */
    public static final long DIRTY = 16L << 20;

    private static final int COMMANDS = 1024;

    /** Checks both numbers. */
    public LearnerBounds {
        if (expireAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "expire-after: " + expireAfter + " is not allowed; it must be 0 or more");
        }
        if (commands < 1) {
            throw new IllegalArgumentException(
                    "commands: " + commands + " is not allowed; it must be at least 1");
        }
        if (dirty < 0) {
            throw new IllegalArgumentException(
                    "dirty: " + dirty + " bytes is not allowed; it must be at least 0");
        }
    }

    /** On the CPU, each step by itself. */
    public LearnerBounds(CacheBudget cache, Duration expireAfter, int commands, long dirty) {
        this(cache, expireAfter, commands, dirty, DeviceSettings.DEFAULT, StepGrouping.ALONE);
    }

    /** With 16 MB of changed models unwritten, on the CPU. */
    public LearnerBounds(CacheBudget cache, Duration expireAfter, int commands) {
        this(cache, expireAfter, commands, DIRTY);
    }

    /** A cache, keys that never expire, 1,024 commands, 16 MB unwritten, the CPU. */
    public static LearnerBounds of(CacheBudget cache) {
        return new LearnerBounds(cache, Duration.ZERO, COMMANDS);
    }

    /** The same with keys that expire. */
    public LearnerBounds expiringAfter(Duration idle) {
        return new LearnerBounds(cache, idle, commands, dirty, device, grouping);
    }

    /** The same with so many bytes of changed models unwritten. */
    public LearnerBounds leavingDirty(long bytes) {
        return new LearnerBounds(cache, expireAfter, commands, bytes, device, grouping);
    }

    /** The same with models that compute elsewhere. */
    public LearnerBounds on(DeviceSettings other) {
        return new LearnerBounds(cache, expireAfter, commands, dirty, other, grouping);
    }

    /** The same with steps that are made together. */
    public LearnerBounds grouped(StepGrouping other) {
        return new LearnerBounds(cache, expireAfter, commands, dirty, device, other);
    }
}
