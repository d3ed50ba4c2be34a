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
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
        static Kind atOnce(Class<?>... causes) {
            return atOnce(e -> Stream.of(causes).anyMatch(cause -> cause.isInstance(e)));
        }

        static Kind atOnce(Predicate<Throwable> is) {
            return new Kind(is, 1, "");
        }

        static Kind whenAgain(Class<?>... causes) {
            return new Kind(atOnce(causes).is, AGAIN, "");
        }

        Kind saying(String advice) {
            return new Kind(is, times, advice);
        }

        Kind or(Predicate<Throwable> other) {
            return new Kind(is.or(other), times, advice);
        }
    }

    // The first that fits counts.
    private static final List<Kind> KINDS =
            List.of(
                    Kind.atOnce(e -> e instanceof OutOfMemoryError && says(e, "Metaspace"))
                            .saying(
                                    "the memory for classes is exhausted;"
                                            + " give more with -XX:MaxMetaspaceSize"),
                    Kind.atOnce(e -> e instanceof OutOfMemoryError && says(e, "thread"))
                            .saying(
                                    "no more threads can be started;"
                                            + " raise the limit of this user's processes"),
                    Kind.atOnce(OutOfMemoryError.class)
                            .saying(
                                    "the memory is exhausted; give more with -Xmx, or"
                                            + " lower cache or parallelism"),
                    Kind.atOnce(StackOverflowError.class)
                            .saying("something is nested too deeply for the stack"),
                    Kind.atOnce(LinkageError.class, ClassNotFoundException.class)
                            .saying(
                                    "a part of the program is missing or of another"
                                            + " version; install it anew"),
                    Kind.atOnce(DamagedSnapshotException.class, UnreadableModelException.class)
                            .or(e -> Damage.in(e).isPresent())
                            .saying(
                                    "the state is damaged; go on from an earlier"
                                            + " checkpoint with --from"),
                    Kind.atOnce(IncompatibleLayoutException.class, StateMigrationException.class)
                            .saying(
                                    "the state does not fit this job; undo the change of"
                                            + " the job file, or start with --fresh"),
                    Kind.atOnce(InvalidTxnTimeoutException.class)
                            .saying(
                                    "the brokers allow no transaction as long as"
                                            + " checkpoints.transaction-timeout"),
                    Kind.atOnce(AuthenticationException.class)
                            .saying("the brokers do not accept this client; see kafka.properties"),
                    Kind.atOnce(AuthorizationException.class)
                            .saying("the brokers do not allow this client to do that"),
                    Kind.atOnce(UnsupportedVersionException.class)
                            .saying("the brokers are too old for this client, or too new"),
                    Kind.atOnce(InvalidTopicException.class)
                            .saying("the brokers refuse the name of a topic"),
                    Kind.atOnce(InvalidOffsetException.class)
                            .saying(
                                    "a place in a topic is lost; set kafka.lost-records"
                                            + " to skip to go on at the oldest record, or start"
                                            + " with --fresh under another name"),
                    Kind.atOnce(ConfigurationException.class, IllegalConfigurationException.class)
                            .saying("the configuration is refused"),
                    Kind.whenAgain(ConfigException.class)
                            .saying(
                                    "the configuration of the Kafka client is refused;"
                                            + " see kafka.properties"),
                    Kind.whenAgain(
                                    RecordTooLargeException.class,
                                    RecordBatchTooLargeException.class)
                            .saying(
                                    "a record is larger than its topic takes; raise"
                                            + " max.message.bytes of the topic"),
                    Kind.whenAgain(
                                    ProducerFencedException.class,
                                    InvalidProducerEpochException.class)
                            .saying(
                                    "another job of the same name writes, too; end one of"
                                            + " them or give it another name"),
                    Kind.whenAgain(UnknownTopicOrPartitionException.class)
                            .saying("a topic is not there"),
                    Kind.whenAgain(FileNotFoundException.class, NoSuchFileException.class)
                            .saying(
                                    "a file is gone; if it is one of a checkpoint, go on"
                                            + " from another with --from"));

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
                            (place, offset) ->
                                    places.add(
                                            "topic "
                                                    + place.topic()
                                                    + ", partition "
                                                    + place.partition()
                                                    + ": record "
                                                    + offset
                                                    + " is not there any more"));
            return Reasons.oneLine(places.toString());
        }
        String own = Reasons.deepest(cause);
        return own.isEmpty() ? Reasons.deepest(failure.cause()) : own;
    }

    private static boolean says(Throwable e, String word) {
        return e.getMessage() != null && e.getMessage().contains(word);
    }
}
