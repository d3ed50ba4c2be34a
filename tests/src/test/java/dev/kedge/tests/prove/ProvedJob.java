// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.prove;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.classifier.shapes.ClassStream;
import dev.kedge.connectors.classifier.shapes.ClassStreamConfig;
import dev.kedge.connectors.classifier.shapes.DrawnShapes;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.connectors.tracker.FrameJson;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.tests.chaos.PlayedStream;
import dev.kedge.tests.tracker.Crowd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The three jobs, each over several models that are large enough for ND4J to be loaded, with a
 * stream that brings late, broken and doubled records, too.
 */
public enum ProvedJob {
    /** Markets of ads. */
    ADS {
        @Override
        String own(long seed) {
            return format(
                    """
                        topics: {creatives: %s}
                        cache: 3 mb
                        discontinuation: {seed: %d, network: {layers: [256, 128]}, learning: {batch: 64}}
                        """,
                    input(), seed);
        }

        @Override
        Iterator<SimulatedRecord> records(long seed) {
            return PlayedStream.market(seed, MODELS, 0.3);
        }

        @Override
        Pace pace() {
            return Pace.times(Duration.ofDays(1).toSeconds());
        }
    },
    /** Shapes of which new kinds keep coming. */
    CLASSIFIER {
        @Override
        String own(long seed) {
            return format(
                    """
                        job: classifier
                        topics: {samples: %1$s, labels: %1$s}
                        classifier:
                          input: {image: {channels: 1, height: 28, width: 28}}
                          encoder: {kind: mlp, mlp: {layers: [64]}}
                          replay: {capacity: 200, batch: 20}
                          join: {within: 1 min, samples: 200}
                          evaluation: {every: 5 s}
                          seed: %2$d
                        """,
                    input(), seed);
        }

        @Override
        Iterator<SimulatedRecord> records(long seed) {
            List<ClassStream> streams = new ArrayList<>();
            for (int model = 0; model < MODELS; model++) {
                ClassStreamConfig config =
                        ClassStreamConfig.of("shapes-" + model, "", START, seed + model);
                streams.add(
                        new ClassStream(config.at(5, Duration.ofSeconds(20)), new DrawnShapes()));
            }
            return Stream.generate(() -> streams)
                    .flatMap(List::stream)
                    .map(Iterator::next)
                    .iterator();
        }

        @Override
        Pace pace() {
            return Pace.times(1);
        }
    },
    /** Things that are seen again. */
    TRACKER {
        @Override
        String own(long seed) {
            return format(
                    """
                        job: tracker
                        topics: {frames: %s}
                        tracker:
                          input: {features: 6}
                          encoder: {kind: mlp, mlp: {layers: [256, 128]}}
                          embedding: 32
                          bank: {instances: 20, history: 4, dead-frames: 10}
                          learning: {frames: 4, every: 2}
                          bounds: {streams: 3, detections: 8}
                          ordering: {lateness: 2 s, idle: 9 s}
                          evaluation: {window: 100, every: 5 s}
                          seed: %d
                        """,
                    input(), seed);
        }

        @Override
        Iterator<SimulatedRecord> records(long seed) {
            Crowd crowd = new Crowd(seed);
            FrameJson json = new FrameJson(Crowd.settings().input());
            return Stream.iterate(0L, number -> number + 1)
                    .map(number -> record(json, crowd.next(), number))
                    .iterator();
        }

        @Override
        Pace pace() {
            return Pace.times(2);
        }
    };

    private static final int MODELS = 4;
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final int BROKEN = 97;
    private static final long MILLIS_A_FRAME = 200;

    /** What a job file of it says beside what all say. */
    abstract String own(long seed);

    /** What it learns from; never ends within a proof. */
    abstract Iterator<SimulatedRecord> records(long seed);

    /** How fast it comes. */
    abstract Pace pace();

    /** How it is called. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The topic from which it and its undisturbed twin learn. */
    String input() {
        return word() + "-input";
    }

    /**
     * A job file.
     *
     * @param run begins the names of the job and its topics
     */
    String yaml(String run, String servers, long seed) {
        String topics =
                format(
                        ", scores: %1$s-scores, metrics: %1$s-metrics, dead-letters: %1$s-refused, control: %1$s-control}",
                        run);
        return format(
                        """
                        name: %s
                        kafka: {bootstrap-servers: '%s', timeout: 1 min}
                        delivery: exactly-once
                        checkpoints: {every: 2 s, transaction-timeout: 15 min}
                        """,
                        run, servers)
                + own(seed).replaceFirst("(topics: \\{[^}]*)\\}", "$1" + topics);
    }

    private static SimulatedRecord record(FrameJson json, StreamFrame frame, long number) {
        byte[] value = number % BROKEN == 13 ? new byte[] {'{'} : json.encode(frame);
        long arrives = number * MILLIS_A_FRAME;
        return new SimulatedRecord(
                frame.model(), value, frame.at(), arrives, SimulatedRecord.Kind.REGULAR);
    }
}
