// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import dev.kedge.connectors.codec.CreativeScoreJson;
import dev.kedge.operators.creative.CreativeScore;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/**
 * Scores as JSON, keyed by model, creative and spell with bars between, so that the last record of
 * a key is the newest word on that life of the creative.
 */
public final class ScoreSink {
    private ScoreSink() {}

    /** A sink that writes to an output. */
    public static KafkaSink<CreativeScore> to(KafkaOutput output) {
        return output.sink(new Writer(output.topic()));
    }

    /** The key of a score's record: the same for the same creative and spell, and for no other. */
    public static String key(CreativeScore score) {
        return Bars.between(score.model(), score.creative()) + "|" + score.spell();
    }

    /** Writes scores. */
    private static final class Writer extends TopicWriter<CreativeScore> {
        private static final long serialVersionUID = 1L;

        Writer(String topic) {
            super(topic);
        }

        @Override
        String key(CreativeScore score) {
            return ScoreSink.key(score);
        }

        @Override
        byte[] bytes(CreativeScore score) {
            return CreativeScoreJson.encode(score);
        }
    }
}
