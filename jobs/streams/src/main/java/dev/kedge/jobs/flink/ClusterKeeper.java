// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a cluster alive. A task that fails while it fails, such as by a producer whose last records
 * were refused, ends Flink's task executor: Flink then calls the job running or restarts it for
 * ever, without anything that could run it. A look finds that and puts another in its place; where
 * Flink itself ended, it starts all anew from the newest checkpoint. Not thread-safe: one thread
 * looks.
 */
final class ClusterKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterKeeper.class);

    /** Looks without a task executor before another is started: one that starts needs a moment. */
    private static final int LOOKS = 3;

    /** Looks without any answer after which the cluster counts as broken. */
    private static final int UNANSWERED = 5;

    /** Clusters in a row that ended without one checkpoint. */
    private static final int RENEWALS = 3;

    private final Cluster cluster;
    private final Consumer<String> news;
    private int without;
    private int unanswered;
    private int renewals;

    /** What is kept alive. */
    interface Cluster {
        /** Whether Flink itself ended. */
        boolean isBroken();

        /** Task executors that are there; empty if there is no answer. */
        OptionalInt taskExecutors();

        /** Starts one more. */
        void startTaskExecutor() throws Exception;

        /** Why tasks failed last, if they did. */
        Optional<String> lastFailure();

        /** Whether this cluster has completed a checkpoint. */
        boolean hasCheckpoint();

        /**
         * Ends what is left and starts another cluster with the job.
         *
         * @return what it goes on from; empty for nothing
         */
        Optional<String> renew() throws Exception;
    }

    ClusterKeeper(Cluster cluster, Consumer<String> news) {
        this.cluster = cluster;
        this.news = news;
    }

    /**
     * Looks once.
     *
     * @return why the cluster cannot be kept alive; empty while it can
     */
    Optional<String> look() {
        if (cluster.isBroken()) {
            return renew("Flink ended in this process");
        }
        OptionalInt executors = cluster.taskExecutors();
        unanswered = executors.isPresent() ? 0 : unanswered + 1;
        if (unanswered >= UNANSWERED) {
            return renew("Flink does not answer in this process");
        }
        without = executors.orElse(1) > 0 ? 0 : without + 1;
        return without < LOOKS ? Optional.empty() : replace();
    }

    private Optional<String> replace() {
        without = 0;
        try {
            String reason = because();
            cluster.startTaskExecutor();
            say("Flink's task executor had ended" + reason + "; another was started");
            return Optional.empty();
        } catch (Exception e) {
            LOG.warn("No task executor could be started", e);
            return renew("no task executor could be started (" + Reasons.deepest(e) + ")");
        }
    }

    private Optional<String> renew(String what) {
        String reason = what + because();
        renewals = cluster.hasCheckpoint() ? 1 : renewals + 1;
        unanswered = 0;
        without = 0;
        if (renewals > RENEWALS) {
            return Optional.of(
                    reason + ", for the " + renewals + "th time without a checkpoint between");
        }
        try {
            Optional<String> from = cluster.renew();
            say(reason + "; started anew from " + from.orElse("the beginning"));
            return Optional.empty();
        } catch (Exception e) {
            LOG.error("The cluster could not be started anew", e);
            return Optional.of(reason + ", and could not be started anew: " + Reasons.deepest(e));
        }
    }

    private String because() {
        return cluster.lastFailure().map(failure -> " (" + failure + ")").orElse("");
    }

    private void say(String line) {
        LOG.warn(line);
        news.accept(line);
    }
}
