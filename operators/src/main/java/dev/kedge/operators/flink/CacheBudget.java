// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.state.api.PublicApi;
import java.io.Serializable;

/**
 * How many bytes of live models one task may keep: a number, or a share of the managed memory of
 * its slot. A share is counted against that memory and not taken from it: live models are on the
 * heap.
 *
 * @param bytes the number of bytes, where {@code share} is 0
 * @param share share of the managed memory, 0 to 1; 0 for none
 */
@PublicApi
public record CacheBudget(long bytes, double share) implements Serializable {
    /** Checks both. */
    public CacheBudget {
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "cache: " + bytes + " bytes is not allowed; it must be at least 0");
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "cache: "
                            + 100 * share
                            + " % is not allowed; it must be between 0 % and 100 %");
        }
    }

    /** So many bytes; 0 keeps only the model in use. */
    public static CacheBudget ofBytes(long bytes) {
        return new CacheBudget(bytes, 0);
    }

    /** A share of the slot's managed memory. */
    public static CacheBudget ofShare(double share) {
        return new CacheBudget(0, share);
    }

    long within(long managedBytes) {
        return share > 0 ? (long) (share * managedBytes) : bytes;
    }
}
