// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.connectors.json.RecordJson;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Cause;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import org.apache.flink.api.common.accumulators.Histogram;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;

/**
 * Writes each score as JSON, as the sink would, and notes how long after its event was due that was
 * done, in steps of a twentieth of the latency. Lets nothing by.
 */
final class Latencies extends RichFilterFunction<CreativeScore> {
    /** Accumulator of latencies, by {@link #bucket}. */
    static final String NAME = "latencies";

    /** Accumulator of the bytes of all scores. */
    static final String BYTES = "score-bytes";

    private static final long serialVersionUID = 1L;
    private static final RecordJson<CreativeScore> JSON = RecordJson.of(CreativeScore.class);
    private static final double STEP = Math.log(1.05);

    private final Histogram histogram = new Histogram();
    private final LongCounter bytes = new LongCounter();
    private transient Map<String, Pace> paces;

    private record Pace(long began, double nanosAnEvent, double millisAnEvent, long at) {
        long due(long eventTime) {
            return began + (long) ((eventTime - at) / millisAnEvent * nanosAnEvent);
        }
    }

    @Override
    public void open(OpenContext context) {
        paces = new HashMap<>();
        getRuntimeContext().addAccumulator(NAME, histogram);
        getRuntimeContext().addAccumulator(BYTES, bytes);
    }

    @Override
    public boolean filter(CreativeScore score) {
        bytes.add(JSON.encode(score).length);
        if (score.creative().equals(DaySource.PACE)) {
            if (score.cause() == Cause.LAUNCH) {
                paces.put(score.model(), pace(score));
            }
        } else if (score.cause() == Cause.STATISTICS && paces.containsKey(score.model())) {
            long late = System.nanoTime() - paces.get(score.model()).due(score.at());
            histogram.add(bucket(late / 1000));
        }
        return false;
    }

    private static Pace pace(CreativeScore score) {
        double[] said =
                Arrays.stream(score.description().text().split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
        long began =
                Long.parseLong(
                        score.description()
                                .text()
                                .substring(0, score.description().text().indexOf(' ')));
        return new Pace(began, said[1], 3_600_000.0 / said[3], score.at());
    }

    /** The bucket of a latency in microseconds. */
    static int bucket(long micros) {
        return (int) Math.floor(Math.log(Math.max(1, micros)) / STEP);
    }

    /** Milliseconds below which a share of the latencies lies; not a number without any. */
    static double quantile(SortedMap<Integer, Long> histogram, double share) {
        long all = histogram.values().stream().mapToLong(Long::longValue).sum();
        long below = 0;
        for (Map.Entry<Integer, Long> bucket : histogram.entrySet()) {
            below += bucket.getValue();
            if (below >= share * all) {
                return Math.exp((bucket.getKey() + 1) * STEP) / 1000;
            }
        }
        return Double.NaN;
    }
}
