// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.kafka.ResultKeys;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.operators.ads.DiscontinuationModels;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.tests.bench.MarketDay;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The ad job. Daily: the market simulator, without faults, each statistics event a day of a
 * creative. Hourly: a market that stands still, where every creative is launched first and then
 * reports each hour.
 */
record AdWorkload(Scale scale, boolean hourly) implements Workload {
    private static final double LAUNCHES_A_DAY = 6;
    private static final int DAYS = 5_000;
    private static final Instant START = Instant.parse("2010-01-01T00:00:00Z");

    /** More than anybody waits for: the market goes on as long as events are wanted. */
    private static final int HOURS = 10_000;

    @Override
    public String kind() {
        return DiscontinuationFile.JOB;
    }

    @Override
    public List<String> inputs() {
        return List.of("creatives");
    }

    @Override
    public String learner() {
        String network =
                switch (scale.size()) {
                    case SMALL ->
                            "features: {text-buckets: 256, category-buckets: 128}, network: {text-width: 8, category-width: 8, layers: [24, 16]}";
                    case MEDIUM -> "network: {layers: [64, 32]}";
                    case LARGE ->
                            "network: {text-width: 32, category-width: 32, layers: [256, 128]}";
                };
        return format(
                "discontinuation: {statistics: {every: %s}, %s}\n",
                hourly ? "1 h" : "1 d", network);
    }

    @Override
    public Iterator<PlannedEvent> events() {
        return (hourly ? hours() : days()).iterator();
    }

    private Stream<PlannedEvent> days() {
        MarketConfig config =
                MarketConfig.DEFAULT
                        .withSize(scale.models(), LAUNCHES_A_DAY, DAYS)
                        .withStart(START)
                        .withFaults(0, 0, 0);
        Iterable<SimulatedRecord> market = () -> new MarketSimulator(config);
        return StreamSupport.stream(market.spliterator(), false)
                .map(record -> planned(record.value()));
    }

    private Stream<PlannedEvent> hours() {
        int creatives = scale.models() * scale.entries();
        MarketDay market = new MarketDay(creatives, scale.models(), HOURS, 0);
        return LongStream.range(0, market.events())
                .mapToObj(market::bytes)
                .filter(bytes -> bytes.length > 0)
                .map(AdWorkload::planned);
    }

    private static PlannedEvent planned(byte[] value) {
        CreativeEvent event = read(value);
        return new PlannedEvent(
                event.model().getBytes(StandardCharsets.UTF_8),
                value,
                ScoreId.ofCreative(event.model(), event.creative(), event.at()));
    }

    private static CreativeEvent read(byte[] value) {
        try {
            return new CreativeEventJson().decode(value);
        } catch (UndecodableException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long id(byte[] key, byte[] value) {
        return ScoreId.ofCreative(key, value);
    }

    @Override
    public BareLearner<?, ?, ?> bare() {
        DiscontinuationSettings settings =
                JobYaml.read(this, DiscontinuationFile.DEFAULT, DiscontinuationFile.class)
                        .discontinuation();
        return new BareLearner<>(
                new DiscontinuationModels(settings),
                new CreativeEventJson(),
                CreativeEvent::model,
                CreativeScore.class,
                ResultKeys::of);
    }
}
