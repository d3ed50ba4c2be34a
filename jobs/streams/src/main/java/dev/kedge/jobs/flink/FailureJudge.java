// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import dev.kedge.jobs.checkpoint.Damage;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.operators.flink.UnreadableModelException;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Predicate;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.util.StateMigrationException;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Tells failures that a restart cannot heal from those that it can. Some count at once, others when
 * they come again and again within ten minutes. Not thread-safe.
 */
public final class FailureJudge {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int AGAIN = 3;

    /**
     * A kind of failure.
     *
     * @param is whether a cause is of the kind
     * @param times how often it may come within the window, this one counted, before it is final
     * @param advice what it means and what to do, in one line
     */
    private record Kind(Predicate<Throwable> is, int times, String advice) {
        static Kind atOnce(Predicate<Throwable> is, String advice) {
            return new Kind(is, 1, advice);
        }

        static Kind whenAgain(Predicate<Throwable> is, String advice) {
            return new Kind(is, AGAIN, advice);
        }
    }

    // The first that fits counts.
    private static final List<Kind> KINDS =
            List.of(
                    Kind.atOnce(
                            e -> e instanceof OutOfMemoryError && says(e, "Metaspace"),
                            "the memory for classes is exhausted; give more with -XX:MaxMetaspaceSize"),
                    Kind.atOnce(
                            e -> e instanceof OutOfMemoryError && says(e, "thread"),
                            "no more threads can be started; raise the limit of this user's processes"),
                    Kind.atOnce(
                            e -> e instanceof OutOfMemoryError,
                            "the memory is exhausted; give more with -Xmx, or lower cache or parallelism"),
                    Kind.atOnce(
                            e -> e instanceof StackOverflowError,
                            "something is nested too deeply for the stack"),
                    Kind.atOnce(
                            e -> e instanceof LinkageError || e instanceof ClassNotFoundException,
                            "a part of the program is missing or of another version; install it anew"),
                    Kind.atOnce(
                            e ->
                                    e instanceof DamagedSnapshotException
                                            || Damage.in(e).isPresent()
                                            || e instanceof UnreadableModelException,
                            "the state is damaged; go on from an earlier checkpoint with --from"),
                    Kind.atOnce(
                            e ->
                                    e instanceof IncompatibleLayoutException
                                            || e instanceof StateMigrationException,
                            "the state does not fit this job; undo the change of the job file, or start with --fresh"),
                    Kind.atOnce(
                            e -> e instanceof InvalidTxnTimeoutException,
                            "the brokers allow no transaction as long as checkpoints.transaction-timeout"),
                    Kind.atOnce(
                            e -> e instanceof AuthenticationException,
                            "the brokers do not accept this client; see kafka.properties"),
                    Kind.atOnce(
                            e -> e instanceof AuthorizationException,
                            "the brokers do not allow this client to do that"),
                    Kind.atOnce(
                            e -> e instanceof UnsupportedVersionException,
                            "the brokers are too old for this client, or too new"),
                    Kind.atOnce(
                            e -> e instanceof InvalidTopicException,
                            "the brokers refuse the name of a topic"),
                    Kind.atOnce(
                            e -> e instanceof InvalidOffsetException,
                            "a place in a topic is lost; set kafka.lost-records to skip to go on at the oldest record, or start with --fresh under another name"),
                    Kind.atOnce(
                            e ->
                                    e instanceof ConfigurationException
                                            || e instanceof IllegalConfigurationException,
                            "the configuration is refused"),
                    Kind.whenAgain(
                            e -> e instanceof ConfigException,
                            "the configuration of the Kafka client is refused; see kafka.properties"),
                    Kind.whenAgain(
                            e ->
                                    e instanceof RecordTooLargeException
                                            || e instanceof RecordBatchTooLargeException,
                            "a record is larger than its topic takes; raise max.message.bytes of the topic"),
                    Kind.whenAgain(
                            e ->
                                    e instanceof ProducerFencedException
                                            || e instanceof InvalidProducerEpochException,
                            "another job of the same name writes, too; end one of them or give it another name"),
                    Kind.whenAgain(
                            e -> e instanceof UnknownTopicOrPartitionException,
                            "a topic is not there"),
                    Kind.whenAgain(
                            e ->
                                    e instanceof FileNotFoundException
                                            || e instanceof NoSuchFileException,
                            "a file is gone; if it is one of a checkpoint, go on from another with --from"));

    private final Map<Kind, Deque<Instant>> seen = new HashMap<>();

    /**
     * Judges a failure.
     *
     * @param failure the failure
     * @param outage whether no broker answers at the moment: then what only counts when it comes
     *     again does not count
     * @return why no restart can heal it, in one line; empty where one may
     */
    public Optional<String> judge(JobPulse.Failure failure, boolean outage) {
        List<Throwable> chain = Reasons.chain(failure.cause());
        for (Kind kind : KINDS) {
            for (Throwable cause : chain) {
                if (kind.is().test(cause)) {
                    return isFinal(kind, failure.at(), outage)
                            ? Optional.of(kind.advice() + " (" + said(cause, failure) + ")")
                            : Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private boolean isFinal(Kind kind, Instant at, boolean outage) {
        if (kind.times() == 1) {
            return true;
        }
        if (outage) {
            return false;
        }
        Deque<Instant> times = seen.computeIfAbsent(kind, k -> new ArrayDeque<>());
        times.add(at);
        while (times.peek().isBefore(at.minus(WINDOW))) {
            times.remove();
        }
        return times.size() >= kind.times();
    }

    private static String said(Throwable cause, JobPulse.Failure failure) {
        if (cause instanceof OffsetOutOfRangeException lost) {
            StringJoiner places = new StringJoiner(", ");
            lost.offsetOutOfRangePartitions()
                    .forEach(
                            (partition, offset) ->
                                    places.add(
                                            String.format(
                                                    Locale.ROOT,
                                                    "topic %s, partition %d: record %d is not there any more",
                                                    partition.topic(),
                                                    partition.partition(),
                                                    offset)));
            return Reasons.oneLine(places.toString());
        }
        String own = Reasons.deepest(cause);
        return own.isEmpty() ? Reasons.deepest(failure.cause()) : own;
    }

    private static boolean says(Throwable e, String word) {
        return e.getMessage() != null && e.getMessage().contains(word);
    }

    // By name where the class lies in a room that this one does not know.
}
