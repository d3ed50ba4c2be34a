// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.tracker.ctvis.TrackingSettings.Search;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.bank.ReadOut;
import dev.kedge.state.part.MemoryPartStore;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApproximateSearchTest {
    private static final int WIDTH = 16;
    private static final int ENTRIES = 2500;
    private static final int QUERIES = 100;
    private static final int TOP = 10;
    private static final Search SEARCH = new Search(200, 40, 0.25);

    private final SplittableRandom random = new SplittableRandom(12);

    @ParameterizedTest
    @EnumSource(Match.class)
    void nineteenOfTwentyNearestEntriesAreFoundAmongAFewOfMany(Match match) {
        MemoryBank bank = filled(ENTRIES);
        ApproximateSearch search = search(match);
        int found = 0;
        int looked = 0;
        for (int q = 0; q < QUERIES; q++) {
            double[] query = vector();
            int[] places = search.places(bank, query, new int[] {0});
            looked += places.length;
            int[] nearest = nearest(bank, query, match);
            found += (int) Arrays.stream(nearest).filter(p -> contains(places, p)).count();
        }

        assertThat(found / (double) (QUERIES * TOP)).isGreaterThan(0.95);
        assertThat(looked).isEqualTo(40 * QUERIES);
    }

    private static boolean contains(int[] sorted, int place) {
        return Arrays.binarySearch(sorted, place) >= 0;
    }

    private static int[] nearest(MemoryBank bank, double[] query, Match match) {
        int[] all = IntStream.range(0, bank.size()).toArray();
        double[] scores = new MatchScores(match).of(query, new int[] {0}, bank, all);
        return IntStream.of(all)
                .boxed()
                .sorted(Comparator.comparingDouble(place -> -scores[place]))
                .limit(TOP)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @ParameterizedTest
    @EnumSource(Match.class)
    void whatIsFoundDoesNotDependOnWhenTheBankWasRestored(Match match) {
        MemoryBank whole = filled(300);
        MemoryPartStore store = new MemoryPartStore();
        filled(300).flush(store);
        ApproximateSearch search = search(match);
        int builds = whole.generation();
        for (int frame = 1; frame < 12; frame++) {
            double[] query = vector();
            MemoryBank restored = MemoryBank.restored(whole.settings(), "", store);
            int[] expected = search.places(whole, query, new int[] {0});
            int[] actual = search(match).places(restored, query, new int[] {0});

            assertThat(actual).isEqualTo(expected);
            for (int n = 0; n < 20; n++) {
                int place = random.nextInt(whole.size());
                double[] seen = vector();
                whole.see(place, frame, seen, 0, 1, "");
                restored.see(place, frame, seen, 0, 1, "");
            }
            whole.add(frame, query, 0, 1, "");
            restored.add(frame, query, 0, 1, "");
            restored.flush(store);
        }
        assertThat(whole.generation() - builds).isGreaterThan(1);
    }

    @ParameterizedTest
    @EnumSource(Match.class)
    void whatChangedSinceTheIndexWasBuiltIsAlwaysLookedAt(Match match) {
        MemoryBank bank = filled(300);
        ApproximateSearch search = search(match);
        double[] query = vector();
        search.places(bank, query, new int[] {0});
        double[] away = Arrays.stream(query).map(x -> -x).toArray();
        bank.see(17, 1, away, 0, 1, "");
        bank.add(1, away, 0, 1, "");

        assertThat(search.places(bank, query, new int[] {0})).contains(17, 300);
    }

    @ParameterizedTest
    @EnumSource(Match.class)
    void aBankThatHasShrunkIsSearchedInFull(Match match) {
        MemoryBank bank = filled(300);
        ApproximateSearch search = search(match);
        search.places(bank, vector(), new int[] {0});
        assertThat(bank.isIndexed()).isTrue();
        bank.expire(1000);
        bank.add(1000, vector(), 0, 1, "");

        assertThat(search.places(bank, vector(), new int[] {0})).containsExactly(0);
        assertThat(bank.isIndexed()).isFalse();
    }

    private static MemoryBank filled(int entries) {
        SplittableRandom own = new SplittableRandom(99);
        MemoryBank bank =
                new MemoryBank(
                        new BankSettings(
                                WIDTH,
                                new BankSettings.Bounds(2 * ENTRIES, 1, 99, ReadOut.LAST, 1)),
                        "");
        for (int i = 0; i < entries; i++) {
            bank.add(0, own.doubles(WIDTH, -1, 1).toArray(), 0, 1, "");
        }
        return bank;
    }

    private double[] vector() {
        return random.doubles(WIDTH, -1, 1).toArray();
    }

    private static ApproximateSearch search(Match match) {
        return new ApproximateSearch(SEARCH, match == Match.COSINE);
    }
}
