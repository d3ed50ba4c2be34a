// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.submit;

import dev.kedge.jobs.command.cluster.ClusterException;
import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.feed.JobMeter;
import dev.kedge.jobs.feed.JobWatch;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.jobs.page.JobHealth.Concern;
import dev.kedge.jobs.page.JobHealth.State;
import dev.kedge.jobs.threads.News;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;

/**
 * Watches a job on a cluster for as long as somebody wants to see it: through restarts, upgrades
 * and ends, and while the cluster does not answer.
 */
public final class RemoteWatch implements AutoCloseable {
    private final News news = new News();
    private final FlinkRest rest;
    private final JobSettings settings;
    private final JobHealth health;
    private final JobMeter meter;
    private Optional<Seen> seen = Optional.empty();

    /** Whether nobody could say last time how the job is. */
    private boolean away;

    private volatile Optional<Instant> checkpoint = Optional.empty();

    private record Seen(RemoteJob job, JobWatch watch) {}

    /** Begins to watch the job that has these settings' name. */
    public RemoteWatch(FlinkRest rest, JobSettings settings, JobHealth health) {
        this.rest = rest;
        this.settings = settings;
        this.health = health;
        meter = JobMeter.start(settings, health, news, () -> checkpoint);
    }

    /** Looks once; whatever is wrong is told and shown. */
    public void look() {
        try {
            JobDetails job = new NamedJobs(rest).newest(settings.name());
            if (away) {
                health.clear(Concern.PROGRESS);
                away = false;
            }
            if (NamedJobs.isOver(job)) {
                ended(job);
            } else {
                runs(job);
            }
        } catch (ClusterException e) {
            away = true;
            health.warn(Concern.PROGRESS, e.getMessage());
        }
    }

    private void ended(JobDetails job) {
        Optional<String> reason = new RemoteJob(rest, job.getJobId()).failure();
        switch (job.getStatus()) {
            case FAILED -> health.become(State.FAILED, reason.orElse("it failed"));
            default -> health.become(State.FINISHED);
        }
        health.clear(Concern.PROGRESS);
        seen = Optional.empty();
    }

    private void runs(JobDetails job) {
        Seen now =
                seen.filter(known -> known.job().id().equals(job.getJobId()))
                        .orElseGet(() -> first(job));
        seen = Optional.of(now);
        // It is the cluster that decides when to give up.
        now.watch().look().ifPresent(why -> health.warn(Concern.PROGRESS, why));
        checkpoint = now.job().newestCheckpoint();
    }

    private Seen first(JobDetails details) {
        RemoteJob job = new RemoteJob(rest, details.getJobId());
        JobWatch.Limits limits = JobWatch.Limits.of(settings);
        JobWatch watch = new JobWatch(job, health, limits, Clock.systemUTC(), news);
        return new Seen(job, watch);
    }

    /** What whoever watches should know since the last time, a line each. */
    public List<String> news() {
        return news.take();
    }

    @Override
    public void close() {
        meter.close();
    }
}
