// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import dev.kedge.connectors.json.EventTimeJson;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Watermarks by the events' own times, for each partition apart: behind the newest event by a
 * lateness. An event that is further ahead of its record than allowed does not move them. Records
 * keep Kafka's timestamps.
 */
public final class EventTimeWatermarks implements WatermarkGenerator<RawRecord> {
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final long lateness;
    private final long ahead;
    private final EventTimeJson times;
    private long newest = Long.MIN_VALUE;

    private EventTimeWatermarks(long lateness, long ahead, EventTimeJson times) {
        this.times = times;
        this.lateness = lateness;
        this.ahead = ahead;
    }

    /**
     * The strategy; a partition that is silent for a minute holds up no other.
     *
     * @param lateness how far watermarks stay behind the newest event
     * @param ahead how far an event may be ahead of its record
     * @param times tells when an event happened
     */
    public static WatermarkStrategy<RawRecord> of(
            Duration lateness, Duration ahead, EventTimeJson times) {
        long lateMillis = lateness.toMillis();
        long aheadMillis = ahead.toMillis();
        return WatermarkStrategy.<RawRecord>forGenerator(
                        context -> new EventTimeWatermarks(lateMillis, aheadMillis, times))
                .withIdleness(SILENCE);
    }

    @Override
    public void onEvent(RawRecord raw, long timestamp, WatermarkOutput output) {
        OptionalLong at = raw.tombstone() ? OptionalLong.empty() : times.of(raw.value());
        if (at.isPresent() && at.getAsLong() <= raw.origin().timestamp() + ahead) {
            newest = Math.max(newest, at.getAsLong());
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (newest != Long.MIN_VALUE) {
            output.emitWatermark(new Watermark(newest - lateness - 1));
        }
    }
}
