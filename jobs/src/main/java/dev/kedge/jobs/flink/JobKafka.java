// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import dev.kedge.connectors.codec.CommandJson;
import dev.kedge.connectors.kafka.DecodeEvents;
import dev.kedge.connectors.kafka.KafkaOutput;
import dev.kedge.connectors.kafka.KafkaTopicSource;
import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Incoming;
import java.util.Properties;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What the jobs have in common on their way from and to Kafka. The uids are part of savepoints. */
public final class JobKafka {
    private final JobSettings settings;
    private final Properties kafka;

    /** Takes the settings. */
    public JobKafka(JobSettings settings) {
        this.settings = settings;
        kafka = settings.kafka().client();
    }

    /** Topics to read. */
    public KafkaTopicSource source(String... topics) {
        return KafkaTopicSource.builder()
                .bootstrapServers(settings.kafka().bootstrapServers())
                .group(settings.name())
                .topics(topics)
                .properties(kafka)
                .build();
    }

    /** Commands of the control topic, in its order. */
    public SingleOutputStreamOperator<Incoming<Command>> commands(
            StreamExecutionEnvironment environment, CommandJson decoder) {
        return source(settings.topics().control()).stream(environment, "control")
                .process(new DecodeEvents<>(decoder))
                .returns(StreamTypes.INCOMING_COMMAND)
                .setParallelism(1)
                .uid("decode-control")
                .name("decode-control");
    }

    /**
     * A topic to write.
     *
     * @param what ends the transactional ids; the same from run to run
     */
    public KafkaOutput output(String topic, String what) {
        KafkaOutput.Builder output =
                KafkaOutput.builder()
                        .bootstrapServers(settings.kafka().bootstrapServers())
                        .topic(topic)
                        .properties(kafka);
        return settings.delivery() == JobSettings.Delivery.EXACTLY_ONCE
                ? output.exactlyOnce(
                                settings.name() + "-" + what,
                                settings.checkpoints().transactionTimeout())
                        .build()
                : output.atLeastOnce().build();
    }
}
