// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.connectors.Samples;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Origin;
import java.time.Duration;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class BuildersTest {

    @Test
    void aSourceNeedsServersGroupAndTopics() {
        KafkaTopicSource.Builder source = KafkaTopicSource.builder();

        assertThatThrownBy(source::build).hasMessageContaining("bootstrapServers is empty");
        source.bootstrapServers("a:1");
        assertThatThrownBy(source::build).hasMessageContaining("group is empty");
        source.group("g");
        assertThatThrownBy(source::build).hasMessageContaining("topics is empty");
    }

    @Test
    void anOutputNeedsATopicAndExactlyOnceAPrefix() {
        KafkaOutput.Builder output = KafkaOutput.builder().bootstrapServers("a:1");

        assertThatThrownBy(output::build).hasMessageContaining("topic is empty");
        output.topic("t").exactlyOnce("", Duration.ofMinutes(1));
        assertThatThrownBy(output::build).hasMessageContaining("transactionalIdPrefix is empty");
        assertThatThrownBy(() -> output.exactlyOnce("p", Duration.ZERO))
                .hasMessageContaining("transaction timeout is 0 ms");
    }

    @Test
    void aBarInAnIdDoesNotMakeTwoKeysOne() {
        assertThat(ResultKeys.of(Samples.score())).isEqualTo("m\\|1|c|1");
    }

    @Test
    void aDeadLetterTooLongForABrokerIsCutAndSaysSo() {
        DeadLetter letter =
                new DeadLetter(
                        new Origin("t", 0, 1, 2),
                        new byte[DeadLetterSink.LONGEST + 1],
                        DeadLetter.Reason.INVALID,
                        "m".repeat(5000));

        assertThat(DeadLetterSink.value(letter)).hasSize(DeadLetterSink.LONGEST);
        assertThat(DeadLetterSink.headers(letter))
                .extracting(Header::key)
                .contains(DeadLetterSink.CUT_FROM);
        assertThat(DeadLetterSink.headers(letter).get(1).value()).hasSize(2000);
        assertThat(new String(DeadLetterSink.headers(letter).get(0).value(), UTF_8))
                .isEqualTo("invalid");
    }
}
