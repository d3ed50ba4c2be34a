// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.submit;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.cluster.Submitted;
import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.files.DiskUse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics.CompletedCheckpointStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatistics;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;

/**
 * What a cluster knows of its jobs, for people.
 *
 * @param rest the cluster
 */
public record JobReport(FlinkRest rest) {
    /** How Flink calls tasks that run. */
    private static final String RUNNING = "running";

    /**
     * A line for each job.
     *
     * @param jobs in which order
     */
    public List<String> list(List<JobDetails> jobs) {
        int width = jobs.stream().mapToInt(job -> job.getJobName().length()).max().orElse(0);
        return jobs.stream().map(job -> line(job, width)).toList();
    }

    private static String line(JobDetails job, int width) {
        String name = job.getJobName();
        int all = job.getNumTasks();
        int run = job.getTaskInfo().getOrDefault(RUNNING, 0);
        boolean over = NamedJobs.isOver(job);
        return format(
                "%s%s  %s  %-8s  %s %s UTC%s",
                name,
                " ".repeat(width - name.length()),
                job.getJobId(),
                job.getStatus(),
                over ? "until" : "since",
                time(over ? job.getEndTime() : job.getStartTime()),
                over ? "" : format(", %d of %d tasks run", run, all));
    }

    /** One job, line by line. */
    public List<String> job(JobDetails job) {
        JobDetailsInfo details = rest.details(job.getJobId());
        List<String> lines = new ArrayList<>(list(List.of(job)));
        Submitted.of(rest.parameters(job.getJobId())).ifPresent(known -> told(known, lines));
        if (!NamedJobs.isOver(job)) {
            lines.add(row("parallelism", Integer.toString(Launch.tasks(details))));
        }
        checkpoints(rest.checkpoints(job.getJobId()), lines);
        List<String> failures = rest.failures(job.getJobId());
        if (!failures.isEmpty()) {
            lines.add(row("failures", failures.size() + "; the newest: " + failures.get(0)));
        }
        lines.add(row("Flink's page", rest.page(job.getJobId())));
        return lines;
    }

    private static void told(Submitted known, List<String> lines) {
        lines.add(row("went on from", known.from().orElse("nothing, it started anew")));
        lines.add(row("state", known.folder()));
        known.file().ifPresent(file -> lines.add(row("job file", file)));
        known.jar().ifPresent(jar -> lines.add(row("jar", jar)));
    }

    private static void checkpoints(CheckpointingStatistics seen, List<String> lines) {
        CheckpointingStatistics.LatestCheckpoints latest = seen.getLatestCheckpoints();
        Optional<CompletedCheckpointStatistics> checkpoint =
                Optional.ofNullable(latest.getCompletedCheckpointStatistics());
        Optional<CompletedCheckpointStatistics> savepoint =
                Optional.ofNullable(latest.getSavepointStatistics());
        lines.add(row("checkpoint", checkpoint.map(JobReport::checkpoint).orElse("none yet")));
        savepoint.ifPresent(taken -> lines.add(row("savepoint", checkpoint(taken))));
        long failed = seen.getCounts().getNumberFailedCheckpoints();
        if (failed > 0) {
            lines.add(row("", format("%,d not completed", failed)));
        }
    }

    private static String checkpoint(CompletedCheckpointStatistics taken) {
        return format(
                "%s UTC, %s, %s",
                time(taken.getLatestAckTimestamp()),
                DiskUse.size(taken.getStateSize()),
                taken.getExternalPath());
    }

    /** Where the newest checkpoint of a job is. */
    static Optional<String> newestCheckpoint(CheckpointingStatistics seen) {
        return Optional.ofNullable(seen.getLatestCheckpoints().getCompletedCheckpointStatistics())
                .map(CompletedCheckpointStatistics::getExternalPath);
    }

    /** Where the checkpoint or savepoint is from which a job went on. */
    static Optional<String> wentOnFrom(CheckpointingStatistics seen) {
        return Optional.ofNullable(seen.getLatestCheckpoints().getRestoredCheckpointStatistics())
                .flatMap(from -> Optional.ofNullable(from.getExternalPath()));
    }

    /** Where the newest savepoint of a job is. */
    static Optional<String> newestSavepoint(CheckpointingStatistics seen) {
        return Optional.ofNullable(seen.getLatestCheckpoints().getSavepointStatistics())
                .map(CompletedCheckpointStatistics::getExternalPath);
    }

    private static String row(String name, String value) {
        return format("  %-13s %s", name, value);
    }

    /** To the second, as {@code 2026-11-29 08:15:24}. */
    private static String time(long millis) {
        return Instant.ofEpochMilli(millis)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString()
                .replace('T', ' ')
                .replace("Z", "");
    }
}
