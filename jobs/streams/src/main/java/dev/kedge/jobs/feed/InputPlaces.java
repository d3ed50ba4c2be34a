// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.kafka.Topics;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.JobSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, before a job goes on, whether the places that it keeps in its topics still mean what they
 * meant: not in a topic that was deleted and made anew since, nor where retention has passed them.
 * The ids of the topics lie in a file beside the checkpoints, because checkpoints know names only.
 */
public final class InputPlaces {
    /** The file of the topics' ids, in the job's folder of checkpoints. */
    public static final String FILE = "topics";

    private static final Logger LOG = LoggerFactory.getLogger(InputPlaces.class);
    private static final int LARGEST = 1 << 16;

    private final Path file;
    private final SortedMap<String, String> ids;
    private final List<String> lost;

    private InputPlaces(Path file, SortedMap<String, String> ids, List<String> lost) {
        this.file = file;
        this.ids = ids;
        this.lost = lost;
    }

    /**
     * Looks, and remembers the topics as they are now.
     *
     * @param resume checkpoint or savepoint that the job goes on from; empty if it starts anew
     * @return what whoever runs the job should know, a line each
     * @throws ConfigurationException if the job cannot go on, in one line
     */
    public static List<String> check(JobSettings settings, Optional<String> resume) {
        InputPlaces places = look(settings, settings.checkpointUri(), resume);
        places.keep();
        return places.lost();
    }

    /**
     * Looks, and remembers nothing yet.
     *
     * @param folder the job's folder of checkpoints
     * @param resume checkpoint or savepoint that the job goes on from; empty if it starts anew
     * @throws ConfigurationException if the job cannot go on, in one line
     */
    public static InputPlaces look(JobSettings settings, String folder, Optional<String> resume) {
        List<String> read = new ArrayList<>(settings.topics().inputs());
        read.add(settings.topics().control());
        JobSettings.Kafka kafka = settings.kafka();
        try (Topics topics =
                Topics.connect(kafka.bootstrapServers(), kafka.timeout(), kafka.client())) {
            SortedMap<String, String> ids = topics.ids(read);
            Path file = new Path(folder, FILE);
            if (resume.isPresent()) {
                requireSame(ids, ids(file), resume.get());
                commitBeginnings(topics, settings.name(), read);
            }
            return new InputPlaces(file, ids, lost(topics, settings, read));
        }
    }

    /** What whoever runs the job should know, a line each. */
    public List<String> lost() {
        return lost;
    }

    /** Remembers the topics as they were when they were looked at. */
    public void keep() {
        write(file, ids);
    }

    /** Kedge once wrote checkpoints that leave some places to what the group has committed. */
    private static void commitBeginnings(Topics topics, String group, List<String> read) {
        try {
            topics.commitBeginnings(group, read);
        } catch (KafkaException e) {
            LOG.warn("the group {} cannot commit: {}", group, e.getMessage());
        }
    }

    private static void requireSame(
            Map<String, String> now, Map<String, String> before, String resume) {
        for (Map.Entry<String, String> topic : now.entrySet()) {
            String known = before.getOrDefault(topic.getKey(), topic.getValue());
            if (!known.equals(topic.getValue())) {
                throw ConfigurationException.of(
                        "topic %s was deleted and made anew since this job last ran: the"
                                + " places that %s keeps in it mean nothing now; start with"
                                + " --fresh, or give the job another name",
                        topic.getKey(), resume);
            }
        }
    }

    private static List<String> lost(Topics topics, JobSettings settings, List<String> read) {
        List<String> lines = new ArrayList<>();
        topics.places(settings.name(), read)
                .forEach((partition, place) -> said(partition, place).ifPresent(lines::add));
        if (!lines.isEmpty() && settings.kafka().lostRecords() == JobSettings.LostRecords.END) {
            throw new ConfigurationException(
                    lines.get(0)
                            + "; set kafka.lost-records to skip to go on with what is there, or give the job another name to start anew");
        }
        return lines;
    }

    private static Optional<String> said(TopicPartition partition, Topics.Place place) {
        if (place.read().isEmpty()) {
            return Optional.empty();
        }
        long next = place.read().getAsLong();
        String where =
                format(
                        "topic %s, partition %d: the next record to read is %d",
                        partition.topic(), partition.partition(), next);
        if (next < place.first()) {
            return Optional.of(where + ", but the oldest that is still there is " + place.first());
        }
        return next > place.end()
                ? Optional.of(where + ", but the topic ends before " + place.end())
                : Optional.empty();
    }

    private static SortedMap<String, String> ids(Path file) {
        SortedMap<String, String> ids = new TreeMap<>();
        try {
            FileSystem files = file.getFileSystem();
            if (!files.exists(file)) {
                return ids;
            }
            int length = (int) Math.min(LARGEST, files.getFileStatus(file).getLen());
            try (FSDataInputStream in = files.open(file)) {
                String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                for (String line : text.lines().toList()) {
                    int between = line.indexOf(' ');
                    if (between > 0) {
                        ids.put(line.substring(between + 1), line.substring(0, between));
                    }
                }
            }
            return ids;
        } catch (IOException e) {
            throw new ConfigurationException(file + " cannot be read: " + e.getMessage());
        }
    }

    private static void write(Path file, SortedMap<String, String> ids) {
        StringBuilder text = new StringBuilder();
        ids.forEach((topic, id) -> text.append(id).append(' ').append(topic).append('\n'));
        try (FSDataOutputStream out =
                file.getFileSystem().create(file, FileSystem.WriteMode.OVERWRITE)) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ConfigurationException(
                    "checkpoints.directory: " + file + " cannot be written: " + e.getMessage());
        }
    }
}
