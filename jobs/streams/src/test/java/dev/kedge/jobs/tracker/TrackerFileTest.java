// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.operators.encoder.EncoderName;
import dev.kedge.operators.encoder.InputNormalisation;
import dev.kedge.operators.learner.OptimiserName;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.operators.tracker.ctvis.Match;
import dev.kedge.operators.tracker.ctvis.OnlineTracker;
import dev.kedge.operators.tracker.ctvis.TrackingSettings;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.bank.ReadOut;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackerFileTest {
    private static TrackerFile parse(String yaml) {
        return (TrackerFile) Jobs.parse("job: tracker\n" + yaml, "job.yaml").settings();
    }

    @Test
    void whatAFileDoesNotSayKeepsItsDefault() {
        assertThat(parse("")).isEqualTo(TrackerFile.DEFAULT);
        assertThat(parse("tracker: {seed: 3}").topics()).isEqualTo(TrackerFile.DEFAULT.topics());
    }

    @Test
    void whatIsWrittenIsReadBack() {
        assertThat(parse(StrictYaml.write(TrackerFile.DEFAULT).replaceFirst("---\njob: .*\n", "")))
                .isEqualTo(TrackerFile.DEFAULT);
    }

    @Test
    void everyPartCanBeSet() {
        TrackerSettings read =
                parse(
                                """
                                tracker:
                                  input: {features: 8, crop: {channels: 1, height: 4, width: 5}, normalisation: none}
                                  encoder: {kind: mlp, mlp: {layers: [7]}}
                                  embedding: 6
                                  bank: {instances: 9, history: 3, dead-frames: 11, read-out: last, momentum: 0.5}
                                  association: {match: cosine, pairing: hungarian, match-threshold: -0.5, select-threshold: 0.1, birth-threshold: 0.2, overlap: 0.3, weigh-by-sightings: false}
                                  learning: {unlabelled: tracks, frames: 4, every: 2, average: 0.25, noise: 0.125, bank-negatives: 5, confidence: 0.5, loss: {negatives: bank, bank: false, noise-anchors: true, history: 2, embedding-weight: 1, auxiliary-weight: 0}}
                                  pseudo-clips: {noise: 0.5, dropout: 0.25}
                                  optimiser: {kind: sgd, rate: 0.5, momentum: 0.25, decay: 0.125}
                                  search: {above: 100, nearest: 10, stale: 0.5}
                                  bounds: {streams: 3, detections: 20}
                                  ordering: {lateness: 2 s, idle: 5 s, frames: 7}
                                  ahead: 1 h
                                  evaluation: {window: 10, identities: 20, every: 3 s, judge-only: true}
                                  seed: 4
                                """)
                        .tracker();

        assertThat(read.input().bytes()).isEqualTo(32);
        assertThat(read.input().normalisation()).isEqualTo(InputNormalisation.NONE);
        assertThat(read.encoder().kind()).isEqualTo(EncoderName.MLP);
        assertThat(read.head().embedding()).isEqualTo(6);
        assertThat(read.bank()).isEqualTo(new BankSettings.Bounds(9, 3, 11, ReadOut.LAST, 0.5));
        assertThat(read.association())
                .isEqualTo(
                        new OnlineTracker.Settings(
                                Match.COSINE,
                                OnlineTracker.Pairing.HUNGARIAN,
                                -0.5,
                                0.1,
                                0.2,
                                0.3,
                                false));
        assertThat(read.learning().unlabelled()).isEqualTo(TrackingSettings.Unlabelled.TRACKS);
        assertThat(read.learning().loss().history()).isEqualTo(2);
        assertThat(read.pseudoClips().dropout()).isEqualTo(0.25);
        assertThat(read.optimiser().kind()).isEqualTo(OptimiserName.SGD);
        assertThat(read.search()).isEqualTo(new TrackingSettings.Search(100, 10, 0.5));
        assertThat(read.bounds()).isEqualTo(new TrackingSettings.Bounds(3, 20));
        assertThat(read.ordering())
                .isEqualTo(
                        new TrackerSettings.Ordering(
                                Duration.ofSeconds(2), Duration.ofSeconds(5), 7));
        assertThat(read.ahead()).isEqualTo(Duration.ofHours(1));
        assertThat(read.evaluation())
                .isEqualTo(new TrackerSettings.Evaluation(10, 20, Duration.ofSeconds(3), true));
        assertThat(read.seed()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tracker: {lernrate: 1} | tracker.lernrate: unknown field",
                "topics: {frames: 'a b'} | topics.frames: a b is not allowed; it must be a Kafka topic name",
                "tracker: {input: {features: -1}} | tracker.input.features: -1 is not allowed; it must be between 0 and 65536",
                "tracker: {input: {normalisation: whiten}} | tracker.input.normalisation: 'whiten' is not allowed; it must be one of",
                "tracker: {input: {features: 8, normalisation: centre}} | tracker.input.normalisation: centre is not allowed; it must be auto or none where inputs are given features",
                "tracker: {input: {crop: {channels: 2}}} | tracker.input.crop.channels: 2 is not allowed; it must be 1 or 3",
                "tracker: {input: {features: 8}} | tracker.encoder.kind: convnet is not allowed; the data must be images",
                "tracker: {encoder: {kind: resnet}} | tracker.encoder.kind: 'resnet' is not allowed; it must be one of",
                "tracker: {encoder: {kind: mlp, mlp: {layers: []}}} | tracker.encoder.mlp.layers: [] is not allowed",
                "tracker: {embedding: -1} | tracker.embedding: -1 is not allowed; it must be between 0 and 4096",
                "tracker: {bank: {instances: 0}} | tracker.bank.instances: 0 is not allowed; it must be at least 1",
                "tracker: {bank: {momentum: 2}} | tracker.bank.momentum: 2.0 is not allowed",
                "tracker: {bank: {read-out: mean}} | tracker.bank.read-out: 'mean' is not allowed; it must be one of",
                "tracker: {association: {match-threshold: 2}} | tracker.association.match-threshold: 2.0 is not allowed; it must be between -1 and 1",
                "tracker: {learning: {frames: 0}} | tracker.learning.frames: 0 is not allowed; it must be at least 1",
                "tracker: {learning: {loss: {history: 0}}} | tracker.learning.loss.history: 0 is not allowed; it must be at least 1",
                "tracker: {learning: {loss: {auxiliary-weight: -1}}} | tracker.learning.loss.auxiliary-weight: -1.0 is not allowed",
                "tracker: {learning: {frames: 3000}} | tracker.learning.frames: 3000 is not allowed; it must be such that",
                "tracker: {pseudo-clips: {aspect: 0.5}} | tracker.pseudo-clips.aspect: 0.5 is not allowed",
                "tracker: {optimiser: {rate: 0}} | tracker.optimiser.rate: 0.0 is not allowed",
                "tracker: {search: {stale: 0}} | tracker.search.stale: 0.0 is not allowed",
                "tracker: {bounds: {detections: 2000}} | tracker.bounds.detections: 2000 is not allowed; it must be between 1 and 1024",
                "tracker: {ordering: {lateness: -1 s}} | tracker.ordering.lateness",
                "tracker: {ordering: {lateness: 2 min}} | tracker.ordering.idle: 1 min is not allowed; it must be 0, or at least ordering.lateness",
                "tracker: {ordering: {frames: 0}} | tracker.ordering.frames: 0 is not allowed",
                "tracker: {ahead: soon} | tracker.ahead: 'soon' is not allowed; it must be a duration",
                "tracker: {evaluation: {window: 0}} | tracker.evaluation.window: 0 is not allowed",
                "tracker: {evaluation: {judge-only: maybe}} | tracker.evaluation.judge-only: 'maybe' is not allowed; it must be true or false",
            })
    void whatCannotBeIsRefusedInOneLine(String yaml, String message) {
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("job.yaml: ")
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }
}
