// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.failover;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.json.EventDecoder;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.kafka.ResultKeys;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.operators.ads.DiscontinuationModels;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
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

/**
 * What the models say of the records in plain Java: no Flink, no Kafka, no failure. The job must
 * say the same.
 */
public final class PlainRun implements Outlet<CreativeScore, ModelMetrics>, AutoCloseable {
    private static final RecordJson<CreativeScore> JSON = RecordJson.of(CreativeScore.class);

    private final EventDecoder<CreativeEvent> decoder;
    private final LiveModels.Shared<CreativeEvent, CreativeScore, ModelMetrics> shared;
    private final Map<String, LiveModel<CreativeEvent, CreativeScore, ModelMetrics>> models =
            new TreeMap<>();
    private final Map<String, List<String>> scores = new TreeMap<>();
    private int deadLetters;

    /** Takes all records in. */
    public PlainRun(DiscontinuationSettings settings, List<SimulatedRecord> records) {
        this(settings, new CreativeEventJson(), records);
    }

    /** Takes all records in, as a decoder reads them. */
    public PlainRun(
            DiscontinuationSettings settings,
            EventDecoder<CreativeEvent> decoder,
            List<SimulatedRecord> records) {
        this.decoder = decoder;
        shared = new DiscontinuationModels(settings).open();
        learn(records);
    }

    /** Takes more records in. */
    public void learn(List<SimulatedRecord> more) {
        more.forEach(this::process);
    }

    private void process(SimulatedRecord simulated) {
        CreativeEvent event;
        try {
            event = decoder.decode(simulated.value());
        } catch (UndecodableException e) {
            deadLetters++;
            return;
        }
        models.computeIfAbsent(event.model(), model -> shared.load(model, new MemoryPartStore()))
                .process(
                        new Incoming<>(event, new Origin("in", 0, 0, -1), simulated.value()), this);
    }

    /** Scores as they are written, by key, in their order. */
    public Map<String, List<String>> scores() {
        return scores;
    }

    /** Number of scores. */
    public long scoreCount() {
        return scores.values().stream().mapToLong(List::size).sum();
    }

    /** Number of dead letters. */
    public int deadLetters() {
        return deadLetters;
    }

    @Override
    public void score(CreativeScore score) {
        scores.computeIfAbsent(ResultKeys.of(score), key -> new ArrayList<>())
                .add(new String(JSON.encode(score), StandardCharsets.UTF_8));
    }

    @Override
    public void metrics(ModelMetrics metrics) {
        // Only scores are compared.
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
