// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.kafka.Topics;
import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.jobs.ads.board.ScoreView;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.feed.Bookmark;
import dev.kedge.jobs.feed.OutputFeed;
import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows what a job of ad discontinuation writes. */
public final class CreativeFeed {
    private static final Logger LOG = LoggerFactory.getLogger(CreativeFeed.class);

    private static final String CAMPAIGN = "campaign";
    private static final String QUOTED = '"' + CAMPAIGN + '"';

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
        CreativeEventJson creatives = new CreativeEventJson();
        feed.alsoReading(
                settings.topics().creatives(), value -> noteCampaign(value, creatives, board));
        RecordJson<CreativeDuplicates> duplicates = RecordJson.of(CreativeDuplicates.class);
        return settings.topics().saysDuplicates()
                ? feed.alsoReading(
                        settings.topics().duplicates(), value -> take(value, duplicates, board))
                : feed;
    }

    /** A feed that is not started yet. */
    public static OutputFeed<CreativeScore, ModelMetrics> of(
            JobSettings settings, OutputFeed.Listener<CreativeScore, ModelMetrics> listener) {
        return new OutputFeed<>(
                settings,
                new OutputFeed.Reader<>(
                        RecordJson.of(CreativeScore.class), RecordJson.of(ModelMetrics.class)),
                listener);
    }

    private static Map<TopicPartition, Long> offsets(DiscontinuationFile settings, ScoreView view) {
        List<String> read = settings.topics().shown();
        try (Topics topics =
                Topics.connect(
                        settings.kafka().bootstrapServers(),
                        settings.kafka().timeout(),
                        settings.kafka().client())) {
            return view.offsets(topics.ids(read));
        }
    }

    /** Scores do not tell the campaign: the launch does, as a category. */
    private static void noteCampaign(byte[] value, CreativeEventJson events, ScoreBoard board) {
        if (!new String(value, UTF_8).contains(QUOTED)) {
            return;
        }
        try {
            if (events.decode(value) instanceof CreativeLaunched launched) {
                Optional.ofNullable(launched.content().categories().get(CAMPAIGN))
                        .ifPresent(
                                name -> board.accept(launched.model(), launched.creative(), name));
            }
        } catch (UndecodableException e) {
            // The job says what is wrong with it.
            return;
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
