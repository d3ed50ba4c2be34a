// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModels;

/**
 * Live continual classifiers (Lin et al., PCR 2023 and HPCR 2025, and the methods they compare
 * with), one a key.
 *
 * @param settings everything that can be set
 */
public record ClassifierModels(ClassifierSettings settings)
        implements LiveModels<ClassifierEvent, ClassifierScore, ClassifierMetrics> {

    @Override
    public long eventTime(Incoming<ClassifierEvent> incoming) {
        long at = incoming.event().at();
        return incoming.isAhead(at, settings.ahead()) ? NO_TIME : at;
    }

    @Override
    public Shared<ClassifierEvent, ClassifierScore, ClassifierMetrics> open() {
        return new ClassifierShared(settings);
    }
}
