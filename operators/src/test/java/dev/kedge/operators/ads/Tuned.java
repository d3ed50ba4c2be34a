// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.DiscontinuationSettings.Features;
import dev.kedge.operators.ads.DiscontinuationSettings.Heads;
import dev.kedge.operators.ads.DiscontinuationSettings.Learning;
import dev.kedge.operators.ads.DiscontinuationSettings.OptimiserName;
import dev.kedge.operators.ads.DiscontinuationSettings.TermFactors;
import dev.kedge.operators.learner.RateSchedule;
import java.time.Duration;
import java.util.List;

/** The default settings with a few changes. */
final class Tuned {
    private static final DiscontinuationSettings D = DiscontinuationSettings.DEFAULT;

    private Tuned() {}

    static DiscontinuationSettings with(OptimiserName optimiser, int batch) {
        return with(optimiser, batch, RateSchedule.CONSTANT);
    }

    static DiscontinuationSettings with(OptimiserName optimiser, int batch, RateSchedule rates) {
        Learning learning =
                new Learning(
                        optimiser,
                        0.002,
                        batch,
                        Duration.ofDays(1),
                        1,
                        1,
                        0.05,
                        rates,
                        Heads.TWO_TERM,
                        List.of(),
                        TermFactors.FIXED);
        return of(D.intervals(), D.features(), learning);
    }

    static DiscontinuationSettings withTextBuckets(int buckets) {
        Features f = D.features();
        return of(
                D.intervals(),
                new Features(
                        f.text(),
                        f.maxTokens(),
                        buckets,
                        f.categories(),
                        f.categoryBuckets(),
                        f.facts(),
                        f.embedding(),
                        f.delivery(),
                        f.advertisers()),
                D.learning());
    }

    static DiscontinuationSettings withCuts(List<Double> cuts) {
        return of(new DiscontinuationSettings.Cuts(cuts, 14), D.features(), D.learning());
    }

    private static DiscontinuationSettings of(
            DiscontinuationSettings.Cuts cuts, Features features, Learning learning) {
        return D.with("intervals", cuts).with("features", features).with("learning", learning);
    }
}
