// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.cluster;

import dev.kedge.jobs.command.cluster.FlinkRole;

/** Processes of a cluster that end before a compiler's last word would pay. */
public final class ShortLived {
    /** Option of Flink: flags of each of its processes. */
    public static final String OPTION = "env.java.opts.all";

    /** What it is. */
    public static final String FLAGS =
            String.join(" ", FlinkRole.OPENED) + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private ShortLived() {}
}
