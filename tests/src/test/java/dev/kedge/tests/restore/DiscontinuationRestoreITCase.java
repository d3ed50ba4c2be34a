// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.operators.ads.DiscontinuationModels;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.OutcomeSettings;
import dev.kedge.operators.ads.calibration.Calibrator;
import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.ads.experts.ExpertSettings;
import dev.kedge.operators.ads.intervals.IntervalSettings;
import dev.kedge.operators.ads.policy.Policy;
import dev.kedge.operators.ads.recall.RecallSettings;
import dev.kedge.operators.encoder.Fusion;
import dev.kedge.operators.flink.SideOutput;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class DiscontinuationRestoreITCase {
    private static final RecordJson<CreativeScore> JSON = RecordJson.of(CreativeScore.class);
    private static final RecordJson<CreativeDuplicates> DUPLICATES =
            RecordJson.of(CreativeDuplicates.class);

    private static final MarketConfig MARKET =
            MarketConfig.DEFAULT
                    .withSeed(3)
                    .withStart(Instant.parse("2020-01-01T00:00:00Z"))
                    .withSize(6, 3, 20)
                    .withFaults(0.05, 0.05, 0);

    @Test
    void adDiscontinuationEndsTheSameWhateverDisturbsIt() throws Exception {
        RestoreHarness.assertEndsTheSame(rehearsed(300));
    }

    /** Ad discontinuation as it is without settings, with so many events of a market. */
    static Rehearsed<CreativeEvent, CreativeScore, ModelMetrics> rehearsed(int events)
            throws UndecodableException {
        return new Rehearsed<>(
                new DiscontinuationModels(DiscontinuationSettings.DEFAULT),
                events(events),
                incoming -> incoming.event().model(),
                StreamTypes.CREATIVE_SCORE,
                StreamTypes.MODEL_METRICS,
                DiscontinuationRestoreITCase::told);
    }

    @Test
    void withEveryOptionOnItEndsTheSame() throws Exception {
        DiscontinuationSettings d = DiscontinuationSettings.DEFAULT;
        DiscontinuationSettings settings =
                d.with("causes", new OutcomeSettings.Causes(List.of("cut-out")))
                        .with(
                                "network",
                                new DiscontinuationSettings.Network(4, 4, Fusion.GATED, List.of(8)))
                        .with("rehearsal", new DiscontinuationSettings.Rehearsal(20, 4, 1))
                        .with("experts", new ExpertSettings(true, 0.001, 0.02, 256))
                        .with(
                                "calibration",
                                new DiscontinuationSettings.Calibration(
                                        Calibrator.Method.PLATT,
                                        50,
                                        2,
                                        20,
                                        new IntervalSettings(true, 0.8, 50, 0.1, 3, 5)))
                        .with(
                                "policy",
                                new Policy(
                                        Policy.Rule.COSTS,
                                        3,
                                        0.5,
                                        0.25,
                                        100,
                                        10,
                                        List.of(),
                                        new Policy.Costs(
                                                1, 0.01, 0.5, Duration.ofDays(1), Duration.ZERO, 3),
                                        new Policy.Steadiness(0.5, Duration.ofDays(2))));
        RestoreHarness.assertEndsTheSame(
                new Rehearsed<>(
                        new DiscontinuationModels(settings),
                        events(200),
                        incoming -> incoming.event().model(),
                        StreamTypes.CREATIVE_SCORE,
                        StreamTypes.MODEL_METRICS,
                        DiscontinuationRestoreITCase::told));
    }

    private static Rehearsed.Told told(CreativeScore score) {
        return new Rehearsed.Told(
                score.model(), new String(JSON.encode(score), StandardCharsets.UTF_8));
    }

    @Test
    void withACreativeMemoryItEndsTheSame() throws Exception {
        DiscontinuationSettings settings =
                DiscontinuationSettings.DEFAULT.with(
                        "creative-memory",
                        RecallSettings.DEFAULT
                                .with("enabled", true)
                                .with("identity", "format")
                                .with("bank", new RecallSettings.Bank(12, 2, Duration.ofDays(8), 3))
                                .with("answers", new RecallSettings.Answers(0.8, 0.3, 3, 5, true)));
        RestoreHarness.assertEndsTheSame(
                new Rehearsed<>(
                        new DiscontinuationModels(settings),
                        events(100, MARKET.withCopies(0.3)),
                        incoming -> incoming.event().model(),
                        StreamTypes.CREATIVE_SCORE,
                        StreamTypes.MODEL_METRICS,
                        DiscontinuationRestoreITCase::told,
                        List.of(
                                new Rehearsed.Further<>(
                                        new SideOutput<>(
                                                CreativeDuplicates.class,
                                                new OutputTag<>(
                                                        "duplicates",
                                                        StreamTypes.CREATIVE_DUPLICATES)),
                                        said ->
                                                new Rehearsed.Told(
                                                        said.model() + " duplicates",
                                                        new String(
                                                                DUPLICATES.encode(said),
                                                                StandardCharsets.UTF_8))))));
    }

    private static List<Incoming<CreativeEvent>> events(int count) throws UndecodableException {
        return events(count, MARKET);
    }

    private static List<Incoming<CreativeEvent>> events(int count, MarketConfig config)
            throws UndecodableException {
        MarketSimulator market = new MarketSimulator(config);
        List<Incoming<CreativeEvent>> events = new ArrayList<>();
        while (events.size() < count) {
            SimulatedRecord next = market.next();
            events.add(
                    new Incoming<>(
                            new CreativeEventJson().decode(next.value()),
                            new Origin("in", 0, events.size(), -1),
                            next.value()));
        }
        return events;
    }
}
