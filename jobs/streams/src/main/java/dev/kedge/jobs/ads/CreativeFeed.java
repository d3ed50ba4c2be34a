// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads;

import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.kafka.Topics;
import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.jobs.ads.board.ScoreView;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.feed.Bookmark;
import dev.kedge.jobs.feed.OutputFeed;
import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows what a job of ad discontinuation writes. */
public final class CreativeFeed {
    private static final Logger LOG = LoggerFactory.getLogger(CreativeFeed.class);

    private CreativeFeed() {}

    /**
     * A feed for a board, that is not started yet; near-duplicates too, if they have a topic. It
     * goes on where the board's view is, if it has one.
     */
    public static OutputFeed<CreativeScore, ModelMetrics> of(
            DiscontinuationFile settings,
            OutputFeed.Listener<CreativeScore, ModelMetrics> listener,
            ScoreBoard board,
            Optional<ScoreView> view) {
        OutputFeed<CreativeScore, ModelMetrics> feed = of(settings, listener);
        view.ifPresent(kept -> feed.from(new Bookmark(() -> offsets(settings, kept), kept::keep)));
        LaunchReader launches = new LaunchReader(board, settings.kafka().spelling());
        feed.alsoReading(settings.topics().creatives(), launches::take);
        RecordJson<CreativeDuplicates> duplicates = reader(settings, CreativeDuplicates.class);
        return settings.topics().saysDuplicates()
                ? feed.alsoReading(
                        settings.topics().duplicates(), value -> take(value, duplicates, board))
                : feed;
    }

    /** A feed that is not started yet. */
    public static OutputFeed<CreativeScore, ModelMetrics> of(
            JobSettings settings, OutputFeed.Listener<CreativeScore, ModelMetrics> listener) {
        OutputFeed.Reader<CreativeScore, ModelMetrics> reader =
                new OutputFeed.Reader<>(
                        reader(settings, CreativeScore.class),
                        reader(settings, ModelMetrics.class));
        return new OutputFeed<>(settings, reader, listener);
    }

    private static <T> RecordJson<T> reader(JobSettings settings, Class<T> type) {
        return RecordJson.of(type, settings.kafka().spelling().output(type));
    }

    private static Map<TopicPartition, Long> offsets(DiscontinuationFile settings, ScoreView view) {
        List<String> read = settings.topics().shown();
        JobSettings.Kafka kafka = settings.kafka();
        try (Topics topics =
                Topics.connect(kafka.bootstrapServers(), kafka.timeout(), kafka.client())) {
            Map<TopicPartition, Long> offsets = new HashMap<>(view.offsets(topics.ids(read)));
            if (view.lacksCards()) {
                // All launches once more: what is read twice changes nothing.
                String creatives = settings.topics().creatives();
                offsets.keySet().removeIf(partition -> partition.topic().equals(creatives));
            }
            return offsets;
        }
    }

    private static void take(
            byte[] value, RecordJson<CreativeDuplicates> duplicates, ScoreBoard board) {
        try {
            board.accept(duplicates.decode(value));
        } catch (UndecodableException e) {
            LOG.warn("near-duplicates are not what a job writes: {}", e.getMessage());
        }
    }
}
