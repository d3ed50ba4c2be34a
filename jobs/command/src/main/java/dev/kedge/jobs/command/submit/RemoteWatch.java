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
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;

/**
 * Watches a job on a cluster for as long as somebody wants to see it: through restarts, upgrades
 * and ends, and while the cluster does not answer.
 */
public final class RemoteWatch implements AutoCloseable {
    private final Queue<String> news = new ConcurrentLinkedQueue<>();
    private final FlinkRest rest;
    private final JobSettings settings;
    private final JobHealth health;
    private final JobMeter meter;
    private Optional<Seen> seen = Optional.empty();
    private volatile Optional<Instant> checkpoint = Optional.empty();

    private record Seen(RemoteJob job, JobWatch watch) {}

    /** Begins to watch the job that has these settings' name. */
    public RemoteWatch(FlinkRest rest, JobSettings settings, JobHealth health) {
        this.rest = rest;
        this.settings = settings;
        this.health = health;
        meter = JobMeter.start(settings, health, news::add, () -> checkpoint);
    }

    /** Looks once; whatever is wrong is told and shown. */
    public void look() {
        try {
            JobDetails job = new NamedJobs(rest).newest(settings.name());
            health.clear(Concern.PROGRESS);
            if (NamedJobs.isOver(job)) {
                ended(job);
            } else {
                runs(job);
            }
        } catch (ClusterException e) {
            health.warn(Concern.PROGRESS, e.getMessage());
        }
    }

    private void ended(JobDetails job) {
        Optional<String> reason = new RemoteJob(rest, job.getJobId()).failure();
        switch (job.getStatus()) {
            case FAILED -> health.become(State.FAILED, reason.orElse("it failed"));
            default -> health.become(State.FINISHED);
        }
        seen = Optional.empty();
    }

    private void runs(JobDetails job) {
        Seen now =
                seen.filter(known -> known.job().job().equals(job.getJobId()))
                        .orElseGet(() -> first(job));
        seen = Optional.of(now);
        checkpoint = now.job().newestCheckpoint();
        // It is the cluster that decides when to give up.
        now.watch().look().ifPresent(why -> health.warn(Concern.PROGRESS, why));
    }

    private Seen first(JobDetails details) {
        RemoteJob job = new RemoteJob(rest, details.getJobId());
        JobWatch.Limits limits = JobWatch.Limits.of(settings);
        JobWatch watch = new JobWatch(job, health, limits, Clock.systemUTC(), news::add);
        return new Seen(job, watch);
    }

    /** What whoever watches should know since the last time, a line each. */
    public List<String> news() {
        List<String> lines = new ArrayList<>();
        for (String line = news.poll(); line != null; line = news.poll()) {
            lines.add(line);
        }
        return lines;
    }

    @Override
    public void close() {
        meter.close();
    }
}
