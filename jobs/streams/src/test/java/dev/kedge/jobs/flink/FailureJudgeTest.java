// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.flink.DamagedStateException;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.SerializedThrowable;
import org.apache.flink.util.StateMigrationException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureJudgeTest {
    private static final Instant AT = Instant.parse("2026-11-29T00:00:00Z");
    private static final TopicPartition PARTITION = new TopicPartition("ads", 3);

    private final FailureJudge judge = new FailureJudge();

    private static JobPulse.Failure failure(Throwable cause, Instant at) {
        return new JobPulse.Failure(
                at,
                new SerializedThrowable(
                        new FlinkRuntimeException("One or more fetchers failed", cause)));
    }

    private Optional<String> judged(Throwable cause, Instant at) {
        return judge.judge(failure(cause, at), false);
    }

    static Stream<Arguments> whatNeverHeals() {
        return Stream.of(
                arguments(new OutOfMemoryError("Java heap space"), "-Xmx"),
                arguments(new OutOfMemoryError("Metaspace"), "-XX:MaxMetaspaceSize"),
                arguments(new OutOfMemoryError("unable to create native thread"), "threads"),
                arguments(new StackOverflowError(), "nested too deeply"),
                arguments(new NoClassDefFoundError("org/nd4j/Nd4j"), "install it anew"),
                arguments(new UnsatisfiedLinkError("no jnind4j in path"), "install it anew"),
                arguments(new ClassNotFoundException("dev.kedge.Gone"), "install it anew"),
                arguments(new DamagedSnapshotException("part weights"), "--from"),
                arguments(new DamagedStateException("part weights of model fr"), "--from"),
                arguments(new IncompatibleLayoutException("slice has shrunk"), "--fresh"),
                arguments(new StateMigrationException("serializer differs"), "--fresh"),
                arguments(
                        new InvalidTxnTimeoutException("too long"),
                        "checkpoints.transaction-timeout"),
                arguments(new SaslAuthenticationException("wrong"), "kafka.properties"),
                arguments(new SslAuthenticationException("wrong"), "kafka.properties"),
                arguments(new TopicAuthorizationException("ads"), "do not allow"),
                arguments(new ClusterAuthorizationException("no"), "do not allow"),
                arguments(new UnsupportedVersionException("old"), "too old"),
                arguments(new InvalidTopicException("a b"), "refuse the name"),
                arguments(new NoOffsetForPartitionException(PARTITION), "kafka.lost-records"),
                arguments(new ConfigurationException("a: b"), "configuration is refused"),
                arguments(new IllegalConfigurationException("a"), "configuration is refused"));
    }

    @ParameterizedTest
    @MethodSource("whatNeverHeals")
    void whatNeverHealsEndsTheRunAtOnce(Throwable cause, String advice) {
        Optional<String> reason = judge.judge(failure(cause, AT), true);

        assertThat(reason.orElseThrow())
                .contains(advice)
                .doesNotContain("\n", "One or more fetchers");
    }

    static Stream<Arguments> whatMayHealOnce() {
        return Stream.of(
                arguments(new RecordTooLargeException("5 MB"), "max.message.bytes"),
                arguments(new RecordBatchTooLargeException("5 MB"), "max.message.bytes"),
                arguments(new ProducerFencedException("newer"), "another job of the same name"),
                arguments(new InvalidProducerEpochException("old"), "another job of the same name"),
                arguments(new UnknownTopicOrPartitionException("gone"), "a topic is not there"),
                arguments(new ConfigException("acks"), "kafka.properties"),
                arguments(new FileNotFoundException("chk-1/a"), "a file is gone"),
                arguments(new NoSuchFileException("chk-1/a"), "a file is gone"));
    }

    @ParameterizedTest
    @MethodSource("whatMayHealOnce")
    void whatMayHealEndsTheRunWhenItComesTheThirdTime(Throwable cause, String advice) {
        assertThat(judged(cause, AT)).isEmpty();
        assertThat(judged(cause, AT.plusSeconds(2))).isEmpty();

        assertThat(judged(cause, AT.plusSeconds(9)).orElseThrow()).contains(advice);
    }

    @ParameterizedTest
    @MethodSource("whatMayHealOnce")
    void whatMayHealIsForgottenAfterTenMinutesAndDoesNotCountWithoutABroker(
            Throwable cause, String advice) {
        for (int i = 0; i < 6; i++) {
            Instant at = AT.plus(Duration.ofMinutes(6).multipliedBy(i));
            assertThat(judged(cause, at)).as(advice).isEmpty();
            assertThat(judge.judge(failure(cause, at), true)).as(advice).isEmpty();
        }
    }

    @Test
    void everythingElseMayHeal() {
        for (int i = 0; i < 20; i++) {
            assertThat(judged(new TimeoutException("60000 ms"), AT)).isEmpty();
            assertThat(judged(new NetworkException("gone"), AT)).isEmpty();
            assertThat(judged(new IOException("No space left on device"), AT)).isEmpty();
            assertThat(judged(new IllegalStateException("poison"), AT)).isEmpty();
        }
    }

    @Test
    void aLostPlaceIsNamedWithItsTopic() {
        assertThat(judged(new OffsetOutOfRangeException(Map.of(PARTITION, 17L)), AT).orElseThrow())
                .contains("topic ads, partition 3: record 17 is not there any more");
    }
}
