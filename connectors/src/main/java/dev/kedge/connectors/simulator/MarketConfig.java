// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.simulator;

import dev.kedge.state.settings.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What is simulated.
 *
 * @param seed everything follows from it
 * @param markets how many markets, each a model
 * @param launchesPerDay mean launches a day in each market
 * @param start first moment
 * @param days how long launches and reports go on
 * @param lateShare share of reports that arrive late
 * @param latest longest delay of a late report
 * @param duplicateShare share of reports that arrive twice
 * @param brokenShare broken records for each report
 * @param reactivatedShare share of stopped creatives that run again
 * @param embeddingWidth numbers in each creative's embedding; 0 for none
 * @param copyShare share of launches that are an earlier creative, uploaded again as it was,
 *     cropped or reworded
 */
public record MarketConfig(
        long seed,
        int markets,
        double launchesPerDay,
        Instant start,
        int days,
        double lateShare,
        Duration latest,
        double duplicateShare,
        double brokenShare,
        double reactivatedShare,
        int embeddingWidth,
        double copyShare) {

    /** Four markets with six launches a day for a year, a few records late, doubled or broken. */
    public static final MarketConfig DEFAULT =
            new MarketConfig(
                    17,
                    4,
                    6,
                    Instant.parse("2026-01-01T00:00:00Z"),
                    365,
                    0.01,
                    Duration.ofHours(5),
                    0.01,
                    0.002,
                    0.05,
                    0,
                    0);

    /** Checks every field. */
    public MarketConfig {
        Objects.requireNonNull(start, "start");
        atLeast("markets", markets, 1);
        atLeast("days", days, 1);
        atLeast("embeddingWidth", embeddingWidth, 0);
        if (!(launchesPerDay > 0 && launchesPerDay <= 10_000)) {
            throw refused("launchesPerDay", launchesPerDay, "above 0, at most 10000");
        }
        if (latest.isNegative()) {
            throw refused("latest", latest, "not negative");
        }
        share("lateShare", lateShare);
        share("duplicateShare", duplicateShare);
        share("brokenShare", brokenShare);
        share("reactivatedShare", reactivatedShare);
        share("copyShare", copyShare);
    }

    /** The same with another seed. */
    public MarketConfig withSeed(long other) {
        return Schema.with(this, "seed", other);
    }

    /** The same for other markets, with so many launches a day in each, for so many days. */
    public MarketConfig withSize(int otherMarkets, double otherLaunches, int otherDays) {
        MarketConfig others = Schema.with(this, "markets", otherMarkets);
        return Schema.with(
                Schema.with(others, "launches-per-day", otherLaunches), "days", otherDays);
    }

    /** The same with other shares of what goes wrong. */
    public MarketConfig withFaults(double late, double duplicate, double broken) {
        MarketConfig others = Schema.with(this, "late-share", late);
        return Schema.with(
                Schema.with(others, "duplicate-share", duplicate), "broken-share", broken);
    }

    /** The same from another first moment. */
    public MarketConfig withStart(Instant other) {
        return Schema.with(this, "start", other);
    }

    /** The same with embeddings of that width. */
    public MarketConfig withEmbeddings(int width) {
        return Schema.with(this, "embedding-width", width);
    }

    /** The same with another share of copies. */
    public MarketConfig withCopies(double share) {
        return Schema.with(this, "copy-share", share);
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw refused(name, value, least + " or more");
        }
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw refused(name, value, "0 to 1");
        }
    }

    private static IllegalArgumentException refused(String name, Object value, String allowed) {
        return new IllegalArgumentException(name + " is " + value + ", allowed: " + allowed);
    }
}
