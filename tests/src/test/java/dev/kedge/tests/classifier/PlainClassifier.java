// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.classifier;

import dev.kedge.connectors.classifier.SampleJson;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.kafka.ResultKeys;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.operators.classifier.ClassifierEvent;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierModels;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.classifier.ClassifierSettings;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.state.part.MemoryPartStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one classifier says of records in plain Java: the job must say the same. */
final class PlainClassifier implements Outlet<ClassifierScore, ClassifierMetrics>, AutoCloseable {
    private static final RecordJson<ClassifierScore> SCORES = RecordJson.of(ClassifierScore.class);
    private static final RecordJson<ClassifierMetrics> METRICS =
            RecordJson.of(ClassifierMetrics.class);

    private final Map<String, List<String>> scores = new TreeMap<>();
    private final Map<String, List<String>> metrics = new TreeMap<>();
    private final MemoryPartStore store = new MemoryPartStore();
    private final LiveModels.Shared<ClassifierEvent, ClassifierScore, ClassifierMetrics> shared;
    private int deadLetters;

    /** Takes all records in; they are of one model. */
    PlainClassifier(ClassifierSettings settings, String model, List<SimulatedRecord> records) {
        shared = new ClassifierModels(settings).open();
        LiveModel<ClassifierEvent, ClassifierScore, ClassifierMetrics> live =
                shared.load(model, store);
        SampleJson decoder = new SampleJson(settings.input());
        for (SimulatedRecord record : records) {
            try {
                live.process(
                        new Incoming<>(
                                decoder.decode(record.value()),
                                new Origin("in", 0, 0, -1),
                                record.value()),
                        this);
            } catch (UndecodableException e) {
                deadLetters++;
            }
        }
        live.flush(store);
    }

    Map<String, List<String>> scores() {
        return scores;
    }

    long scoreCount() {
        return scores.values().stream().mapToLong(List::size).sum();
    }

    Map<String, List<String>> metrics() {
        return metrics;
    }

    int deadLetters() {
        return deadLetters;
    }

    MemoryPartStore parts() {
        return store;
    }

    @Override
    public void score(ClassifierScore score) {
        add(scores, ResultKeys.of(score), SCORES.encode(score));
    }

    @Override
    public void metrics(ClassifierMetrics one) {
        add(metrics, one.model(), METRICS.encode(one));
    }

    private static void add(Map<String, List<String>> all, String key, byte[] value) {
        all.computeIfAbsent(key, name -> new ArrayList<>())
                .add(new String(value, StandardCharsets.UTF_8));
    }

    @Override
    public void reject(DeadLetter letter) {
        deadLetters++;
    }

    @Override
    public void close() throws Exception {
        shared.close();
    }
}
