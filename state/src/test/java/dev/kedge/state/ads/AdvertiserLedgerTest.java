// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.state.ads.AdvertiserLedger.Past;
import dev.kedge.state.part.MemoryPartStore;
import org.junit.jupiter.api.Test;

class AdvertiserLedgerTest {
    private static final long DAY = 86_400_000L;

    private final AdvertiserLedger ledger = new AdvertiserLedger(640);

    @Test
    void anAdvertiserNobodyHeardOfHasNoPast() {
        assertThat(ledger.of("acme")).isEqualTo(Past.NONE);
        assertThat(ledger.all()).isEqualTo(Past.NONE);
    }

    @Test
    void stoppedOnesCountTheirLogDaysAndRunningOnesTheirExposure() {
        ledger.launched("acme", 0);
        ledger.launched("acme", 2 * DAY);
        ledger.launched("other", 2 * DAY);
        ledger.stopped("acme", 0, 3 * DAY);

        Past acme = ledger.of("acme");
        assertThat(acme.stopped()).isEqualTo(1);
        assertThat(acme.running()).isEqualTo(1);
        assertThat(acme.logDays()).isCloseTo(Math.log(4), within(1e-12));
        assertThat(acme.exposureDays(5 * DAY)).isEqualTo(3 + 3);
        assertThat(ledger.all().exposureDays(5 * DAY)).isEqualTo(3 + 3 + 3);
    }

    @Test
    void theLostOneAddsExposureAndNoStop() {
        ledger.launched("acme", 0);
        ledger.lost("acme", 0, 4 * DAY);

        assertThat(ledger.of("acme")).isEqualTo(new Past(0, 0, 4 * DAY, 0, 0));
    }

    @Test
    void theAdvertiserHeardOfLongestAgoIsForgottenFirst() {
        AdvertiserLedger small = new AdvertiserLedger(64);
        // "Aa" and "BB" share a hash, so a bucket.
        small.launched("Aa", 0);
        small.launched("BB", 0);

        assertThat(small.of("Aa")).isEqualTo(Past.NONE);
        assertThat(small.of("BB").running()).isEqualTo(1);
        assertThat(small.all().running()).as("all are still counted").isEqualTo(2);
    }

    @Test
    void aStopOfAForgottenAdvertiserDoesNotCountBelowNothing() {
        ledger.stopped("acme", 0, DAY);

        assertThat(ledger.of("acme").running()).isZero();
        assertThat(ledger.of("acme").starts()).isZero();
    }

    @Test
    void onlyWhatChangedIsWrittenAndAllComesBack() {
        MemoryPartStore store = new MemoryPartStore();
        ledger.launched("acme", DAY);
        ledger.launched("other", DAY);
        ledger.flush(store);
        store.names("").forEach(store::remove);
        ledger.stopped("acme", DAY, 2 * DAY);
        ledger.flush(store);

        assertThat(store.names("")).hasSize(2).contains("advertisers/all");
        AdvertiserLedger back = AdvertiserLedger.restored(640, store);
        assertThat(back.of("acme")).isEqualTo(ledger.of("acme"));
        assertThat(back.all()).isEqualTo(ledger.all());
    }

    @Test
    void withNoCapacityNothingIsKeptOrWritten() {
        AdvertiserLedger none = new AdvertiserLedger(0);
        MemoryPartStore store = new MemoryPartStore();
        none.launched("acme", 0);
        none.flush(store);

        assertThat(none.of("acme")).isEqualTo(Past.NONE);
        assertThat(store.names("")).containsOnly("advertisers/all");
    }
}
