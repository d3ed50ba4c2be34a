// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.ads.creative.ModelMetrics.ExpertShare;
import dev.kedge.operators.ads.experts.ExpertSettings;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Command.Verb;
import dev.kedge.state.ads.CreativeDescription;
import dev.kedge.state.ads.LedgerEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A live model whose net is mixed with simple methods. */
class ExpertsModelTest {
    private static final DiscontinuationSettings ON = DiscontinuationSettings.DEFAULT;
    private static final DiscontinuationSettings OFF =
            ON.with("experts", new ExpertSettings(false, 0, 0.02, 1 << 15));
    private static final String PARTS = "mixture/";
    private static final LedgerEntry.Content SHOWN =
            new LedgerEntry.Content(
                    CreativeDescription.NONE, new int[0], new int[0], new float[0], new float[0]);

    /** Advertisers of whom all else is the same: one stops after 2 days, one after 20. */
    private static Bench taught(DiscontinuationSettings settings) {
        Bench bench = new Bench(settings);
        for (int day = 0; day < 60; day++) {
            bench.send(Bench.launchedBy("q" + day, day, "quick", "words"));
            bench.send(Bench.launchedBy("s" + day, day + 0.01, "slow", "words"));
            if (day >= 2) {
                bench.send(Bench.stopped("q" + (day - 2), day + 0.02));
            }
            if (day >= 20) {
                bench.send(Bench.stopped("s" + (day - 20), day + 0.03));
            }
        }
        return bench;
    }

    private static double risk(Bench bench, String advertiser, double day) {
        String id = advertiser + "-asked-" + day;
        bench.send(Bench.launchedBy(id, day, advertiser, "words"));
        return bench.lastScore().forecast().risk();
    }

    @Test
    void theAdvertisersPastDecidesWhereNothingElseTells() {
        try (Bench bench = taught(ON)) {
            assertThat(risk(bench, "quick", 60)).isGreaterThan(risk(bench, "slow", 60.1) + 5);
        }
    }

    @Test
    void aForgottenAdvertiserIsScoredAsOneThatNobodyKnows() {
        try (Bench bench = taught(ON);
                Bench other = taught(ON)) {
            bench.obey(new Command(Verb.FORGET_ADVERTISER, Command.EVERY, "quick", 0, 0, 0));
            double gap = risk(bench, "quick", 60) - risk(bench, "slow", 60.1);
            double before = risk(other, "quick", 60) - risk(other, "slow", 60.1);

            assertThat(gap).isLessThan(before - 1);
        }
    }

    @Test
    void theMetricsTellWhoDecidesNow() {
        try (Bench bench = taught(ON)) {
            ModelMetrics last = bench.metrics.get(bench.metrics.size() - 1);

            List<ExpertShare> shares = last.experts();
            assertThat(shares)
                    .extracting(ExpertShare::expert)
                    .containsExactly(
                            "all creatives",
                            "advertiser's life table",
                            "advertiser's pace",
                            "advertiser's durations",
                            "linear",
                            "net",
                            "together");
            double launch = 0;
            double later = 0;
            for (ExpertShare share : shares.subList(0, 6)) {
                launch += share.launch();
                later += share.later();
            }
            assertThat(launch).isBetween(1 - 1e-9, 1 + 1e-9);
            assertThat(later).isBetween(1 - 1e-9, 1 + 1e-9);
            assertThat(shares.get(1).loss()).isLessThan(shares.get(0).loss());
        }
    }

    /**
     * A report comes before the interval that it ends is closed, which lateness puts off. The next
     * interval is scored then, and yet this one has to be judged: a stop, which comes at once, is
     * not the only outcome.
     */
    @Test
    void anIntervalThatWasOutlivedJudgesWhatWasForetoldOfItBeforeItBegan() {
        try (Bench bench = new Bench(ON)) {
            bench.send(Bench.launchedBy("c", 0, "acme", "words"));
            for (int day = 1; day < 40; day++) {
                bench.send(Bench.statistics("c", day + 0.01, day - 1, 1000, 10));
            }

            ModelMetrics last = bench.metrics.get(bench.metrics.size() - 1);

            assertThat(last.learned().discontinuations()).isZero();
            assertThat(later(last, "all creatives"))
                    .isNotCloseTo(later(last, "advertiser's durations"), withinPercentage(10));
        }
    }

    private static double later(ModelMetrics metrics, String expert) {
        return metrics.experts().stream()
                .filter(one -> one.expert().equals(expert))
                .findFirst()
                .orElseThrow()
                .later();
    }

    @Test
    void aModelThatBeganWithoutThemGoesOnAsItWas() {
        try (Bench alone = taught(OFF);
                Bench mixed = taught(OFF).flush().reopened(ON)) {
            double said = risk(mixed, "quick", 60);

            assertThat(said).isEqualTo(risk(alone, "quick", 60));
            assertThat(mixed.flush().store.names(PARTS)).isEmpty();
            assertThat(mixed.lastScore().outlook().survival())
                    .isEqualTo(alone.lastScore().outlook().survival());
        }
    }

    @Test
    void switchedOffTheyAreLeftOutAndSwitchedOnAgainTheyAreAsTheyWere() {
        try (Bench on = taught(ON).flush();
                Bench off = on.reopened(OFF)) {
            double without = risk(off, "quick", 60);
            try (Bench again = on.reopened(ON)) {
                assertThat(risk(again, "quick", 60)).isEqualTo(risk(on, "quick", 60));
                assertThat(without).isNotEqualTo(again.lastScore().forecast().risk());
            }
        }
    }

    @Test
    void whatIsForetoldIsForgottenOnceItIsOver() {
        LedgerEntry entry = new LedgerEntry("c", SHOWN, 0, Bench.DAY);
        entry.forecasts().launched(new double[] {1, 2});
        entry.stop(Bench.DAY, false);

        assertThat(entry.forecasts().isEmpty()).isTrue();
    }

    @Test
    void pausedTheyLearnNothing() {
        try (Bench bench = taught(ON).flush()) {
            byte[] before = bench.store.get("mixture/experts").orElseThrow();
            bench.obey(new Command(Verb.PAUSE, Command.EVERY, "", 0, 0, 0));
            bench.send(Bench.stopped("q59", 60)).send(Bench.stopped("s59", 61)).flush();

            assertThat(bench.store.get("mixture/experts").orElseThrow()).isEqualTo(before);
        }
    }

    @Test
    void hiddenTheAdvertisersPastIsHiddenFromAllOfThem() {
        try (Bench bench = taught(ON)) {
            risk(bench, "quick", 60);
            CreativeScore quick = bench.lastScore();
            risk(bench, "nobody", 60.1);
            CreativeScore unknown = bench.lastScore();

            assertThat(past(quick)).isGreaterThan(0.1);
            assertThat(Math.abs(past(unknown))).isLessThan(past(quick) / 2);
        }
    }

    private static double past(CreativeScore score) {
        return score.advice().contributions().stream()
                .filter(one -> one.group().equals("advertiser's past"))
                .findFirst()
                .orElseThrow()
                .change();
    }
}
