// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.operators.math.device.Placement;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModels;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

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
    public List<String> memories() {
        return List.of("replay");
    }

    @Override
    public SortedMap<String, ToDoubleFunction<ClassifierMetrics>> figures() {
        TreeMap<String, ToDoubleFunction<ClassifierMetrics>> figures = new TreeMap<>();
        figures.put("accuracy", one -> one.quality().accuracy());
        figures.put("forgetting", one -> one.quality().forgetting());
        figures.put("loss", one -> one.quality().loss());
        figures.put("rank", one -> one.quality().rank());
        figures.put("window-accuracy", one -> one.quality().windowAccuracy());
        return figures;
    }

    @Override
    public Shared<ClassifierEvent, ClassifierScore, ClassifierMetrics> open() {
        return open(Placement.CPU);
    }

    @Override
    public Shared<ClassifierEvent, ClassifierScore, ClassifierMetrics> open(Placement placement) {
        return new ClassifierShared(settings, placement);
    }
}
