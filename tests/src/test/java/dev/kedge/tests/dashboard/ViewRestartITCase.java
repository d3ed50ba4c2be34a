// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.image.Pixels;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.jobs.ads.BoardListener;
import dev.kedge.jobs.ads.CreativeFeed;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.ads.board.CardShelf;
import dev.kedge.jobs.ads.board.CreativeCard;
import dev.kedge.jobs.ads.board.Ranking;
import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.jobs.ads.board.ScoreView;
import dev.kedge.jobs.feed.CountingListener;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.feed.OutputFeed;
import dev.kedge.operators.ads.creative.CreativeContent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.image.ImageShape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dashboard that is started again, over a real broker. */
class ViewRestartITCase {
    private static final Ranking BY_CAMPAIGN =
            new Ranking(
                    new Ranking.Filter(
                            Ranking.State.ALL,
                            Optional.empty(),
                            Set.of(),
                            Optional.empty(),
                            Optional.of("Summer"),
                            Optional.empty(),
                            0,
                            0),
                    Ranking.Sort.RISK,
                    false,
                    0,
                    10);

    private EmbeddedBroker broker;
    private DiscontinuationFile settings;

    @TempDir private Path folder;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start();
        settings =
                DiscontinuationFile.DEFAULT.local(
                        broker.bootstrapServers(), folder.resolve("checkpoints"));
        LocalTopics.create(settings);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    /** One life of a dashboard's feed. */
    private final class Dashboard implements AutoCloseable {
        private final ScoreBoard board;
        private final CountingListener<CreativeScore, ModelMetrics> listener;
        private final ScoreView view;
        private final List<String> before;
        private final OutputFeed<CreativeScore, ModelMetrics> feed;

        Dashboard() {
            this(CardShelf.Bounds.DEFAULT);
        }

        Dashboard(CardShelf.Bounds cards) {
            board = new ScoreBoard(Clock.systemUTC(), 100, 7, cards);
            listener = new CountingListener<>(new BoardListener(board));
            view = ScoreView.open(folder.resolve("view"), board);
            before = names();
            feed = CreativeFeed.of(settings, listener, board, Optional.of(view)).start();
        }

        private Optional<CreativeCard> card(CreativeScore score) {
            return board.cards().find(score.model(), score.creative());
        }

        private void awaitCard(CreativeScore score) {
            Awaitility.await("its card").until(() -> card(score).isPresent());
        }

        private List<String> names() {
            return board.rank(Ranking.BY_RISK).scores().stream()
                    .map(CreativeScore::creative)
                    .sorted()
                    .toList();
        }

        private void awaitScores(int count) {
            Awaitility.await("scores").until(() -> listener.scores() >= count);
        }

        private int ofSummer() {
            return board.rank(BY_CAMPAIGN).total();
        }

        @Override
        public void close() {
            feed.close();
            view.close();
        }
    }

    @Test
    void goesOnWhereItWasWithAllThatItShowed() throws Exception {
        List<CreativeScore> scores = scores();
        write(settings.topics().creatives(), List.of(launched(scores.get(0))));
        write(settings.topics().scores(), encoded(scores.subList(0, 6)));
        List<String> shown;
        try (Dashboard first = new Dashboard()) {
            assertThat(first.before).isEmpty();
            first.awaitScores(6);
            Awaitility.await("its campaign").until(() -> first.ofSummer() == 1);
            shown = first.names();
        }
        write(settings.topics().scores(), encoded(scores.subList(6, 8)));

        try (Dashboard second = new Dashboard()) {
            assertThat(second.before).isEqualTo(shown).hasSize(6);
            second.awaitScores(2);
            Awaitility.await("none is read twice")
                    .during(Duration.ofSeconds(1))
                    .until(() -> second.listener.scores() == 2);

            assertThat(second.ofSummer()).isEqualTo(1);
            assertThat(second.names()).hasSize(8).containsAll(shown);
        }
    }

    @Test
    void keepsWhatCreativesLookLikeOverARestart() throws Exception {
        List<CreativeScore> scores = scores();
        write(settings.topics().creatives(), List.of(withPicture(scores.get(0))));
        try (Dashboard first = new Dashboard()) {
            first.awaitCard(scores.get(0));
        }
        write(settings.topics().creatives(), List.of(launched(scores.get(1))));

        try (Dashboard second = new Dashboard()) {
            assertThat(second.card(scores.get(0)).orElseThrow().picture()).isPresent();
            second.awaitCard(scores.get(1));
            assertThat(second.card(scores.get(1)).orElseThrow().text()).isEqualTo("Shoes");
        }
    }

    @Test
    void readsTheLaunchesAgainThatItKeptNoCardsOf() throws Exception {
        List<CreativeScore> scores = scores();
        write(settings.topics().creatives(), List.of(withPicture(scores.get(0))));
        write(settings.topics().scores(), encoded(scores.subList(0, 1)));
        try (Dashboard without = new Dashboard(new CardShelf.Bounds(0, 0))) {
            without.awaitScores(1);
            Awaitility.await("its campaign").until(() -> without.ofSummer() == 1);
        }

        try (Dashboard with = new Dashboard()) {
            with.awaitCard(scores.get(0));
            assertThat(with.card(scores.get(0)).orElseThrow().picture()).isPresent();
            assertThat(with.listener.scores()).as("scores are not read again").isZero();
        }
    }

    /** A launch with a picture, as its sender writes it. */
    private static byte[] withPicture(CreativeScore score) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode launch = (ObjectNode) json.readTree(launched(score));
        byte[] png = Pixels.png(new byte[3 * 30 * 40], new ImageShape(3, 30, 40));
        launch.putObject("image").put("png", png);
        return json.writeValueAsBytes(launch);
    }

    private static byte[] launched(CreativeScore score) {
        return CreativeEventJson.encode(
                new CreativeLaunched(
                        score.model(),
                        score.creative(),
                        score.launchedAt(),
                        CreativeContent.of(
                                "Fleetfoot",
                                "Shoes",
                                Map.of("campaign", "Summer"),
                                Map.of(),
                                new float[0])));
    }

    /** One score of each of eight creatives. */
    private static List<CreativeScore> scores() {
        ScoreBoard market = new ScoreBoard(Clock.systemUTC());
        new ScoredMarket(market, 8, 1).period(0);
        return new ArrayList<>(market.rank(Ranking.BY_RISK).scores());
    }

    private static List<byte[]> encoded(List<CreativeScore> scores) {
        return scores.stream().map(RecordJson.of(CreativeScore.class)::encode).toList();
    }

    private void write(String topic, List<byte[]> values) throws Exception {
        Properties kafka = settings.kafka().client();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (byte[] value : values) {
                producer.send(new ProducerRecord<>(topic, value)).get();
            }
        }
    }
}
