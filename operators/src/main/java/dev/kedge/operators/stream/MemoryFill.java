// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import dev.kedge.state.api.PublicApi;

/**
 * How full one of a model's bounded memories is.
 *
 * @param entries what it holds: creatives, samples, instances
 * @param capacity most that it may hold; 0 if its bound is one of bytes
 */
@PublicApi
public record MemoryFill(long entries, long capacity) {
    /** Of a memory that the settings leave out. */
    public static final MemoryFill NONE = new MemoryFill(0, 0);
}
