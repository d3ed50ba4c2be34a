// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.laboratory.data.CreativeLife;
import dev.kedge.operators.ads.creative.CreativeScore.RemainingDays;
import dev.kedge.operators.ads.intervals.IntervalSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntervalJudgeTest {
    private static final IntervalJudge JUDGE = new IntervalJudge(IntervalSettings.DEFAULT);
    private static final double OPEN = Double.NaN;

    private final List<CreativeLife> lives = new ArrayList<>();
    private final List<Optional<RemainingDays>> said = new ArrayList<>();

    private void add(double days, boolean stopped, double low, double high) {
        add("acme", days, stopped, Optional.of(new RemainingDays(0.9, low, high)));
    }

    private void add(
            String advertiser, double days, boolean stopped, Optional<RemainingDays> interval) {
        lives.add(
                stopped
                        ? Lives.stopped("c", advertiser, 0, days)
                        : Lives.running("c", advertiser, 0, days));
        said.add(interval);
    }

    @Test
    void anIntervalHoldsWhereTheCreativeStopsInIt() {
        add(5, true, 2, 9);
        add(1, true, 2, 9);
        add(10, true, 2, 9);
        add(200, true, 2, OPEN);

        assertThat(JUDGE.judge(lives, said).coverage()).isEqualTo(0.5);
        assertThat(JUDGE.judge(lives, said).open()).isEqualTo(0.25);
        assertThat(JUDGE.judge(lives, said).width()).isEqualTo(7);
    }

    @Test
    void ofWhomItIsNotKnownNobodyIsJudged() {
        add(5, false, 2, 9);
        add(1, false, 2, OPEN);
        add(3, false, 2, OPEN);
        add(10, false, 2, 9);
        add("acme", 3, true, Optional.empty());

        assertThat(JUDGE.judge(lives, said).coverage()).isEqualTo(0.5);
    }

    @Test
    void groupsWithEnoughAreToldApart() {
        int of = IntervalSettings.DEFAULT.group("acme");
        String other = "x";
        while (IntervalSettings.DEFAULT.group(other) == of) {
            other += "x";
        }
        for (int i = 0; i < 60; i++) {
            add("acme", i < 45 ? 5 : 1, true, Optional.of(new RemainingDays(0.9, 2, 9)));
            add(other, 5, true, Optional.of(new RemainingDays(0.9, 2, 9)));
        }

        IntervalJudge.Figures figures = JUDGE.judge(lives, said);
        assertThat(figures.coverage()).isEqualTo(0.875);
        assertThat(figures.lowestGroup()).isEqualTo(0.75);
        assertThat(figures.highestGroup()).isEqualTo(1);
    }

    @Test
    void whoSaysNothingHasNoFigures() {
        add("acme", 3, true, Optional.empty());

        assertThat(JUDGE.judge(lives, said)).isEqualTo(IntervalJudge.Figures.NONE);
        assertThat(JUDGE.judge(lives, List.of())).isEqualTo(IntervalJudge.Figures.NONE);
    }
}
