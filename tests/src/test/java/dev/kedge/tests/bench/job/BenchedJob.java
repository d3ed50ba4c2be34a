// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import java.util.Locale;

/** The jobs that can be measured. */
enum BenchedJob {
    /** Ads, statistics once a day, by the market simulator. */
    ADS,
    /** Ads, statistics every hour. */
    ADS_HOURLY,
    /** A continual classifier. */
    CLASSIFIER,
    /** A tracker with a memory bank. */
    TRACKER;

    Workload at(Scale scale) {
        return switch (this) {
            case ADS -> new AdWorkload(scale, false);
            case ADS_HOURLY -> new AdWorkload(scale, true);
            case CLASSIFIER -> new ClassifierWorkload(scale);
            case TRACKER -> new TrackerWorkload(scale);
        };
    }

    /** As it is named on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
