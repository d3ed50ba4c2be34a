// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.ModelProgress.Counter;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.operators.stream.Turn;

/** One record while an ads model works on it; its refusals are counted. */
final class AdsTurn extends Turn<CreativeEvent, CreativeScore, ModelMetrics> {
    private final ModelProgress progress;

    AdsTurn(
            Incoming<CreativeEvent> incoming,
            Outlet<CreativeScore, ModelMetrics> outlet,
            ModelProgress progress) {
        super(incoming, outlet);
        this.progress = progress;
    }

    @Override
    protected void refused() {
        progress.count(Counter.DEAD_LETTERS);
    }
}
