// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.live;

import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.page.JobHealth;

/**
 * What shows the jobs of a kind.
 *
 * @param <S> the kind's settings
 */
public interface JobPage<S extends JobSettings> {
    /** The settings. */
    Class<S> type();

    /** What shows a job of these settings; nothing is started yet. */
    LivePage page(S settings, JobHealth health);
}
