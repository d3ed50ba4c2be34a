// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.part.ReadableStore;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurvivalLedgerTest {
    private static final long HOUR = 3_600_000L;
    private static final int CAPACITY = 100;

    private static final class Kept extends ReadableStore {
        private final MemoryPartStore parts;

        private Kept() {
            this(new MemoryPartStore());
        }

        private Kept(MemoryPartStore parts) {
            super(parts);
            this.parts = parts;
        }

        private SortedMap<String, String> hex() {
            TreeMap<String, String> hex = new TreeMap<>();
            parts.parts().forEach((name, bytes) -> hex.put(name, HexFormat.of().formatHex(bytes)));
            return hex;
        }
    }

    private static LedgerEntry entry(String creative, long at) {
        LedgerEntry.Content content =
                new LedgerEntry.Content(
                        new CreativeDescription("a" + creative.length(), "", ""),
                        new int[] {1},
                        new int[0],
                        new float[0],
                        new float[0]);
        return new LedgerEntry(creative, content, at, at + 24 * HOUR);
    }

    /** A hundred creatives, one launched each hour. */
    private static Kept hundred() {
        Kept kept = new Kept();
        SurvivalLedger ledger = SurvivalLedger.restored(CAPACITY, kept);
        for (int i = 0; i < CAPACITY; i++) {
            ledger.add(entry("c" + i, i * HOUR));
        }
        ledger.flush(kept);
        kept.asked().clear();
        return kept;
    }

    @Test
    void anEventOfOneCreativeReadsNoOther() {
        Kept kept = hundred();

        SurvivalLedger ledger = SurvivalLedger.restored(CAPACITY, kept);
        assertThat(ledger.find("c7")).isPresent();
        assertThat(ledger.firstEnding(5 * HOUR)).isEmpty();
        ledger.forgetStoppedBefore(5 * HOUR);

        assertThat(kept.asked()).containsExactly("ledger/c7", "order");
        assertThat(ledger.size()).isEqualTo(CAPACITY);
        assertThat(ledger.full()).isTrue();
    }

    @Test
    void anIntervalThatEndsReadsTheHourInWhichItDoes() {
        Kept kept = hundred();

        SurvivalLedger ledger = SurvivalLedger.restored(CAPACITY, kept);
        LedgerEntry first = ledger.firstEnding(24 * HOUR).orElseThrow();
        ledger.survive(first, 48 * HOUR);
        ledger.flush(kept);

        assertThat(first.creative()).isEqualTo("c0");
        assertThat(kept.asked())
                .containsExactly(
                        "ledger/c0",
                        "order",
                        "order/running/0000000000000018",
                        "order/running/0000000000000030");
    }

    @Test
    void noMoreEntriesStayLiveThanMay() {
        Kept kept = hundred();

        SurvivalLedger ledger = SurvivalLedger.restored(CAPACITY, 10, kept, true);
        long none = ledger.bytes();
        for (int i = 0; i < CAPACITY; i++) {
            ledger.find("c" + i);
        }
        long all = ledger.bytes();
        ledger.flush(kept);

        assertThat(ledger.bytes() - none).isCloseTo((all - none) / 10, within(none));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void howItIsReadAndWhenItIsWrittenReachesNoByte(long seed) {
        Kept eager = new Kept();
        Kept lazy = new Kept();
        SurvivalLedger whole = new SurvivalLedger(CAPACITY);
        SurvivalLedger restless = SurvivalLedger.restored(CAPACITY, 3, lazy, true);
        SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < 2_000; step++) {
            long draw = random.nextLong();
            assertThat(happens(restless, step, new SplittableRandom(draw)))
                    .isEqualTo(happens(whole, step, new SplittableRandom(draw)));
            switch (random.nextInt(8)) {
                case 0 -> restless.flush(lazy);
                case 1, 2 -> restless.flushOldest(lazy, 2);
                case 3 -> {
                    restless.flush(lazy);
                    restless = SurvivalLedger.restored(CAPACITY, 3, lazy, random.nextInt(5) > 0);
                }
                default -> {}
            }
        }
        whole.flush(eager);
        restless.flush(lazy);

        assertThat(lazy.hex()).isEqualTo(eager.hex()).isNotEmpty();
        assertThat(running(restless)).isEqualTo(running(whole));
    }

    /** One thing that happens to a ledger; returns what it tells. */
    private static List<String> happens(SurvivalLedger ledger, int step, SplittableRandom random) {
        long at = step * HOUR / 3;
        String creative = "c".repeat(1 + random.nextInt(3)) + random.nextInt(40);
        Optional<LedgerEntry> known = ledger.find(creative);
        int what = random.nextInt(12);
        if (known.isEmpty()) {
            ledger.add(entry(creative, at));
        } else if (what == 0) {
            ledger.forget(known.get());
        } else if (what < 4 && known.get().running()) {
            ledger.stop(known.get(), at, what == 1);
        } else if (what < 6 && !known.get().running()) {
            ledger.reactivate(known.get(), at, at + 24 * HOUR);
        } else {
            known.get().scoredAt(at);
            ledger.touch(known.get());
        }
        ledger.firstEnding(at).ifPresent(due -> ledger.survive(due, due.endsAt() + 24 * HOUR));
        if (what == 11) {
            ledger.forgetStoppedBefore(at - 30 * HOUR);
        }
        List<String> told = new ArrayList<>(List.of(ledger.running() + " of " + ledger.size()));
        if (what == 10) {
            told.addAll(running(ledger));
            ledger.of("a3").forEach(entry -> told.add(entry.creative()));
        }
        return told;
    }

    private static List<String> running(SurvivalLedger ledger) {
        List<String> running = new ArrayList<>();
        ledger.runningEntries().forEach(entry -> running.add(entry.creative()));
        return running;
    }

    @Test
    void anOrderThatIsNotBelievedIsMadeAnew() {
        Kept kept = hundred();
        SortedMap<String, String> before = kept.hex();
        kept.parts.remove("order/running/0000000000000018");
        kept.parts.put("order/stopped/0000000000000001", new byte[] {1});

        SurvivalLedger.restored(CAPACITY, kept, false).flush(kept);

        assertThat(kept.hex()).isEqualTo(before);
    }

    @Test
    void anEntryThatIsGoneIsNamed() {
        Kept kept = hundred();
        kept.remove("ledger/c0");
        SurvivalLedger ledger = SurvivalLedger.restored(CAPACITY, kept);

        assertThatThrownBy(() -> ledger.firstEnding(24 * HOUR))
                .isInstanceOf(DamagedSnapshotException.class)
                .hasMessage("part 'ledger/c0' is gone");
    }

    @Test
    void anHourThatIsGoneIsNamed() {
        Kept kept = hundred();
        kept.remove("order/running/0000000000000018");
        SurvivalLedger ledger = SurvivalLedger.restored(CAPACITY, kept);

        assertThatThrownBy(() -> ledger.firstEnding(24 * HOUR))
                .isInstanceOf(DamagedSnapshotException.class)
                .hasMessage("part 'order/running/0000000000000018' is gone");
    }
}
