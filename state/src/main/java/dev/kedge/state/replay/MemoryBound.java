// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.replay;

import dev.kedge.state.api.PublicApi;

/**
 * How much a replay memory may hold: both limits hold.
 *
 * @param samples most samples
 * @param bytes most bytes, as {@link ReplaySample#bytes()} counts them
 */
@PublicApi
public record MemoryBound(int samples, long bytes) {
    /** Checks that something fits. */
    public MemoryBound {
        if (samples < 1) {
            throw new IllegalArgumentException(
                    "replay.capacity: " + samples + " is not allowed; it must be at least 1");
        }
        if (bytes < 1) {
            throw new IllegalArgumentException(
                    "replay.max-bytes: " + bytes + " is not allowed; it must be at least 1");
        }
    }

    /** A bound in samples alone. */
    public static MemoryBound ofSamples(int samples) {
        return new MemoryBound(samples, Long.MAX_VALUE);
    }

    /** A bound in bytes alone. */
    public static MemoryBound ofBytes(long bytes) {
        return new MemoryBound(Integer.MAX_VALUE, bytes);
    }
}
