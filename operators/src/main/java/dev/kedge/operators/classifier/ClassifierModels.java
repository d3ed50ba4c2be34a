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
        return isAhead(incoming, settings) ? NO_TIME : incoming.event().at();
    }

    /** Whether an event speaks of a time that had not come when its record was produced. */
    static boolean isAhead(Incoming<ClassifierEvent> incoming, ClassifierSettings settings) {
        long produced = incoming.origin().timestamp();
        return produced >= 0 && incoming.event().at() > produced + settings.ahead().toMillis();
    }

    @Override
    public Shared<ClassifierEvent, ClassifierScore, ClassifierMetrics> open() {
        return new ClassifierShared(settings);
    }
}
