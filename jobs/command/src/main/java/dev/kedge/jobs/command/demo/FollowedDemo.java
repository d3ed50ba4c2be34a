// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.demo;

import dev.kedge.jobs.files.DiskUse;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A demo as whoever waits for its end sees it. */
public interface FollowedDemo {
    /** Where to look. */
    URI uri();

    /** Whether the job runs, as far as {@link #failure} last saw. */
    boolean runs();

    /** Why the job is over, if it is. */
    Optional<String> failure();

    /** What its files take. */
    DiskUse files();

    /** What happened to the job since the last time, a line each. */
    List<String> news();
}
