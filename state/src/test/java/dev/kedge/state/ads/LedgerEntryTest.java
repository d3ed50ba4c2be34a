// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.part.MemoryPartStore;
import org.junit.jupiter.api.Test;

class LedgerEntryTest {
    private static final long DAY = 86_400_000L;

    private static LedgerEntry entry(String creative) {
        return new LedgerEntry(
                creative,
                new LedgerEntry.Content(
                        new CreativeDescription("acme", "héllo", ""),
                        new int[] {1, 2},
                        new int[] {3},
                        new float[] {4},
                        new float[0]),
                0,
                DAY);
    }

    private static LedgerEntry.Report report(int period, long clicks) {
        return new LedgerEntry.Report(
                period, (period + 1) * DAY, (period + 1) * DAY, 100, clicks, 1, 2.5);
    }

    @Test
    void aReportIsKnownToTheIntervalsThatBeginAfterItsPeriodAndToNoEarlierOne() {
        LedgerEntry entry = entry("c");
        entry.report(report(0, 10));
        entry.report(report(1, 20));

        assertThat(entry.current().clicks()).isEqualTo(30);
        assertThat(entry.atIntervalStart().clicks()).isZero();

        entry.survive(2 * DAY);
        assertThat(entry.atIntervalStart().clicks()).as("period 1 is still running").isEqualTo(10);

        entry.survive(3 * DAY);
        assertThat(entry.atIntervalStart().clicks()).isEqualTo(30);
    }

    @Test
    void aLateReportCorrectsTheOpenInterval() {
        LedgerEntry entry = entry("c");
        entry.survive(2 * DAY);
        entry.report(report(0, 7));

        assertThat(entry.atIntervalStart().clicks()).isEqualTo(7);
    }

    @Test
    void aPeriodIsReportedOnce() {
        LedgerEntry entry = entry("c");
        entry.report(report(3, 1));
        entry.report(report(1, 1));

        assertThat(entry.hasReport(3)).isTrue();
        assertThat(entry.hasReport(1)).isTrue();
        assertThat(entry.hasReport(2)).isFalse();
        assertThat(entry.hasReport(4)).isFalse();
        entry.report(report(100, 1));
        assertThat(entry.hasReport(2)).as("too old to tell").isTrue();
        assertThat(entry.hasReport(99)).isFalse();
    }

    @Test
    void aCurrencyIsKeptAndAnEntryWithoutOneIsWrittenAsBefore() {
        LedgerEntry.Content none = entry("c").content();
        LedgerEntry with =
                new LedgerEntry(
                        "c",
                        new LedgerEntry.Content(
                                new CreativeDescription("acme", "héllo", "EUR"),
                                none.tokens(),
                                none.categories(),
                                none.facts(),
                                none.embedding()),
                        0,
                        DAY);
        byte[] before = entry("c").toBytes();

        assertThat(Envelope.header(before).version()).isEqualTo(3);
        assertThat(LedgerEntry.fromBytes(before).content().description().currency()).isEmpty();
        assertThat(Envelope.header(with.toBytes()).version()).isEqualTo(4);
        LedgerEntry back = LedgerEntry.fromBytes(with.toBytes());
        assertThat(back.content().description())
                .isEqualTo(new CreativeDescription("acme", "héllo", "EUR"));
        assertThat(back.toBytes()).isEqualTo(with.toBytes()).hasSize(before.length + 4 + 3);
    }

    @Test
    void theBytesHoldEverything() {
        LedgerEntry entry = entry("c");
        entry.report(report(0, 10));
        entry.report(report(5, 20));
        entry.survive(2 * DAY);
        entry.rankedAtLaunch(-3.5, 0.25);
        byte[] bytes = entry.toBytes();

        LedgerEntry back = LedgerEntry.fromBytes(bytes);

        assertThat(back.toBytes()).isEqualTo(bytes);
        assertThat(back.riskAtLaunch()).hasValue(-3.5);
        assertThat(back.cutOutAtLaunch()).hasValue(0.25);
        assertThat(back.riskAtBoundary()).isEmpty();
        back.survive(3 * DAY);
        entry.survive(3 * DAY);
        assertThat(back.toBytes()).isEqualTo(entry.toBytes());
    }

    @Test
    void damagedBytesAreRefused() {
        byte[] bytes = entry("c").toBytes();
        bytes[40] ^= 1;

        assertThatThrownBy(() -> LedgerEntry.fromBytes(bytes))
                .isInstanceOf(DamagedSnapshotException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void aNewSpellHasAClockOfItsOwnAndNothingReported() {
        LedgerEntry entry = entry("c");
        entry.report(report(0, 10));
        entry.stop(DAY / 2, false);
        entry.reactivate(5 * DAY, 6 * DAY);

        assertThat(entry.spell()).isEqualTo(1);
        assertThat(entry.running()).isTrue();
        assertThat(entry.current().impressions()).isZero();
        assertThat(entry.hasReport(0)).isFalse();
    }

    @Test
    void theLedgerWritesOnlyWhatChangedAndForgetsWhatIsOld() {
        MemoryPartStore store = new MemoryPartStore();
        SurvivalLedger ledger = new SurvivalLedger(10);
        LedgerEntry a = entry("a");
        ledger.add(a);
        ledger.add(entry("b"));
        ledger.flush(store);
        store.remove("ledger/b");

        ledger.stop(a, DAY, false);
        ledger.flush(store);

        assertThat(store.names("ledger/")).containsExactly("ledger/a");
        assertThat(ledger.running()).isEqualTo(1);
        ledger.forgetStoppedBefore(2 * DAY);
        ledger.flush(store);
        assertThat(store.names("ledger/")).isEmpty();
        assertThat(ledger.size()).isEqualTo(1);
    }

    @Test
    void aRestoredLedgerEndsIntervalsInTheSameOrder() {
        MemoryPartStore store = new MemoryPartStore();
        SurvivalLedger ledger = new SurvivalLedger(10);
        ledger.add(entry("b"));
        ledger.add(entry("a"));
        ledger.flush(store);

        SurvivalLedger back = SurvivalLedger.restored(10, store);

        assertThat(back.firstEnding(DAY).orElseThrow().creative()).isEqualTo("a");
        assertThat(back.firstEnding(DAY - 1)).isEmpty();
    }
}
