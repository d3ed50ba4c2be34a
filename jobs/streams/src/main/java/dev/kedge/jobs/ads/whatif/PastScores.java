// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.whatif;

import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.TextFile;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.json.Wire;
import dev.kedge.connectors.kafka.TopicPartitions;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.feed.CommittedRecords;
import dev.kedge.operators.ads.creative.CreativeScore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * All scores of a job's score topic up to its end as it was at the start, or of a file of such
 * records, one a line, in the order of event time. Curves and texts are dropped: a score takes some
 * 500 bytes.
 *
 * @param scores ordered by event time, model, creative and cause
 * @param unreadable records that are no scores
 */
public record PastScores(List<CreativeScore> scores, long unreadable) {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Comparator<CreativeScore> BY_TIME =
            Comparator.comparingLong(CreativeScore::at)
                    .thenComparing(CreativeScore::model)
                    .thenComparing(CreativeScore::creative)
                    .thenComparingInt(score -> score.cause().order());

    /** Reads a topic. */
    public static PastScores ofTopic(JobSettings job) {
        Wire wire = job.kafka().spelling().output(CreativeScore.class);
        Collector collector = new Collector(wire);
        try (KafkaConsumer<byte[], byte[]> consumer = CommittedRecords.consumer(job.kafka())) {
            List<TopicPartition> partitions = TopicPartitions.of(consumer, job.topics().scores());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(POLL)) {
                    collector.take(entry.value());
                }
            }
        }
        return collector.scores();
    }

    /**
     * Reads a file of scores, one JSON record a line.
     *
     * @throws ConfigurationException if it cannot be read
     */
    public static PastScores ofFile(Path file) {
        Collector collector = new Collector(Wire.json());
        try (BufferedReader lines = TextFile.open(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    collector.take(line.getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(file + ": there is no such file");
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read (" + e.getMessage() + ")");
        }
        return collector.scores();
    }

    private static final class Collector {
        private final RecordJson<CreativeScore> json;
        private final List<CreativeScore> scores = new ArrayList<>();
        private long unreadable;

        Collector(Wire wire) {
            json = RecordJson.of(CreativeScore.class, wire);
        }

        private void take(byte[] bytes) {
            try {
                scores.add(json.decode(bytes).forPolicies());
            } catch (UndecodableException e) {
                unreadable++;
            }
        }

        private PastScores scores() {
            scores.sort(BY_TIME);
            return new PastScores(scores, unreadable);
        }
    }
}
