// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.recall;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.operators.ads.DiscontinuationModels;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.DiscontinuationSettings.Evaluation;
import dev.kedge.operators.ads.DiscontinuationSettings.Features;
import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeDuplicates.Twin;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.ads.recall.RecallSettings;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.state.part.MemoryPartStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One simulated market in which a share of the creatives is uploaded again, and what a model of it
 * recognises, prequentially: every launch is compared with all creatives that came before, as the
 * model knew them at that moment. The first launches are left out.
 */
final class RecallStudy {
    static final int LEFT_OUT = 300;
    private static final int IMAGE = 8;

    private final List<CreativeEvent> events = new ArrayList<>();
    private final Map<String, CreativeLaunched> launches = new HashMap<>();
    private final Map<String, Integer> order = new HashMap<>();
    private final MarketSimulator market;
    private final long seed;
    private final int image;

    /**
     * What a model said.
     *
     * @param pairs similarities of all pairs
     * @param concordance of the hazards: short, long, all
     */
    record Heard(PairScores pairs, double[] concordance) {}

    /**
     * Plays a market.
     *
     * @param images whether creatives have an image's embedding
     */
    RecallStudy(long seed, boolean images) throws UndecodableException {
        this.seed = seed;
        this.image = images ? IMAGE : 0;
        market =
                new MarketSimulator(
                        MarketConfig.DEFAULT
                                .withSeed(seed)
                                .withSize(1, 10, 100)
                                .withFaults(0, 0, 0)
                                .withEmbeddings(image)
                                .withCopies(0.15));
        while (market.hasNext()) {
            SimulatedRecord next = market.next();
            CreativeEvent event = new CreativeEventJson().decode(next.value());
            events.add(event);
            if (event instanceof CreativeLaunched launch) {
                order.put(launch.creative(), launches.size());
                launches.put(launch.creative(), launch);
            }
        }
    }

    /** The hazards of a model without a memory. */
    double[] without() {
        return run(RecallSettings.DEFAULT, false).concordance;
    }

    /** A model with a memory. */
    Heard with(RecallSettings recall) {
        Run run =
                run(
                        recall.with("enabled", true).with("answers", telling(recall.answers(), 1)),
                        false);
        return new Heard(run.pairs, run.concordance);
    }

    /** The embeddings of a model that learns nothing at all. */
    PairScores frozen() {
        RecallSettings recall = RecallSettings.DEFAULT.with("enabled", true);
        return run(recall.with("answers", telling(recall.answers(), 0)), true).pairs;
    }

    /** Names everyone, so that all similarities are seen. */
    private static RecallSettings.Answers telling(RecallSettings.Answers answers, int learned) {
        return new RecallSettings.Answers(
                answers.same(), -1, 1_000_000, learned * answers.after(), false);
    }

    /** Shared words over all words of two texts, for the same pairs. */
    PairScores words() {
        PairScores pairs = new PairScores();
        Run run = new Run();
        for (String creative : order.keySet()) {
            if (run.counts(creative)) {
                for (String other : order.keySet()) {
                    if (order.get(other) < order.get(creative) && isRecent(creative, other)) {
                        pairs.add(jaccard(creative, other), isSame(creative, other));
                    }
                }
            }
        }
        return pairs;
    }

    /** The memory holds what was heard of within its age; most of the market's 100 days. */
    private boolean isRecent(String creative, String other) {
        long days = launches.get(creative).at() - launches.get(other).at();
        return days <= Duration.ofDays(90).toMillis();
    }

    private double jaccard(String a, String b) {
        Set<String> first = words(a);
        Set<String> both = words(b);
        int sum = first.size() + both.size();
        both.retainAll(first);
        return (double) both.size() / (sum - both.size());
    }

    private Set<String> words(String creative) {
        return new HashSet<>(Arrays.asList(launches.get(creative).content().text().split(" ", -1)));
    }

    private boolean isSame(String a, String b) {
        return market.original(a).equals(market.original(b));
    }

    private Run run(RecallSettings recall, boolean paused) {
        DiscontinuationSettings settings =
                DiscontinuationSettings.DEFAULT
                        .with("seed", seed)
                        .with("features", withImage(DiscontinuationSettings.DEFAULT.features()))
                        .with("evaluation", new Evaluation(2000, Duration.ofDays(1)))
                        .with("creative-memory", recall);
        Run run = new Run();
        try (LiveModels.Shared<CreativeEvent, CreativeScore, ModelMetrics> shared =
                new DiscontinuationModels(settings).open()) {
            String name = events.get(0).model();
            LiveModel<CreativeEvent, CreativeScore, ModelMetrics> model =
                    shared.load(name, new MemoryPartStore());
            if (paused) {
                model.obey(new Command(Command.Verb.PAUSE, Command.EVERY, "", Double.NaN, 0, 0));
            }
            Origin origin = new Origin("in", 0, 0, -1);
            for (CreativeEvent event : events) {
                model.process(new Incoming<>(event, origin, new byte[0]), run);
            }
        }
        return run;
    }

    private Features withImage(Features f) {
        return new Features(
                f.text(),
                f.maxTokens(),
                f.textBuckets(),
                f.categories(),
                f.categoryBuckets(),
                f.facts(),
                image,
                f.delivery(),
                f.advertisers());
    }

    /** Hears a model. */
    private final class Run implements Outlet<CreativeScore, ModelMetrics> {
        private final PairScores pairs = new PairScores();
        private double[] concordance = {};

        private boolean counts(String creative) {
            return order.get(creative) >= LEFT_OUT;
        }

        @Override
        public void sideOutput(Object answer) {
            CreativeDuplicates said = (CreativeDuplicates) answer;
            boolean launch = said.at() == launches.get(said.creative()).at();
            if (said.cause() == CreativeDuplicates.Cause.LAUNCH
                    && launch
                    && counts(said.creative())) {
                for (Twin twin : said.twins()) {
                    if (isRecent(said.creative(), twin.creative())) {
                        pairs.add(twin.similarity(), isSame(said.creative(), twin.creative()));
                    }
                }
            }
        }

        @Override
        public void score(CreativeScore score) {
            // The metrics tell how good they are.
        }

        @Override
        public void metrics(ModelMetrics metrics) {
            concordance =
                    new double[] {
                        metrics.ranking().concordanceShort(),
                        metrics.ranking().concordanceLong(),
                        metrics.ranking().concordanceAll()
                    };
        }

        @Override
        public void reject(DeadLetter letter) {
            throw new IllegalStateException(letter.message());
        }
    }
}
