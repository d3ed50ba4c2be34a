// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.submit;

import dev.kedge.jobs.command.cluster.ClusterException;
import dev.kedge.jobs.command.cluster.FlinkRest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;

/**
 * Jobs of a cluster, by the names that people give them, or by Flink's ids.
 *
 * @param rest the cluster
 */
public record NamedJobs(FlinkRest rest) {
    private static final String ID = "[0-9a-fA-F]{32}";

    /** Jobs that have not ended, the oldest first; with those that have, if that is asked for. */
    public List<JobDetails> all(boolean ended) {
        return rest.jobs().stream()
                .filter(job -> ended || !isOver(job))
                .sorted(Comparator.comparingLong(JobDetails::getStartTime))
                .toList();
    }

    /**
     * The one job that has not ended.
     *
     * @throws ClusterException if there is none, or several
     */
    public JobDetails running(String nameOrId) {
        List<JobDetails> known = all(true);
        List<JobDetails> meant =
                known.stream().filter(is(nameOrId)).filter(job -> !isOver(job)).toList();
        if (meant.size() > 1) {
            throw new ClusterException(
                    "several jobs are named '"
                            + nameOrId
                            + "': "
                            + ids(meant)
                            + "; say which by its id");
        }
        return meant.stream()
                .findFirst()
                .orElseThrow(() -> new ClusterException(absent(nameOrId, known)));
    }

    /**
     * The one that runs; otherwise the one of that name that ended last.
     *
     * @throws ClusterException if there is none, or several run
     */
    public JobDetails newest(String nameOrId) {
        Optional<JobDetails> over =
                all(true).stream()
                        .filter(is(nameOrId))
                        .max(
                                Comparator.comparing((JobDetails job) -> !isOver(job))
                                        .thenComparingLong(JobDetails::getStartTime));
        return over.filter(NamedJobs::isOver).orElseGet(() -> running(nameOrId));
    }

    /** The job of a name that ended last, as long as the cluster knows it. */
    Optional<JobDetails> lastOf(String name) {
        return all(true).stream()
                .filter(job -> job.getJobName().equals(name) && isOver(job))
                .max(Comparator.comparingLong(JobDetails::getEndTime));
    }

    /** Those of a name that have not ended. */
    List<JobDetails> named(String name) {
        return all(false).stream().filter(job -> job.getJobName().equals(name)).toList();
    }

    /** Whether it has ended and will not begin again. */
    public static boolean isOver(JobDetails job) {
        return job.getStatus().isGloballyTerminalState();
    }

    private static Predicate<JobDetails> is(String nameOrId) {
        Predicate<JobDetails> named = job -> job.getJobName().equals(nameOrId);
        return nameOrId.matches(ID)
                ? named.or(job -> job.getJobId().equals(JobID.fromHexString(nameOrId)))
                : named;
    }

    private String absent(String nameOrId, Collection<JobDetails> known) {
        Optional<JobDetails> over =
                known.stream()
                        .filter(is(nameOrId))
                        .max(Comparator.comparingLong(JobDetails::getEndTime));
        if (over.isPresent()) {
            return "job '" + nameOrId + "' has ended (" + over.get().getStatus() + ")";
        }
        String others =
                known.stream()
                        .filter(job -> !isOver(job))
                        .map(JobDetails::getJobName)
                        .sorted()
                        .distinct()
                        .collect(Collectors.joining(", "));
        return "no job '"
                + nameOrId
                + "' at "
                + rest.address()
                + (others.isEmpty() ? "; none runs there" : "; there are: " + others);
    }

    private static String ids(List<JobDetails> jobs) {
        return jobs.stream()
                .map(job -> job.getJobId().toHexString())
                .collect(Collectors.joining(", "));
    }
}
