// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.testing;

import java.time.Duration;

/** How long tests wait for what has to come: so long that no machine is too slow. */
public final class Patience {
    /** As {@code await()} waits in tests without being told. */
    public static final Duration TIME = Duration.ofMinutes(2);

    /** The same, for what counts in seconds. */
    public static final long SECONDS = TIME.toSeconds();

    private Patience() {}
}
