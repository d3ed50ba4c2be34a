// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.math.device.Placement;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModels;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Live trackers with memory banks (Ying et al., CTVIS, ICCV 2023), one a key.
 *
 * @param settings everything that can be set
 */
public record TrackerModels(TrackerSettings settings)
        implements LiveModels<StreamFrame, TrackerScore, TrackerMetrics> {

    @Override
    public long eventTime(Incoming<StreamFrame> incoming) {
        long at = incoming.event().at();
        return incoming.isAhead(at, settings.ahead()) ? NO_TIME : at;
    }

    @Override
    public List<String> memories() {
        return List.of("bank", "streams");
    }

    @Override
    public SortedMap<String, ToDoubleFunction<TrackerMetrics>> figures() {
        TreeMap<String, ToDoubleFunction<TrackerMetrics>> figures = new TreeMap<>();
        figures.put("association", one -> one.identity().association());
        figures.put("idf1", one -> one.identity().idf1());
        figures.put("loss", TrackerMetrics::loss);
        return figures;
    }

    @Override
    public Shared<StreamFrame, TrackerScore, TrackerMetrics> open() {
        return open(Placement.CPU);
    }

    @Override
    public Shared<StreamFrame, TrackerScore, TrackerMetrics> open(Placement placement) {
        return new TrackerShared(settings, placement);
    }
}
