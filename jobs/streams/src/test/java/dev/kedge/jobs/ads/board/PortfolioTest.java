// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortfolioTest {
    private static final List<CreativeScore> SCORES =
            List.of(
                    Samples.score("a", 1, -5, Action.STOP),
                    Samples.score("b", 1, -5, Action.STOP),
                    Samples.score("c", 1, -5, Action.STOPPED),
                    new Samples("video", "d", "Shoes", 1, -1, Action.KEEP).score());

    @Test
    void addsUpRunningCreativesByAdvice() {
        Portfolio portfolio = Portfolio.of(SCORES, Optional.empty(), 7);

        Portfolio.Share stop = portfolio.shares().get(Action.STOP);
        assertThat(stop.creatives()).isEqualTo(2);
        assertThat(stop.spent()).isEqualTo(25.0);
        assertThat(stop.spending()).isEqualTo(3.0);
        assertThat(stop.atRisk()).isCloseTo(0.9, within(1e-12));
        assertThat(stop.probability()).isCloseTo(0.3, within(1e-12));
        assertThat(stop.expectedWaste()).isCloseTo(0.9, within(1e-12));
        assertThat(portfolio.total().creatives()).isEqualTo(3);
        assertThat(portfolio.shares()).doesNotContainKeys(Action.STOPPED, Action.LOST);
    }

    @Test
    void addsUpOneModelAlone() {
        Portfolio portfolio = Portfolio.of(SCORES, Optional.of("video"), 1);

        assertThat(portfolio.total().creatives()).isEqualTo(1);
        assertThat(portfolio.total().atRisk()).isCloseTo(0.3, within(1e-12));
        assertThat(portfolio.shares().get(Action.STOP).probability()).isNaN();
    }
}
