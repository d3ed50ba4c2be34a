// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.operators.ads.DiscontinuationModels;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.ads.policy.Policy;
import dev.kedge.operators.ads.policy.WhatIf;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.settings.Schema;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the default policy's advice is worth in the demo's markets, beside stopping from 50 % on,
 * within the same horizon and within three days, and beside never stopping, which is worth nothing.
 * Each seed is another market and another model, played as the demo plays it, without Kafka, Flink
 * and the wall clock.
 */
final class AdviceBench {
    private static final Instant OPENS = Instant.parse("2020-01-01T00:00:00Z");
    private static final int MARKETS = 2;
    private static final double LAUNCHES_A_DAY = 40;
    private static final long DAY = 86_400_000L;

    private final List<Long> seeds;
    private final List<Integer> days;
    private final PrintWriter out;

    /**
     * One policy in one market.
     *
     * @param seed of market and model
     * @param days how much of the market was seen
     * @param policy its name
     * @param report what it would have done
     */
    record Line(long seed, int days, String policy, WhatIf.Report report) {}

    /** Some seeds, each looked at after several numbers of days. */
    AdviceBench(List<Long> seeds, List<Integer> days, PrintWriter out) {
        this.seeds = seeds;
        this.days = days.stream().sorted().toList();
        this.out = out;
    }

    /** Measures and prints. */
    List<Line> run() {
        List<Line> lines = new ArrayList<>();
        out.printf(
                "%4s %4s  %-20s %7s %7s %7s %7s %11s %11s %11s %8s %8s%n",
                "seed", "days", "policy", "stops", "right", "wrong", "open", "saved", "lost",
                "worth", "changes", "steady");
        for (long seed : seeds) {
            new Play(seed, lines).run();
        }
        return lines;
    }

    private void print(Line line) {
        WhatIf.Report r = line.report();
        out.printf(
                Locale.ROOT,
                "%4d %4d  %-20s %,7d %,7d %,7d %,7d %,11.0f %,11.0f %,11.0f %,8d %7.2f%%%n",
                line.seed(),
                line.days(),
                line.policy(),
                r.stops(),
                r.dead(),
                r.live(),
                r.open(),
                r.spendSaved(),
                r.spendLost(),
                r.net(),
                r.steadiness().changes(),
                100.0 * (r.spells() - r.steadiness().unsteady()) / r.spells());
        out.flush();
    }

    /** That of docs/examples/policy.yaml. */
    private static Policy frugal() {
        return Schema.with(
                Schema.with(Policy.DEFAULT, "costs.stop-fee", 5.0), "costs.budget", 200.0);
    }

    private static Policy half(double horizon) {
        return new Policy(
                Policy.Rule.THRESHOLDS,
                horizon,
                0.5,
                0.25,
                Policy.DEFAULT.minimumImpressions(),
                0,
                List.of(),
                Policy.Costs.DEFAULT,
                Policy.Steadiness.NONE);
    }

    private final class Play implements Outlet<CreativeScore, ModelMetrics> {
        private final long seed;
        private final List<Line> lines;
        private final Map<String, WhatIf> policies = new LinkedHashMap<>();

        private Play(long seed, List<Line> lines) {
            this.seed = seed;
            this.lines = lines;
            policies.put("default", new WhatIf(Policy.DEFAULT));
            policies.put("a fee and a budget", new WhatIf(frugal()));
            policies.put("stop at 50 %", new WhatIf(half(Policy.DEFAULT.horizon())));
            policies.put("stop at 50 %, 3 days", new WhatIf(half(3)));
        }

        private void run() {
            int most = days.get(days.size() - 1);
            MarketConfig config =
                    MarketConfig.DEFAULT
                            .withSeed(seed)
                            .withStart(OPENS)
                            .withSize(MARKETS, LAUNCHES_A_DAY, most + 1);
            MarketSimulator market = new MarketSimulator(config);
            long start = config.size().start().toEpochMilli();
            CreativeEventJson json = new CreativeEventJson();
            Origin origin = new Origin("in", 0, 0, -1);
            Map<String, LiveModel<CreativeEvent, CreativeScore, ModelMetrics>> models =
                    new LinkedHashMap<>();
            List<Integer> left = new ArrayList<>(days);
            try (LiveModels.Shared<CreativeEvent, CreativeScore, ModelMetrics> shared =
                    new DiscontinuationModels(settings(seed)).open()) {
                while (market.hasNext() && !left.isEmpty()) {
                    SimulatedRecord next = market.next();
                    if (next.arrivesAt() >= start + left.get(0) * DAY) {
                        look(left.remove(0));
                    }
                    CreativeEvent event;
                    try {
                        event = json.decode(next.value());
                    } catch (UndecodableException e) {
                        // The demo's markets send broken records, too.
                        continue;
                    }
                    models.computeIfAbsent(
                                    event.model(), name -> shared.load(name, new MemoryPartStore()))
                            .process(new Incoming<>(event, origin, new byte[0]), this);
                }
            }
        }

        private void look(int day) {
            policies.forEach(
                    (name, policy) -> {
                        Line line = new Line(seed, day, name, policy.report());
                        lines.add(line);
                        print(line);
                    });
        }

        @Override
        public void score(CreativeScore score) {
            CreativeScore slim = score.forPolicies();
            policies.values().forEach(policy -> policy.see(slim));
        }

        @Override
        public void metrics(ModelMetrics metrics) {}

        @Override
        public void reject(DeadLetter letter) {}
    }

    /** Nobody reads the metrics, and they change no score. */
    private static DiscontinuationSettings settings(long seed) {
        return DiscontinuationSettings.DEFAULT
                .with("seed", seed)
                .with("evaluation.every", Duration.ofDays(36_500));
    }
}
