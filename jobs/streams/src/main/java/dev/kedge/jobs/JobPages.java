// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs;

import dev.kedge.jobs.ads.DiscontinuationPage;
import dev.kedge.jobs.classifier.ClassifierJobPage;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.live.JobPage;
import dev.kedge.jobs.live.LivePage;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.jobs.tracker.TrackerJobPage;
import java.util.List;
import java.util.Optional;

/** The page of each kind of job; {@link Jobs} knows none, because no cluster serves one. */
public final class JobPages {
    private static final List<JobPage<?>> PAGES =
            List.of(new DiscontinuationPage(), new ClassifierJobPage(), new TrackerJobPage());

    private JobPages() {}

    /** What shows a job of these settings; nothing is started yet. */
    public static LivePage of(JobSettings settings, JobHealth health) {
        return PAGES.stream()
                .flatMap(page -> of(page, settings, health).stream())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no page for " + settings.getClass()));
    }

    private static <S extends JobSettings> Optional<LivePage> of(
            JobPage<S> page, JobSettings settings, JobHealth health) {
        return page.type().isInstance(settings)
                ? Optional.of(page.page(page.type().cast(settings), health))
                : Optional.empty();
    }
}
