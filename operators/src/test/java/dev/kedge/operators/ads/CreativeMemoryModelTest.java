// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static dev.kedge.operators.ads.Bench.again;
import static dev.kedge.operators.ads.Bench.launched;
import static dev.kedge.operators.ads.Bench.launchedBy;
import static dev.kedge.operators.ads.Bench.market;
import static dev.kedge.operators.ads.Bench.stopped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.ads.creative.CreativeContent;
import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeDuplicates.Cause;
import dev.kedge.operators.ads.creative.CreativeDuplicates.Tie;
import dev.kedge.operators.ads.creative.CreativeDuplicates.Twin;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.ads.recall.RecallSettings;
import dev.kedge.operators.stream.Command;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The creative memory as part of a discontinuation model. */
class CreativeMemoryModelTest {
    private static final DiscontinuationSettings OFF = DiscontinuationSettings.DEFAULT;
    static final DiscontinuationSettings ON =
            OFF.with(
                    "creative-memory",
                    RecallSettings.DEFAULT
                            .with("enabled", true)
                            .with("identity", "asset")
                            .with("answers", new RecallSettings.Answers(0.9, 0.5, 5, 40, false)));
    private static final String[] WORDS = {
        "coffee", "shoes", "travel", "summer", "garden", "music", "phone", "family", "sport",
        "style", "local", "fresh", "night", "winter", "piano", "river", "bread", "cloud"
    };

    private final Bench bench = new Bench(ON);

    @AfterEach
    void close() {
        bench.close();
    }

    /**
     * A market in which every creative says something else, with its launches first in each day.
     */
    private static List<CreativeEvent> wordy(int creatives, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<CreativeEvent> events = new ArrayList<>();
        for (CreativeEvent event : market(creatives, seed)) {
            events.add(
                    event instanceof CreativeLaunched launch
                            ? new CreativeLaunched(
                                    launch.model(),
                                    launch.creative(),
                                    launch.at(),
                                    CreativeContent.of(
                                            "acme-" + random.nextInt(5),
                                            words(random),
                                            launch.content().categories(),
                                            Map.of(),
                                            new float[0]))
                            : event);
        }
        events.sort(Comparator.comparingLong(CreativeEvent::at));
        return events;
    }

    private static String words(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return text.toString();
    }

    @Test
    void aReuploadIsRecognisedAndAStrangerIsNot() {
        bench.sendAll(wordy(150, 1));
        bench.send(launchedBy("original", 40, "acme-1", "piano lessons by the river at night"));
        bench.send(launchedBy("copy", 40.1, "acme-1", "piano lessons by the river at night"));
        CreativeDuplicates copy = last();
        bench.send(launchedBy("stranger", 40.2, "zeta", "insurance quotes without paperwork"));

        assertThat(copy.group()).isEqualTo("original");
        assertThat(copy.cause()).isEqualTo(Cause.LAUNCH);
        Twin best = copy.twins().get(0);
        assertThat(best.creative()).isEqualTo("original");
        assertThat(best.tie()).isEqualTo(Tie.SAME);
        assertThat(best.similarity()).isGreaterThan(0.95);
        assertThat(last().group()).isEqualTo("stranger");
        assertThat(copy.modelVersion()).isPositive();
    }

    @Test
    void aModelThatIsRestoredAfterEveryRecordEndsWithTheSameBytesAndAnswers() {
        List<CreativeEvent> events = wordy(60, 4);
        bench.sendAll(events).flush();

        try (Bench restless = new Bench(ON)) {
            for (CreativeEvent event : events) {
                restless.send(event).restart();
            }
            restless.flush();
            assertThat(restless.store.parts().keySet()).isEqualTo(bench.store.parts().keySet());
            restless.store
                    .parts()
                    .forEach(
                            (name, bytes) ->
                                    assertThat(bytes)
                                            .as(name)
                                            .isEqualTo(bench.store.parts().get(name)));
            assertThat(restless.duplicates).hasSizeGreaterThan(50).isEqualTo(bench.duplicates);
            assertThat(restless.scores)
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactlyElementsOf(bench.scores);
        }
    }

    @Test
    void aStoredModelWithoutAMemoryGoesOnWithOne() {
        List<CreativeEvent> events = wordy(80, 5);
        int half = events.size() / 5;
        try (Bench plain = new Bench(OFF)) {
            plain.sendAll(events.subList(0, half)).flush();
            long steps = plain.lastScore().version().modelVersion();
            try (Bench remembering = plain.reopened(ON)) {
                remembering.sendAll(events.subList(half, half + 1)).flush();
                assertThat(remembering.lastScore().version().modelVersion())
                        .isBetween(steps, steps + 3);
                remembering.sendAll(events.subList(half + 1, events.size())).flush();
                assertThat(remembering.duplicates).isNotEmpty();
                assertThat(remembering.store.names("memory/member/")).isNotEmpty();
            }
        }
    }

    @Test
    void withoutAWeightTheHazardsAreThoseOfAModelWithoutAMemory() {
        List<CreativeEvent> events = wordy(60, 6);
        DiscontinuationSettings idle =
                OFF.with(
                        "creative-memory",
                        RecallSettings.DEFAULT.with("enabled", true).with("weight", 0));
        try (Bench plain = new Bench(OFF);
                Bench watching = new Bench(idle)) {
            plain.sendAll(events).flush();
            watching.sendAll(events).flush();

            assertThat(watching.scores)
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactlyElementsOf(plain.scores);
            assertThat(plain.duplicates).isEmpty();
            assertThat(plain.store.names("memory/")).isEmpty();
            assertThat(watching.store.names("memory/")).isNotEmpty();
        }
    }

    @Test
    void anIdentityOfTheStreamLinksWhatLooksDifferent() {
        bench.send(identified("a", 0, "one two three"));
        bench.send(identified("b", 1, "nothing of that kind at all"));

        assertThat(last().group()).isEqualTo("a");
        assertThat(last().twins()).extracting(Twin::tie).containsExactly(Tie.IDENTITY);
    }

    private static CreativeLaunched identified(String creative, double day, String text) {
        return new CreativeLaunched(
                Bench.MODEL,
                creative,
                Bench.at(day),
                CreativeContent.of("a", text, Map.of("asset", "a-17"), Map.of(), new float[0]));
    }

    @Test
    void aCreativeThatRunsAgainIsSaidAgainAndIsNotItsOwnTwin() {
        bench.send(launched("a", 0, "x")).send(stopped("a", 1)).send(again("a", 2));

        assertThat(bench.duplicates)
                .extracting(CreativeDuplicates::creative)
                .containsExactly("a", "a");
        assertThat(last().twins()).isEmpty();
    }

    @Test
    void aForgottenCreativeIsNotRecognisedAnyMore() {
        bench.send(identified("a", 0, "x"));
        bench.obey(new Command(Command.Verb.FORGET_CREATIVE, Bench.MODEL, "a", Double.NaN, 0, 0));
        bench.send(identified("b", 1, "x")).flush();

        assertThat(last().group()).isEqualTo("b");
        assertThat(bench.store.names("memory/member/")).hasSize(1);
    }

    @Test
    void aCheckpointHoldsOnlyTheCreativesThatChanged() {
        bench.sendAll(wordy(60, 7)).flush();
        List<String> entries = new ArrayList<>(bench.store.names("memory/bank/entry/"));
        entries.forEach(bench.store::remove);
        new ArrayList<>(bench.store.names("memory/member/")).forEach(bench.store::remove);

        bench.send(launched("late", 60, "x")).flush();

        assertThat(bench.store.names("memory/member/")).hasSize(1);
        assertThat(bench.store.names("memory/bank/entry/")).hasSizeLessThan(entries.size());
    }

    @Test
    void anotherWayToLookAtItLearnsOtherParameters() {
        List<CreativeEvent> events = wordy(40, 8);
        try (Bench plain = new Bench(OFF)) {
            plain.sendAll(events).flush();
            bench.sendAll(events).flush();

            assertThat(Arrays.hashCode(plain.store.parts().get("learner/parameters")))
                    .isNotEqualTo(Arrays.hashCode(bench.store.parts().get("learner/parameters")));
        }
    }

    private CreativeDuplicates last() {
        return bench.duplicates.get(bench.duplicates.size() - 1);
    }
}
