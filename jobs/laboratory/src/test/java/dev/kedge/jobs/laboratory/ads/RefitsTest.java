// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.laboratory.ads.replay.Lives;
import dev.kedge.jobs.laboratory.ads.replay.Rival;
import dev.kedge.jobs.laboratory.data.CreativeLife;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefitsTest {
    private static final long DAY = 86_400_000L;
    private static final double BOUNDARY = 7;

    private final List<List<CreativeLife>> pasts = new ArrayList<>();
    private final List<CreativeLife> lives =
            List.of(
                    Lives.stopped("a", "x", 0, 4),
                    Lives.stopped("b", "x", 1, 30),
                    Lives.stopped("c", "x", 10, 60),
                    Lives.stopped("d", "x", 15, 70),
                    Lives.running("e", "x", 21, 90));

    @Test
    void eachFitKnowsTheCreativesLaunchedBeforeItAsTheyWereKnownThen() {
        new Refits(lives, 2, 10 * DAY, BOUNDARY).rival("fits", this::fit);

        // Fits on days 10 and 20; the last creative reaches the boundary on day 28.
        assertThat(pasts).hasSize(2);
        assertThat(pasts.get(0)).extracting(CreativeLife::days).containsExactly(4.0, 9.0);
        assertThat(pasts.get(0)).extracting(CreativeLife::stopped).containsExactly(true, false);
        assertThat(pasts.get(1))
                .extracting(CreativeLife::days)
                .containsExactly(4.0, 19.0, 10.0, 5.0);
        assertThat(pasts.get(1))
                .extracting(CreativeLife::stopped)
                .containsExactly(true, false, false, false);
    }

    @Test
    void creativesAreScoredByTheNewestFitBeforeTheMomentThatCounts() {
        Rival rival = new Refits(lives, 2, 10 * DAY, BOUNDARY).rival("fits", this::fit);

        // 'd' is launched on day 15, before the second fit, and reaches the boundary after it.
        assertThat(rival.atLaunch()).containsExactly(Double.NaN, Double.NaN, 1.02, 1.03, 2.04);
        assertThat(rival.atBoundary()).containsExactly(Double.NaN, Double.NaN, 1.02, 2.03, 2.04);
        assertThat(rival.cutOut()[4]).isEqualTo(-2.04);
        assertThat(rival.survival()).isEmpty();
    }

    private Refits.Fit fit(List<CreativeLife> past) {
        pasts.add(past);
        int number = pasts.size();
        return new Refits.Fit() {
            @Override
            public Refits.Said atLaunch(int creative) {
                double risk = atBoundary(creative);
                return new Refits.Said(-risk, risk, new double[0]);
            }

            @Override
            public double atBoundary(int creative) {
                return number + creative / 100.0;
            }
        };
    }
}
