// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeDuplicates.Cause;
import dev.kedge.operators.ads.creative.CreativeDuplicates.Tie;
import dev.kedge.operators.ads.creative.CreativeDuplicates.Twin;
import dev.kedge.state.ads.CreativeDescription;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.ads.LedgerEntry.Content;
import dev.kedge.state.ads.SurvivalLedger;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.random.RestorableRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is remembered and said, with embeddings that are what a creative shows. */
class CreativeMemoryTest {
    private static final long DAY = 86_400_000L;
    private static final RecallSettings SETTINGS =
            new RecallSettings(
                    true,
                    0.1,
                    2,
                    "",
                    RecallSettings.Views.DEFAULT,
                    new RecallSettings.Clip(3, 0, 0.5),
                    new RecallSettings.Bank(4, 2, Duration.ofDays(10), 2),
                    new RecallSettings.Answers(0.9, 0.5, 5, 0, false));

    private final SurvivalLedger ledger = new SurvivalLedger(100);
    private final MemoryPartStore store = new MemoryPartStore();
    private final RestorableRandom random = RestorableRandom.seeded(5);
    private CreativeMemory memory = CreativeMemory.restored(SETTINGS, store);

    private static double[] embed(List<Content> contents) {
        double[] rows = new double[2 * contents.size()];
        for (int i = 0; i < contents.size(); i++) {
            rows[2 * i] = contents.get(i).embedding()[0];
            rows[2 * i + 1] = contents.get(i).embedding()[1];
        }
        return rows;
    }

    private static CreativeMemory.Moment at(double day) {
        return new CreativeMemory.Moment("m", Math.round(day * DAY), 7, CreativeMemoryTest::embed);
    }

    private List<CreativeDuplicates> launch(String creative, double day, double degrees) {
        return launch(creative, day, degrees, "");
    }

    private List<CreativeDuplicates> launch(
            String creative, double day, double degrees, String identity) {
        return memory.launch(entry(creative, day, degrees), identity, at(day), true);
    }

    private LedgerEntry entry(String creative, double day, double degrees) {
        float[] direction = {
            (float) (3 * Math.cos(Math.toRadians(degrees))),
            (float) (3 * Math.sin(Math.toRadians(degrees)))
        };
        int[] tokens = {1, 2, 3, 4, 5, 6};
        Content content =
                new Content(
                        new CreativeDescription("a", "t", ""),
                        tokens,
                        new int[] {7, 8},
                        new float[] {1, 1},
                        direction);
        long launched = Math.round(day * DAY);
        LedgerEntry entry = new LedgerEntry(creative, content, launched, launched + DAY);
        ledger.add(entry);
        return entry;
    }

    @Test
    void aCreativeThatComesAgainIsNamedWithItsSimilarityAndItsGroup() {
        launch("first", 0, 0);
        launch("other", 1, 90);

        CreativeDuplicates said = launch("again", 2, 10).get(0);

        assertThat(said.group()).isEqualTo("first");
        assertThat(said.cause()).isEqualTo(Cause.LAUNCH);
        assertThat(said.modelVersion()).isEqualTo(7);
        assertThat(said.at()).isEqualTo(2 * DAY);
        Twin twin = said.twins().get(0);
        assertThat(twin.creative()).isEqualTo("first");
        assertThat(twin.tie()).isEqualTo(Tie.SAME);
        assertThat(twin.similarity()).isCloseTo(Math.cos(Math.toRadians(10)), within(1e-6));
        assertThat(said.twins()).hasSize(1);
    }

    @Test
    void whatIsAlikeIsNamedButNotTheSame() {
        launch("first", 0, 0);

        CreativeDuplicates said = launch("alike", 1, 45).get(0);

        assertThat(said.group()).isEqualTo("alike");
        assertThat(said.twins()).extracting(Twin::tie).containsExactly(Tie.ALIKE);
    }

    @Test
    void aLinkBetweenTwoGroupsMakesOneOfThemNamedAfterTheEarliest() {
        launch("north", 0, 90);
        launch("east", 1, 45);
        assertThat(launch("copy-of-east", 2, 40).get(0).group()).isEqualTo("east");

        List<CreativeDuplicates> said = launch("between", 3, 67.5);

        assertThat(said.get(0).group()).isEqualTo("north");
        assertThat(said.subList(1, said.size()))
                .extracting(CreativeDuplicates::creative)
                .containsExactly("east", "copy-of-east");
        assertThat(said.subList(1, said.size()))
                .allSatisfy(
                        moved -> {
                            assertThat(moved.group()).isEqualTo("north");
                            assertThat(moved.cause()).isEqualTo(Cause.MERGE);
                            assertThat(moved.twins()).isNotEmpty();
                        });
    }

    @Test
    void similarityDecidesNothingBeforeEnoughWasLearnedButIdentityDoes() {
        memory =
                CreativeMemory.restored(
                        SETTINGS.with("answers", new RecallSettings.Answers(0.9, 0.5, 5, 2, false)),
                        store);
        launch("first", 0, 0, "x");

        assertThat(launch("copy", 1, 0).get(0).twins()).isEmpty();
        CreativeDuplicates said = launch("far", 2, 120, "x").get(0);

        assertThat(said.group()).isEqualTo("first");
        assertThat(said.twins())
                .containsExactly(new Twin("first", said.twins().get(0).similarity(), Tie.IDENTITY));
        assertThat(said.twins().get(0).similarity()).isCloseTo(-0.5, within(1e-6));
        memory.lesson(ledger, random);
        memory.lesson(ledger, random);
        assertThat(memory.learned()).as("two of one identity are not in one clip").isEqualTo(3);
        assertThat(launch("third", 3, 1).get(0).twins()).hasSize(2);
    }

    @Test
    void theOneLongestUnheardOfGivesWay() {
        for (int i = 0; i < 4; i++) {
            launch("c" + i, i, 90 * i);
        }
        ledger.find("c0").orElseThrow().report(new LedgerEntry.Report(0, DAY, 4 * DAY, 1, 0, 0, 0));
        memory.renew(ledger, CreativeMemoryTest::embed);
        launch("c4", 4.5, 45);

        memory.flush(store);
        assertThat(memory.size()).isEqualTo(4);
        assertThat(launch("like-c1", 5, 90).get(0).group()).as("c1 gave way").isEqualTo("like-c1");
        assertThat(launch("like-c0", 6, 0).get(0).group()).isEqualTo("c0");
        memory.flush(store);
        assertThat(store.names("memory/member/")).hasSize(4);
        assertThat(store.names("memory/bank/entry/")).hasSize(4);
    }

    @Test
    void whatWasNotHeardOfForTooLongIsForgotten() {
        launch("old", 0, 0);

        assertThat(launch("new", 10.5, 0).get(0).group()).isEqualTo("new");
        assertThat(memory.size()).isEqualTo(1);
    }

    @Test
    void aForgottenCreativeLeavesTheState() {
        LedgerEntry first = entry("first", 0, 0);
        memory.launch(first, "", at(0), true);
        memory.flush(store);
        memory.forget("first");
        memory.flush(store);

        assertThat(store.names("memory/member/")).isEmpty();
        assertThat(store.names("memory/bank/entry/")).isEmpty();
        assertThat(memory.lesson(ledger, random)).isEmpty();
        assertThat(launch("again", 1, 0).get(0).group()).isEqualTo("again");
    }

    @Test
    void whatTheLedgerForgotIsForgotten() {
        LedgerEntry first = entry("first", 0, 0);
        memory.launch(first, "", at(0), true);
        launch("second", 1, 90);
        ledger.forget(first);

        memory.renew(ledger, CreativeMemoryTest::embed);

        assertThat(memory.size()).isEqualTo(1);
        ledger.forget(ledger.find("second").orElseThrow());
        memory.forgetLost(ledger);
        assertThat(memory.size()).isZero();
    }

    @Test
    void aClipShowsViewsOfThoseWhoWait() {
        launch("a", 0, 0);
        launch("b", 0.1, 90);
        memory.lesson(ledger, random);
        launch("copy-of-a", 0.2, 3, "x");
        launch("c", 0.3, 180);

        CreativeMemory.Lesson lesson = memory.lesson(ledger, random).orElseThrow();

        assertThat(lesson.creatives()).isEqualTo(2);
        assertThat(lesson.frames()).hasSize(3);
        assertThat(lesson.frames().get(0).get(0).embedding())
                .as("the first view is the creative as it is")
                .isEqualTo(ledger.find("copy-of-a").orElseThrow().content().embedding());
        assertThat(lesson.average().get(0)).containsOnly(false);
        assertThat(lesson.frames().subList(1, 3))
                .allSatisfy(frame -> assertThat(frame.get(0).tokens().length).isBetween(1, 12));
        assertThat(memory.lesson(ledger, random)).isEmpty();
    }

    @Test
    void creativesOfTheBankJoinAClipButNoneTwiceAndNoneThatIsKnownToBeTheSame() {
        memory =
                CreativeMemory.restored(
                        new RecallSettings(
                                true,
                                0.1,
                                2,
                                "",
                                SETTINGS.views(),
                                new RecallSettings.Clip(3, 50, 0.5),
                                SETTINGS.bank(),
                                SETTINGS.answers()),
                        store);
        launch("a", 0, 0, "x");
        launch("b", 0.1, 3);
        launch("c", 0.2, 180, "x");
        memory.lesson(ledger, random);

        CreativeMemory.Lesson lesson = memory.lesson(ledger, random).orElseThrow();

        assertThat(lesson.creatives())
                .as("c, which waited, and b: a is known to be c")
                .isEqualTo(2);
        assertThat(memory.lesson(ledger, random).orElseThrow().creatives()).isEqualTo(2);
        assertThat(memory.learned()).isEqualTo(3);
    }

    @Test
    void aMemoryThatIsRestoredAfterEveryLaunchGoesOnWithTheSameBytes() {
        List<CreativeDuplicates> plain = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            plain.addAll(step(i));
        }
        memory.flush(store);
        Map<String, byte[]> whole = new TreeMap<>(store.parts());

        CreativeMemoryTest restless = new CreativeMemoryTest();
        List<CreativeDuplicates> disturbed = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            disturbed.addAll(restless.step(i));
            restless.memory.flush(restless.store);
            restless.memory = CreativeMemory.restored(SETTINGS, restless.store);
        }

        assertThat(disturbed).isEqualTo(plain);
        assertThat(restless.store.parts().keySet()).isEqualTo(whole.keySet());
        whole.forEach(
                (name, bytes) -> assertThat(restless.store.parts().get(name)).isEqualTo(bytes));
    }

    private List<CreativeDuplicates> step(int i) {
        List<CreativeDuplicates> said = launch("c" + i, i, 37.0 * i, i % 5 == 0 ? "five" : "");
        if (i % 3 == 2) {
            memory.lesson(ledger, random);
            memory.renew(ledger, CreativeMemoryTest::embed);
        }
        return said;
    }

    @Test
    void onlyWhatChangedIsWritten() {
        launch("a", 0, 0);
        launch("b", 1, 90);
        memory.flush(store);
        List.copyOf(store.names("")).forEach(store::remove);

        launch("c", 2, 180);
        memory.flush(store);

        assertThat(store.names("memory/member/")).hasSize(1);
        assertThat(store.names("memory/bank/entry/")).hasSize(1);
    }

    @Test
    void aMemoryWhoseCreativesAreMissingIsRefused() {
        launch("a", 0, 0);
        memory.flush(store);
        List.copyOf(store.names("memory/member/")).forEach(store::remove);

        assertThatThrownBy(() -> CreativeMemory.restored(SETTINGS, store))
                .isInstanceOf(DamagedSnapshotException.class)
                .hasMessageContaining("0 creatives for 1 instances");
    }

    @Test
    void aScoreIsAnsweredOnlyWhereThatIsAskedFor() {
        launch("a", 0, 0);
        assertThat(memory.score("a", at(1))).isEmpty();
        memory.flush(store);

        memory =
                CreativeMemory.restored(
                        SETTINGS.with("answers", new RecallSettings.Answers(0.9, 0.5, 5, 0, true)),
                        store);

        assertThat(memory.score("a", at(1)))
                .map(CreativeDuplicates::cause)
                .isEqualTo(Optional.of(Cause.SCORE));
        assertThat(memory.score("unknown", at(1))).isEmpty();
    }

    @Test
    void onTheSameStoreASmallerBankKeepsTheLatest() {
        for (int i = 0; i < 4; i++) {
            launch("c" + i, i, 90 * i);
        }
        memory.flush(store);

        memory =
                CreativeMemory.restored(
                        SETTINGS.with(
                                "bank", new RecallSettings.Bank(2, 2, Duration.ofDays(10), 2)),
                        store);

        assertThat(memory.size()).isEqualTo(2);
        assertThat(launch("like-c3", 5, 270).get(0).group()).isEqualTo("c3");
    }
}
