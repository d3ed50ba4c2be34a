// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.replay;

import dev.kedge.jobs.laboratory.data.CreativeLife;
import dev.kedge.operators.ads.creative.CreativeContent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import java.util.Map;

/** Lives, in days since one moment. */
public final class Lives {
    /** The model of all of them. */
    public static final String MODEL = "m";

    private static final long DAY = 86_400_000L;

    private Lives() {}

    /** One that is stopped. */
    public static CreativeLife stopped(String creative, String advertiser, double from, double to) {
        return new CreativeLife(launched(creative, advertiser, from), at(to), true);
    }

    /** One that is censored. */
    public static CreativeLife running(String creative, String advertiser, double from, double to) {
        return new CreativeLife(launched(creative, advertiser, from), at(to), false);
    }

    private static CreativeLaunched launched(String creative, String advertiser, double day) {
        CreativeContent content =
                CreativeContent.of(advertiser, "", Map.of(), Map.of(), new float[0]);
        return new CreativeLaunched(MODEL, creative, at(day), content);
    }

    private static long at(double day) {
        return 1_600_000_000_000L + Math.round(day * DAY);
    }
}
