// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.state.api.PublicApi;
import java.io.Serializable;
import java.time.Duration;

/**
 * What bounds the memory of a learner's operator.
 *
 * @param cache bytes of live models a task
 * @param expireAfter event time without an event after which a key is forgotten; 0 for never
 * @param commands how many commands are kept for keys that have not obeyed them yet
 */
@PublicApi
public record LearnerBounds(CacheBudget cache, Duration expireAfter, int commands)
        implements Serializable {
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
    }

    /** A cache, keys that never expire, 1,024 commands. */
    public static LearnerBounds of(CacheBudget cache) {
        return new LearnerBounds(cache, Duration.ZERO, COMMANDS);
    }

    /** The same with keys that expire. */
    public LearnerBounds expiringAfter(Duration idle) {
        return new LearnerBounds(cache, idle, commands);
    }
}
