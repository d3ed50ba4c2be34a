// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a job's page shows. Called by the server's threads, any of them. */
public interface PageContent extends AutoCloseable {
    /** The page's files: nothing else can be asked for. */
    List<PageAsset> assets();

    /** The newest in a few numbers, without the job's health: sent each second. */
    ObjectNode summary();

    /** When the newest score came, by the wall clock. */
    Optional<Instant> lastScored();

    /** Adds what it answers below {@code /api} besides the summary. */
    void routes(PageRoutes routes);

    /** Lets go of what it holds; nothing, unless it says so. */
    @Override
    default void close() {}
}
