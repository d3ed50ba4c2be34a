// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.math.device.Placement;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModels;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Live models of ad-creative discontinuation (Kitada, Iyatomi, Seki 2022), one a key.
 *
 * @param settings everything that can be set
 */
public record DiscontinuationModels(DiscontinuationSettings settings)
        implements LiveModels<CreativeEvent, CreativeScore, ModelMetrics> {

    @Override
    public long eventTime(Incoming<CreativeEvent> incoming) {
        return incoming.isAhead(incoming.event().at(), settings.ahead())
                ? NO_TIME
                : incoming.event().at();
    }

    @Override
    public List<String> memories() {
        return List.of("creatives", "recalled", "rehearsal");
    }

    @Override
    public SortedMap<String, ToDoubleFunction<ModelMetrics>> figures() {
        TreeMap<String, ToDoubleFunction<ModelMetrics>> figures = new TreeMap<>();
        figures.put("concordance", one -> one.ranking().concordanceAll());
        figures.put("concordance-long", one -> one.ranking().concordanceLong());
        figures.put("concordance-short", one -> one.ranking().concordanceShort());
        figures.put("coverage", DiscontinuationModels::coverage);
        figures.put("loss", one -> one.learned().loss());
        figures.put("rank", ModelMetrics::embeddingRank);
        return figures;
    }

    /** Share of the intervals said at launches that held. */
    private static double coverage(ModelMetrics metrics) {
        return metrics.coverage().isEmpty() ? Double.NaN : metrics.coverage().get(0).held();
    }

    @Override
    public LiveModels.Shared<CreativeEvent, CreativeScore, ModelMetrics> open() {
        return open(Placement.CPU);
    }

    @Override
    public LiveModels.Shared<CreativeEvent, CreativeScore, ModelMetrics> open(Placement placement) {
        return new DiscontinuationShared(settings, placement);
    }
}
