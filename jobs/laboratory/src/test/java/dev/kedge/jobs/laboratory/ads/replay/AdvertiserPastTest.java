// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.jobs.laboratory.ads.replay.AdvertiserPast.Past;
import dev.kedge.jobs.laboratory.data.CreativeLife;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdvertiserPastTest {
    @Test
    void onlyStopsBeforeALaunchAreKnownAtIt() {
        List<CreativeLife> lives =
                List.of(
                        Lives.stopped("a", "acme", 0, 3),
                        Lives.stopped("b", "acme", 2, 9),
                        Lives.running("c", "acme", 4, 20),
                        Lives.stopped("d", "acme", 12, 13));

        List<Past> pasts = AdvertiserPast.of(lives);

        assertThat(pasts).extracting(Past::known).containsExactly(0L, 0L, 1L, 2L);
        assertThat(pasts.get(2).meanLogDays()).isCloseTo(Math.log(4), within(1e-12));
        assertThat(pasts.get(3).meanLogDays())
                .isCloseTo((Math.log(4) + Math.log(8)) / 2, within(1e-12));
    }

    @Test
    void whoIsNotKnownGetsTheMeanOfAll() {
        List<Past> pasts =
                AdvertiserPast.of(
                        List.of(
                                Lives.stopped("a", "acme", 0, 3),
                                Lives.stopped("b", "other", 5, 9)));

        assertThat(pasts.get(1)).isEqualTo(new Past(Math.log(4), 0));
    }
}
