// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.kafka.TopicSettings;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.config.StrictYaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether topics keep and take their records as a job needs it. */
final class TopicFit {
    private final JobSettings settings;
    private final Map<String, TopicSettings> topics;

    /**
     * Of a job and its topics.
     *
     * @param topics by name; those that are not in it are not looked at
     */
    TopicFit(JobSettings settings, Map<String, TopicSettings> topics) {
        this.settings = settings;
        this.topics = topics;
    }

    /**
     * Looks at all of them.
     *
     * @return what whoever runs the job should know, a line each
     * @throws ConfigurationException if the job could not write, or not go on from its checkpoints
     */
    List<String> check() {
        List<String> read = read();
        settings.topics().data().stream()
                .filter(name -> !read.contains(name))
                .forEach(this::requireWritable);
        read.forEach(this::requireKept);
        List<String> lines = new ArrayList<>();
        read.stream().map(this::compacted).flatMap(Optional::stream).forEach(lines::add);
        settings.topics().kept().map(this::forgotten).flatMap(Optional::stream).forEach(lines::add);
        return lines;
    }

    private List<String> read() {
        String control = settings.topics().control();
        return Stream.concat(settings.topics().inputs().stream(), Stream.of(control)).toList();
    }

    private Optional<TopicSettings> of(String topic) {
        return Optional.ofNullable(topics.get(topic));
    }

    private void requireWritable(String topic) {
        of(topic)
                .filter(is -> is.minInSync() > is.replicas())
                .ifPresent(
                        is -> {
                            throw ConfigurationException.of(
                                    "topic %s: min.insync.replicas is %d, but its partitions have"
                                            + " %d: nothing could be written to it",
                                    topic, is.minInSync(), is.replicas());
                        });
    }

    /** A restart falls back on the oldest checkpoint at worst, and reads from its place. */
    private void requireKept(String topic) {
        JobSettings.Checkpoints checkpoints = settings.checkpoints();
        Duration oldest = checkpoints.every().multipliedBy(checkpoints.retained());
        of(topic)
                .flatMap(TopicSettings::retention)
                .filter(kept -> kept.compareTo(oldest) < 0)
                .ifPresent(
                        kept -> {
                            throw ConfigurationException.of(
                                    "topic %s: retention.ms keeps records for %s, but"
                                            + " checkpoints.every (%s) and checkpoints.retained"
                                            + " (%d) let the job go on from a place that is %s old",
                                    topic,
                                    StrictYaml.word(kept),
                                    StrictYaml.word(checkpoints.every()),
                                    checkpoints.retained(),
                                    StrictYaml.word(oldest));
                        });
    }

    private Optional<String> compacted(String topic) {
        return of(topic)
                .filter(TopicSettings::compacted)
                .map(
                        is ->
                                format(
                                        "Topic %s is compacted (cleanup.policy): in the end the"
                                                + " job reads only the last record of each key",
                                        topic));
    }

    private Optional<String> forgotten(String topic) {
        return of(topic)
                .flatMap(
                        is ->
                                is.compacted()
                                        ? Optional.of("the last of each key (cleanup.policy)")
                                        : is.retention().map(TopicFit::within))
                .map(
                        what ->
                                format(
                                        "Topic %s keeps only %s, so what is read back from it is"
                                                + " not all that was decided; set retention.ms=-1"
                                                + " and cleanup.policy=delete",
                                        topic, what));
    }

    private static String within(Duration kept) {
        return "the last " + StrictYaml.word(kept) + " (retention.ms)";
    }
}
