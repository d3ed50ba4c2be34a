// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracking;

import dev.kedge.operators.ctvis.metrics.ClearFigures;
import dev.kedge.operators.ctvis.metrics.HotaFigures;
import dev.kedge.operators.ctvis.metrics.IdentityFigures;

/**
 * What came out of a run.
 *
 * @param variant what was learned, and how it tracked
 * @param seed the run's seed
 * @param identity identity figures of the videos tracked
 * @param clear CLEAR figures
 * @param hota HOTA figures
 * @param threshold threshold of cosines that was chosen; 0 for none
 * @param framesPerSecond frames learned in a second; depends on the machine
 */
record TrackResult(
        Variant variant,
        long seed,
        IdentityFigures identity,
        ClearFigures clear,
        HotaFigures hota,
        double threshold,
        double framesPerSecond) {

    /** A figure of the table. */
    enum Figure {
        IDF1 {
            @Override
            double of(TrackResult result) {
                return 100 * result.identity().f1();
            }
        },
        ID_SWITCHES {
            @Override
            double of(TrackResult result) {
                return result.clear().switches();
            }
        },
        HOTA {
            @Override
            double of(TrackResult result) {
                return 100 * HotaFigures.mean(result.hota().hota());
            }
        },
        DETA {
            @Override
            double of(TrackResult result) {
                return 100 * HotaFigures.mean(result.hota().detection());
            }
        },
        ASSA {
            @Override
            double of(TrackResult result) {
                return 100 * HotaFigures.mean(result.hota().association());
            }
        },
        MOTA {
            @Override
            double of(TrackResult result) {
                return 100 * result.clear().accuracy();
            }
        };

        abstract double of(TrackResult result);
    }
}
