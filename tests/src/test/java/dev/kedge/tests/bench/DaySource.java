// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.kafka.RawRecord;
import dev.kedge.operators.ads.creative.CreativeContent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.stream.Origin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Plays a day: the launches and the first hours as fast as the job takes them, the rest at half the
 * speed that the full hours had, whether the job keeps up or not. Before the slow hours each model
 * launches a creative whose text says when they began, so that whoever sees a score of theirs can
 * tell when its event was due.
 */
final class DaySource extends RichFlatMapFunction<Long, RawRecord> {
    /** Name of the creative that says when the slow hours began. */
    static final String PACE = "pace";

    /** Accumulator of events a second over the full hours, one for each partition. */
    static final String SPEEDS = "speeds";

    private static final long serialVersionUID = 1L;

    private final List<MarketDay> partitions;
    private final int fullHours;
    private final ListAccumulator<Double> speeds = new ListAccumulator<>();
    private transient MarketDay day;
    private transient long beganNanos;
    private transient long slowFrom;
    private transient double nanosAnEvent;
    private transient long slowBegan;
    private transient long played;

    DaySource(List<MarketDay> partitions, int fullHours) {
        this.partitions = partitions;
        this.fullHours = fullHours;
    }

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().addAccumulator(SPEEDS, speeds);
    }

    /** A reader may be given a second partition when it is through with its first. */
    private long within(long number) {
        long length = partitions.get(0).events();
        MarketDay due = partitions.get((int) (number / length));
        if (!due.equals(day)) {
            day = due;
            slowFrom = (1L + fullHours) * day.creatives();
        }
        return number % length;
    }

    @Override
    public void flatMap(Long number, Collector<RawRecord> out) {
        long n = within(number);
        if (n == day.launches()) {
            beganNanos = System.nanoTime();
            played = 0;
        }
        if (n == slowFrom) {
            slowDown(out);
        }
        if (n >= slowFrom) {
            await(slowBegan + (long) ((n - slowFrom) * nanosAnEvent));
        }
        byte[] bytes = day.bytes(n);
        if (bytes.length > 0) {
            played++;
            out.collect(record(bytes, n));
        }
    }

    private void slowDown(Collector<RawRecord> out) {
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        double speed = (slowFrom - day.launches()) / seconds;
        speeds.add(played / seconds);
        nanosAnEvent = 2e9 / speed;
        slowBegan = System.nanoTime();
        String pace = slowBegan + " " + nanosAnEvent + " " + slowFrom + " " + day.creatives();
        for (int i = 0; i < day.models(); i++) {
            CreativeLaunched launched =
                    new CreativeLaunched(
                            day.model(i),
                            PACE,
                            day.at(slowFrom),
                            CreativeContent.of("", pace, Map.of(), Map.of(), new float[0]));
            out.collect(record(CreativeEventJson.encode(launched), slowFrom));
        }
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private RawRecord record(byte[] bytes, long n) {
        Origin origin = new Origin("day", day.partition(), n, day.at(n));
        return new RawRecord(origin, day.model(0).getBytes(StandardCharsets.UTF_8), bytes, false);
    }
}
