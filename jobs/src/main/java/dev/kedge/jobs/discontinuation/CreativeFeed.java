// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.discontinuation;

import dev.kedge.connectors.codec.CreativeScoreJson;
import dev.kedge.connectors.codec.ModelMetricsJson;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.feed.OutputFeed;
import dev.kedge.operators.creative.CreativeScore;
import dev.kedge.operators.creative.ModelMetrics;

/** Follows what a job of ad discontinuation writes. */
public final class CreativeFeed {
    private CreativeFeed() {}

    /** A feed that is not started yet. */
    public static OutputFeed<CreativeScore, ModelMetrics> of(
            JobSettings settings, OutputFeed.Listener<CreativeScore, ModelMetrics> listener) {
        return new OutputFeed<>(
                settings,
                new OutputFeed.Reader<>(new CreativeScoreJson(), new ModelMetricsJson()),
                listener);
    }
}
