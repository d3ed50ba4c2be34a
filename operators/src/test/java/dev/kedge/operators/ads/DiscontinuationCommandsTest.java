// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static dev.kedge.operators.ads.Bench.launched;
import static dev.kedge.operators.ads.Bench.launchedBy;
import static dev.kedge.operators.ads.Bench.market;
import static dev.kedge.operators.ads.Bench.stopped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.operators.ads.DiscontinuationSettings.OptimiserName;
import dev.kedge.operators.ads.DiscontinuationSettings.TermFactors;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.learner.RateSchedule;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Command.Verb;
import dev.kedge.operators.stream.DeadLetter.Reason;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a running model obeys, and what it refuses to go on under. */
class DiscontinuationCommandsTest {
    private static final String LAYERS = "learning.head-layers";
    private final Bench bench = new Bench(DiscontinuationSettings.DEFAULT);

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aPausedModelScoresAndLearnsNothingUntilItIsResumed() {
        List<CreativeEvent> events = market(60, 1);
        int third = events.size() / 3;
        bench.sendAll(events.subList(0, third));
        long learned = bench.lastScore().version().modelVersion();

        bench.obey(command(Verb.PAUSE, "", Double.NaN)).sendAll(events.subList(third, 2 * third));
        long paused = bench.lastScore().version().modelVersion();
        bench.obey(command(Verb.RESUME, "", Double.NaN));
        bench.sendAll(events.subList(2 * third, events.size()));

        assertThat(paused).as("what waited may fill one more").isBetween(learned, learned + 1);
        assertThat(bench.lastScore().version().modelVersion()).isGreaterThan(paused + 10);
    }

    @Test
    void anotherRateChangesWhatIsLearnedAndOutlivesARestart() {
        List<CreativeEvent> events = market(40, 2);
        try (Bench plain = new Bench(DiscontinuationSettings.DEFAULT);
                Bench restarted = new Bench(DiscontinuationSettings.DEFAULT)) {
            plain.sendAll(events).flush();
            bench.obey(command(Verb.RATE, "", 0.01)).sendAll(events).flush();
            restarted.obey(command(Verb.RATE, "", 0.01)).restart();
            events.forEach(event -> restarted.send(event).restart());
            restarted.flush();

            assertThat(parameters(bench)).isNotEqualTo(parameters(plain));
            assertThat(parameters(restarted)).isEqualTo(parameters(bench));
        }
    }

    @Test
    void anotherWeightOfATermChangesWhatIsLearned() {
        bench.obey(command(Verb.WEIGHT, "long-term", 0)).sendAll(market(60, 3)).flush();
        try (Bench plain = new Bench(DiscontinuationSettings.DEFAULT)) {
            plain.sendAll(market(60, 3)).flush();

            assertThat(parameters(bench)).isNotEqualTo(parameters(plain));
        }
    }

    @Test
    void aForgottenCreativeIsUnknownAndGoneFromTheState() {
        bench.send(launched("c", 0, "x")).send(launched("d", 0, "y")).flush();
        bench.obey(command(Verb.FORGET_CREATIVE, "c", Double.NaN)).flush();

        assertThat(bench.store.names("ledger/")).containsExactly("ledger/d");
        bench.send(stopped("c", 1));
        assertThat(bench.lastRefusal().reason()).isEqualTo(Reason.UNKNOWN_CREATIVE);
    }

    @Test
    void aForgottenAdvertiserTakesItsCreativesAndItsPastAlong() {
        bench.send(launchedBy("a", 0, "acme", "x")).send(launchedBy("b", 0, "other", "y"));
        bench.send(stopped("a", 2)).flush();
        bench.obey(command(Verb.FORGET_ADVERTISER, "acme", Double.NaN)).flush();

        assertThat(bench.store.names("ledger/")).containsExactly("ledger/b");
        assertThat(bench.store.parts().values())
                .noneMatch(part -> new String(part, StandardCharsets.UTF_8).contains("acme"));
    }

    @Test
    void whatStoppedBeforeAMomentIsForgotten() {
        bench.send(launched("old", 0, "x")).send(launched("new", 0, "y"));
        bench.send(stopped("old", 1)).send(stopped("new", 3));
        long moment = Bench.at(2);
        bench.obey(new Command(Verb.FORGET_BEFORE, Command.EVERY, "", Double.NaN, moment, 0));
        bench.flush();

        assertThat(bench.store.names("ledger/")).containsExactly("ledger/new");
    }

    @Test
    void aSmallerBatchLearnsWhatWaitedInSeveralSteps() {
        try (Bench wide = new Bench(Tuned.with(DiscontinuationSettings.OptimiserName.ADAM, 64))) {
            wide.sendAll(market(6, 4).subList(0, 60)).flush();
            assertThat(wide.lastScore().version().modelVersion())
                    .as("a day's patience")
                    .isPositive();
            try (Bench narrow =
                    wide.reopened(Tuned.with(DiscontinuationSettings.OptimiserName.ADAM, 4))) {
                narrow.send(launched("next", 90, "x"));

                assertThat(narrow.lastScore().version().modelVersion())
                        .isGreaterThan(wide.lastScore().version().modelVersion());
            }
        }
    }

    @Test
    void theRateFollowsItsSchedule() {
        RateSchedule warmUp =
                new RateSchedule(RateSchedule.Shape.CONSTANT, 1000, 1, List.of(), 0.1, 0);
        byte[] scheduled = parametersAfter(Tuned.with(OptimiserName.SGD, 8, warmUp));

        assertThat(scheduled)
                .isEqualTo(parametersAfter(Tuned.with(OptimiserName.SGD, 8, warmUp)))
                .isNotEqualTo(parametersAfter(Tuned.with(OptimiserName.SGD, 8)));
    }

    private static byte[] parametersAfter(DiscontinuationSettings settings) {
        try (Bench bench = new Bench(settings)) {
            bench.sendAll(market(6, 4)).flush();
            assertThat(bench.lastScore().version().modelVersion()).isPositive();
            return bench.store.get("learner/parameters").orElseThrow();
        }
    }

    @Test
    void moreCutsWidenTheHeadAndOtherTablesAreRefused() {
        bench.sendAll(market(30, 5)).flush();
        List<Double> wider =
                DoubleStream.concat(
                                DiscontinuationSettings.DEFAULT.intervals().cuts().stream()
                                        .mapToDouble(Double::doubleValue),
                                DoubleStream.of(98, 112))
                        .boxed()
                        .toList();

        assertThatThrownBy(() -> bench.reopened(Tuned.withTextBuckets(4096)))
                .isInstanceOf(IncompatibleLayoutException.class)
                .hasMessageContaining("features.text-buckets: the model was learned with 2048")
                .hasMessageContaining("the job has 4096");
        try (Bench grown = bench.reopened(Tuned.withCuts(wider))) {
            grown.send(launched("after", 99, "x"));
            assertThat(grown.lastScore().outlook().hazard()).hasSize(wider.size());
            assertThat(grown.lastScore().version().modelVersion()).isPositive();
        }
    }

    @Test
    void linearHeadsAndHeadsWithLayersDoNotReadEachOther() {
        DiscontinuationSettings linear = DiscontinuationSettings.DEFAULT;
        DiscontinuationSettings layered = linear.with(LAYERS, List.of(32));
        try (Bench flat = new Bench(linear).sendAll(market(6, 4)).flush();
                Bench deep = new Bench(layered).sendAll(market(6, 4)).flush()) {
            assertThatThrownBy(() -> flat.reopened(layered))
                    .isInstanceOf(IncompatibleLayoutException.class)
                    .hasMessageContaining("survival/short/weight");
            assertThatThrownBy(() -> deep.reopened(linear))
                    .isInstanceOf(IncompatibleLayoutException.class)
                    .hasMessageContaining("survival/short/layer/0/weight");
            assertThatThrownBy(() -> deep.reopened(linear.with(LAYERS, List.of(16))))
                    .isInstanceOf(IncompatibleLayoutException.class)
                    .hasMessageContaining("survival/short/layer/0/weight");
        }
    }

    @Test
    void factorsOfTheTermsMayBeginToBeLearnedLaterAndThenStayLearned() {
        DiscontinuationSettings learned =
                DiscontinuationSettings.DEFAULT.with("learning.term-factors", TermFactors.LEARNED);
        bench.sendAll(market(6, 4)).flush();
        long before = bench.lastScore().version().modelVersion();
        try (Bench after = bench.reopened(learned)) {
            after.send(launched("after", 99, "x"));
            assertThat(after.lastScore().version().modelVersion()).isGreaterThanOrEqualTo(before);
            after.flush();
        }

        assertThatThrownBy(() -> bench.reopened(DiscontinuationSettings.DEFAULT))
                .isInstanceOf(IncompatibleLayoutException.class)
                .hasMessageContaining("survival/short/log-variance");
    }

    private static Command command(Verb verb, String name, double value) {
        return new Command(verb, Command.EVERY, name, value, 0, 0);
    }

    private static byte[] parameters(Bench bench) {
        return bench.store.get("learner/parameters").orElseThrow();
    }
}
