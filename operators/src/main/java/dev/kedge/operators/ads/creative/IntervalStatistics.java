// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.creative;

import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.record.Moment;
import java.util.Objects;

/**
 * What a creative earned in one reporting period: period {@code p} covers {@code [launch + p *
 * length, launch + (p + 1) * length)}, the length being the job's {@code statistics.every}.
 *
 * @param model the model that learns from the creative
 * @param creative the creative's id
 * @param at event time of the report, epoch milliseconds, at or after the period's end
 * @param period the reporting period's number since launch, 0-based
 * @param impressions how often it was shown
 * @param clicks how often it was clicked, at most impressions
 * @param conversions how often a click led to a conversion
 * @param spend money spent, in the account's currency
 */
public record IntervalStatistics(
        String model,
        String creative,
        @Moment long at,
        int period,
        long impressions,
        long clicks,
        long conversions,
        double spend)
        implements CreativeEvent {
    /**
     * Checks that nothing is missing; whether the numbers make sense is checked where the creative
     * is known.
     */
    public IntervalStatistics {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(creative, "creative");
    }

    /** The same, as it is remembered, of a period that ends then. */
    public LedgerEntry.Report endingAt(long end) {
        return new LedgerEntry.Report(period, end, at, impressions, clicks, conversions, spend);
    }
}
