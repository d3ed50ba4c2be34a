// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.flink.EmbeddedJob;
import dev.kedge.jobs.flink.JobPulse;
import dev.kedge.jobs.flink.LastCheckpoint;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.jobs.threads.News;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Watches a running job from inside and outside, for as long as it runs. */
public final class JobGuard implements AutoCloseable {
    private final News news = new News();
    private final EmbeddedJob job;
    private final JobHealth health;
    private final JobWatch watch;
    private final JobMeter meter;

    private JobGuard(
            EmbeddedJob job, JobSettings settings, JobHealth health, JobMeter.Times times) {
        this.job = job;
        this.health = health;
        watch =
                new JobWatch(
                        new Watched(job),
                        health,
                        JobWatch.Limits.of(settings),
                        Clock.systemUTC(),
                        news);
        meter = JobMeter.start(settings, health, news, times);
    }

    private record Watched(EmbeddedJob job) implements JobWatch.Watched {
        @Override
        public JobPulse pulse() {
            return job.pulse();
        }

        @Override
        public Optional<String> failure() {
            return job.failure();
        }
    }

    /** Begins to watch. */
    public static JobGuard start(EmbeddedJob job, JobSettings settings, JobHealth health) {
        return start(job, settings, health, JobMeter.Times.DEFAULT);
    }

    /** Begins to watch, and looks at brokers and topics when it is told. */
    public static JobGuard start(
            EmbeddedJob job, JobSettings settings, JobHealth health, JobMeter.Times times) {
        return new JobGuard(job, settings, health, times);
    }

    /**
     * Looks once.
     *
     * @return why the run is over, empty while it is not
     */
    public Optional<String> look() {
        return watch.look()
                .or(
                        () -> {
                            Optional<String> end = meter.end();
                            end.ifPresent(why -> health.become(JobHealth.State.FAILED, why));
                            return end;
                        });
    }

    /** What whoever runs the job should know since the last time, a line each. */
    public List<String> news() {
        List<String> lines = new ArrayList<>(job.news());
        lines.addAll(news.take());
        return lines;
    }

    /**
     * Ends the job with a last checkpoint; without one, and without waiting for it, where no broker
     * answers.
     *
     * @return what came of it, in one line
     */
    public String stop() {
        if (brokersAnswer()) {
            return job.stop().line();
        }
        job.hurry();
        return new LastCheckpoint("", "no Kafka broker answers").line();
    }

    private boolean brokersAnswer() {
        return !health.warns(JobHealth.Concern.BROKER);
    }

    /** Ends the watch; a job whose brokers do not answer will not be waited for. */
    @Override
    public void close() {
        if (!brokersAnswer()) {
            job.hurry();
        }
        meter.close();
    }
}
