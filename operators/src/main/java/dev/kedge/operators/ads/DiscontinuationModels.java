// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModels;

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
    public LiveModels.Shared<CreativeEvent, CreativeScore, ModelMetrics> open() {
        return new DiscontinuationShared(settings);
    }
}
