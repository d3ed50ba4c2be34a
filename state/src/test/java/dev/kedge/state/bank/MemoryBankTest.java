// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.settings.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryBankTest {
    private static final int WIDTH = 3;
    private static final double[] EAST = {1, 0, 0};
    private static final double[] NORTH = {0, 2, 0};
    private static final double[] WEST = {-3, 0, 0};

    @Test
    void theAverageFollowsTheSimilarityToWhatIsCached() {
        MemoryBank bank = bank(ReadOut.SIMILARITY_GUIDED);
        bank.add(1, EAST, 0, 0.5, "");
        double[] half = {1, Math.sqrt(3), 0};

        assertThat(bank.get(0).guide(half)).isCloseTo(0.5, within(1e-15));
        bank.see(0, 2, half, 0, 0.5, "");
        assertThat(bank.get(0).average())
                .usingComparatorWithPrecision(1e-15)
                .containsExactly(1, Math.sqrt(3) / 2, 0);
        // (cos 0 + cos 60) / 2
        assertThat(bank.get(0).guide(EAST)).isCloseTo(0.75, within(1e-15));
    }

    @Test
    void anEmbeddingThatPointsAwayOrNowhereLeavesTheAverageAsItIs() {
        MemoryBank bank = bank(ReadOut.SIMILARITY_GUIDED);
        bank.add(1, EAST, 0, 0.5, "");
        bank.see(0, 2, WEST, 0, 0.5, "");
        bank.see(0, 3, new double[WIDTH], 0, 0.5, "");

        assertThat(bank.get(0).average()).containsExactly(EAST);
        assertThat(bank.get(0).sightings()).isEqualTo(3);
    }

    @Test
    void theOtherReadOutsAreAsTheirNamesSay() {
        assertThat(afterEastAndNorth(ReadOut.LAST)).containsExactly(NORTH);
        assertThat(afterEastAndNorth(ReadOut.FIXED_MOMENTUM)).containsExactly(0.25, 1.5, 0);
        // weights 0.5 + 1/2 and 0.25 + 2/2
        assertThat(afterEastAndNorth(ReadOut.TEMPORALLY_WEIGHTED))
                .usingComparatorWithPrecision(1e-15)
                .containsExactly(1 / 2.25, 2.5 / 2.25, 0);
    }

    private static double[] afterEastAndNorth(ReadOut readOut) {
        MemoryBank bank = bank(readOut);
        bank.add(1, EAST, 0, 0.5, "");
        bank.see(0, 2, NORTH, 0, 0.25, "");
        return bank.get(0).readOut();
    }

    @Test
    void onlyTheLatestEmbeddingsAreKept() {
        MemoryBank bank = bank(ReadOut.LAST);
        bank.add(1, EAST, 0, 0.1, "car");
        bank.see(0, 2, NORTH, 0, 0.2, "");
        bank.see(0, 3, WEST, 0, 0.3, "bus");
        bank.see(0, 4, EAST, 0, 0.4, "");
        BankEntry entry = bank.get(0);

        assertThat(entry.cached()).isEqualTo(3);
        assertThat(entry.embedding(0)).containsExactly(NORTH);
        assertThat(entry.embedding(2)).containsExactly(EAST);
        assertThat(entry.score(0)).isEqualTo(0.2);
        assertThat(entry.sightings()).isEqualTo(4);
        assertThat(entry.lastFrame()).isEqualTo(4);
        assertThat(entry.label()).isEqualTo("bus");
    }

    @Test
    void aRowOfManyIsTaken() {
        MemoryBank bank = bank(ReadOut.LAST);
        bank.add(1, new double[] {9, 9, 9, 1, 2, 3}, 1, 0.1, "");

        assertThat(bank.get(0).readOut()).containsExactly(1, 2, 3);
    }

    @Test
    void aFullBankLosesTheLongestUnseenAndOfEqualsTheFirst() {
        MemoryBank bank = bank(ReadOut.LAST);
        for (int i = 0; i < 4; i++) {
            bank.add(1, EAST, 0, 0.5, "");
        }
        bank.see(0, 2, EAST, 0, 0.5, "");
        long id = bank.add(3, NORTH, 0, 0.5, "");

        assertThat(id).isEqualTo(4);
        assertThat(ids(bank)).containsExactly(0L, 2L, 3L, 4L);
        assertThat(bank.evicted()).isEqualTo(1);
        assertThat(bank.place(1)).isEqualTo(-1);
        assertThat(bank.place(3)).isEqualTo(2);
    }

    @Test
    void anInstanceDiesOnceItWasUnseenForMoreFramesThanAllowedAndItsNumberIsNotGivenAgain() {
        MemoryBank bank = bank(ReadOut.LAST);
        bank.add(1, EAST, 0, 0.5, "");
        bank.expire(6);
        assertThat(bank.size()).isEqualTo(1);
        bank.expire(7);
        assertThat(bank.size()).isZero();
        assertThat(bank.add(8, EAST, 0, 0.5, "")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(ReadOut.class)
    void aBankRestoredAfterEveryFrameEndsWithTheSameBytes(ReadOut readOut) {
        MemoryBank whole = bank(readOut);
        MemoryPartStore wholeStore = new MemoryPartStore();
        MemoryPartStore store = new MemoryPartStore();
        SplittableRandom random = new SplittableRandom(3);
        for (int frame = 0; frame < 200; frame++) {
            long seed = random.nextLong();
            act(whole, frame, new SplittableRandom(seed));
            MemoryBank restored = MemoryBank.restored(whole.settings(), "s/", store);
            act(restored, frame, new SplittableRandom(seed));
            restored.flush(store);
            if (frame % 7 == 0) {
                whole.flush(wholeStore);
                assertThat(readable(store)).isEqualTo(readable(wholeStore));
            }
        }
        assertThat(whole.evicted()).isPositive();
        assertThat(readable(store).keySet()).anyMatch(name -> name.startsWith("s/bank/image/"));
    }

    /** Sees, adds, expires and indexes as a generator says. */
    private static void act(MemoryBank bank, int frame, SplittableRandom random) {
        double[] embedding = random.doubles(WIDTH, -1, 1).toArray();
        if (frame % 23 == 10) {
            bank.index();
        }
        if (frame % 90 == 80) {
            bank.dropIndex();
        }
        if (bank.size() > 0 && random.nextInt(3) > 0) {
            int place = random.nextInt(bank.size());
            bank.see(place, frame, embedding, 0, random.nextDouble(), "");
        } else {
            bank.add(frame, embedding, 0, random.nextDouble(), "c");
        }
        if (random.nextInt(4) == 0) {
            bank.expire(frame);
        }
    }

    @Test
    void whatAnIndexIsBuiltFromStaysTheSameWhateverHappensToTheEntries() {
        MemoryBank bank =
                new MemoryBank(
                        new BankSettings(1, new BankSettings.Bounds(5, 2, 9, ReadOut.LAST, 1)), "");
        MemoryPartStore store = new MemoryPartStore();
        for (int i = 0; i < 5; i++) {
            bank.add(i, new double[] {i}, 0, 1, "");
        }
        bank.index();
        List<String> before = indexed(bank);
        bank.see(2, 5, new double[] {22}, 0, 1, "");
        bank.see(2, 6, new double[] {222}, 0, 1, "");
        bank.add(7, new double[] {5}, 0, 1, "");
        bank.expire(11);
        bank.flush(store);
        MemoryBank restored = MemoryBank.restored(bank.settings(), "", store);

        assertThat(before).containsExactly("0=0.0", "1=1.0", "2=2.0", "3=3.0", "4=4.0");
        assertThat(ids(bank)).containsExactly(2L, 3L, 4L, 5L);
        for (MemoryBank each : List.of(bank, restored)) {
            assertThat(indexed(each)).isEqualTo(before);
            assertThat(each.stale()).isEqualTo(4);
            assertThat(unindexed(each)).containsExactly(2L, 5L);
            assertThat(each.isIndexed(0)).isFalse();
            assertThat(each.isIndexed(1)).isTrue();
            assertThat(each.isIndexed()).isTrue();
        }
        bank.index();
        assertThat(indexed(bank)).containsExactly("2=222.0", "3=3.0", "4=4.0", "5=5.0");
        assertThat(bank.stale()).isZero();
        bank.dropIndex();
        assertThat(bank.isIndexed()).isFalse();
    }

    private static List<String> indexed(MemoryBank bank) {
        List<String> all = new ArrayList<>();
        bank.forEachIndexed((id, vector) -> all.add(id + "=" + vector[0]));
        return all;
    }

    private static List<Long> unindexed(MemoryBank bank) {
        List<Long> all = new ArrayList<>();
        bank.forEachUnindexed(place -> all.add(bank.get(place).id()));
        return all;
    }

    @Test
    void onlyChangedEntriesAreWritten() {
        MemoryBank bank = bank(ReadOut.LAST);
        Noting store = new Noting();
        bank.add(1, EAST, 0, 0.5, "");
        bank.add(1, NORTH, 0, 0.5, "");
        bank.flush(store);
        store.written.clear();

        bank.flush(store);
        assertThat(store.written).isEmpty();
        bank.see(1, 2, WEST, 0, 0.5, "");
        bank.flush(store);
        assertThat(store.written).containsExactly("s/bank/entry/0000000000000001");
        bank.expire(7);
        bank.flush(store);
        assertThat(store.names("s/bank/entry/")).containsExactly("s/bank/entry/0000000000000001");
    }

    @Test
    void tighterBoundsLetGoOfTheLongestUnseenAndTheOldestEmbeddings() {
        MemoryBank bank = bank(ReadOut.LAST);
        MemoryPartStore store = new MemoryPartStore();
        bank.add(1, EAST, 0, 0.5, "");
        bank.add(2, EAST, 0, 0.5, "");
        bank.see(1, 3, NORTH, 0, 0.6, "");
        bank.flush(store);
        BankSettings tight =
                new BankSettings(WIDTH, new BankSettings.Bounds(1, 1, 5, ReadOut.LAST, 0.75));
        MemoryBank restored = MemoryBank.restored(tight, "s/", store);

        assertThat(ids(restored)).containsExactly(1L);
        assertThat(restored.get(0).cached()).isEqualTo(1);
        assertThat(restored.get(0).embedding(0)).containsExactly(NORTH);
        restored.flush(store);
        MemoryBank again = MemoryBank.restored(tight, "s/", store);
        assertThat(ids(again)).containsExactly(1L);
    }

    @Test
    void aBankOfAnotherWidthOrAverageIsRefusedByName() {
        MemoryPartStore store = new MemoryPartStore();
        bank(ReadOut.LAST).flush(store);

        assertThatThrownBy(
                        () ->
                                MemoryBank.restored(
                                        new BankSettings(
                                                4,
                                                new BankSettings.Bounds(
                                                        4, 3, 5, ReadOut.LAST, 0.75)),
                                        "s/",
                                        store))
                .isInstanceOf(IncompatibleLayoutException.class)
                .hasMessage("bank.width: the snapshot's is 3, the job's 4");
        assertThatThrownBy(() -> MemoryBank.restored(settings(ReadOut.FIXED_MOMENTUM), "s/", store))
                .isInstanceOf(IncompatibleLayoutException.class)
                .hasMessageContaining("bank.read-out");
    }

    @Test
    void anEntryUnderAnothersNameIsRefused() {
        MemoryPartStore store = new MemoryPartStore();
        MemoryBank bank = bank(ReadOut.LAST);
        bank.add(1, EAST, 0, 0.5, "");
        bank.flush(store);
        byte[] entry = store.get("s/bank/entry/0000000000000000").orElseThrow();
        store.put("s/bank/entry/0000000000000001", entry);

        assertThatThrownBy(() -> MemoryBank.restored(bank.settings(), "s/", store))
                .isInstanceOf(DamagedSnapshotException.class)
                .hasMessageContaining("entry 0 in part s/bank/entry/0000000000000001");
    }

    @Test
    void settingsThatCannotBeAreRefusedByName() {
        for (String field : List.of("width", "instances", "history", "dead-frames", "momentum")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () ->
                                    Schema.checked(
                                            new BankSettings(
                                                    field.equals("width") ? 0 : 1,
                                                    new BankSettings.Bounds(
                                                            field.equals("instances") ? 0 : 1,
                                                            field.equals("history") ? 0 : 1,
                                                            field.equals("dead-frames") ? -1 : 1,
                                                            ReadOut.LAST,
                                                            field.equals("momentum") ? 1.5 : 1))))
                    .withMessageContaining(field + ": ")
                    .withMessageContaining("it must be");
        }
    }

    @Test
    void aLargerBankSaysThatItTakesMore() {
        MemoryBank bank = bank(ReadOut.LAST);
        long empty = bank.bytes();
        bank.add(1, EAST, 0, 0.5, "");

        assertThat(bank.bytes() - empty).isGreaterThan(8L * WIDTH * 3);
    }

    private static MemoryBank bank(ReadOut readOut) {
        return new MemoryBank(settings(readOut), "s/");
    }

    private static BankSettings settings(ReadOut readOut) {
        return new BankSettings(WIDTH, new BankSettings.Bounds(4, 3, 5, readOut, 0.75));
    }

    private static List<Long> ids(MemoryBank bank) {
        return IntStream.range(0, bank.size()).mapToObj(place -> bank.get(place).id()).toList();
    }

    private static SortedMap<String, String> readable(MemoryPartStore store) {
        SortedMap<String, String> parts = new TreeMap<>();
        store.parts().forEach((name, bytes) -> parts.put(name, HexFormat.of().formatHex(bytes)));
        return parts;
    }

    /** Notes the names of what is written. */
    private static final class Noting implements PartStore {
        private final MemoryPartStore parts = new MemoryPartStore();
        private final List<String> written = new ArrayList<>();

        @Override
        public Optional<byte[]> get(String name) {
            return parts.get(name);
        }

        @Override
        public void put(String name, byte[] bytes) {
            written.add(name);
            parts.put(name, Arrays.copyOf(bytes, bytes.length));
        }

        @Override
        public void remove(String name) {
            parts.remove(name);
        }

        @Override
        public SortedMap<String, byte[]> parts(String prefix) {
            return parts.parts(prefix);
        }
    }
}
