// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import dev.kedge.state.ads.LedgerEntry.Report;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;

/** The stored form of a report that waits within a {@link LedgerEntry}. */
final class ReportForm {
    private ReportForm() {}

    /** Writes a report. */
    static void write(Report report, BinaryWriter out) {
        out.putInt(report.period());
        out.putLong(report.endsAt());
        out.putLong(report.at());
        out.putLong(report.impressions());
        out.putLong(report.clicks());
        out.putLong(report.conversions());
        out.putDouble(report.spend());
    }

    /** Reads what {@link #write} wrote. */
    static Report read(BinaryReader in) {
        int period = in.getInt();
        if (period < 0) {
            throw new DamagedSnapshotException("a report of period " + period);
        }
        long ends = in.getLong();
        long at = in.getLong();
        return new Report(
                period, ends, at, in.getLong(), in.getLong(), in.getLong(), in.getDouble());
    }
}
