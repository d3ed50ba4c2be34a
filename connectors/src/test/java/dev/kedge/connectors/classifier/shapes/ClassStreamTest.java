// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.classifier.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.connectors.classifier.LabelJson;
import dev.kedge.connectors.classifier.SampleJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.operators.classifier.ClassifierSettings.Input;
import dev.kedge.operators.classifier.Sample;
import dev.kedge.operators.image.ImageShape;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ClassStreamTest {
    private static final int RECORDS = 2000;
    private static final ClassStreamConfig CONFIG =
            ClassStreamConfig.of("m", "labels", Instant.parse("2026-03-01T12:00:00Z"), 4)
                    .at(100, Duration.ofSeconds(2));

    private static List<SimulatedRecord> records(ClassImages images) {
        ClassStream stream = new ClassStream(CONFIG, images);
        List<SimulatedRecord> records = new ArrayList<>();
        while (records.size() < RECORDS) {
            records.add(stream.next());
        }
        return records;
    }

    @Test
    void theSameConfigurationGivesTheSameBytes() {
        assertThat(texts()).isEqualTo(texts());
    }

    private static List<String> texts() {
        return records(new DrawnShapes()).stream()
                .map(
                        record ->
                                record.arrivesAt()
                                        + record.topic()
                                        + new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void recordsComeInTheOrderOfTheirArrivalAndLabelsAfterTheirSamples()
            throws UndecodableException {
        SampleJson json = new SampleJson(new Input(0, new ImageShape(1, 28, 28)));
        long last = Long.MIN_VALUE;
        Map<String, Long> waiting = new HashMap<>();
        int samples = 0;
        int carried = 0;
        int late = 0;
        int broken = 0;
        int ofBroken = 0;
        for (SimulatedRecord record : records(new DrawnShapes())) {
            assertThat(record.arrivesAt()).isGreaterThanOrEqualTo(last);
            last = record.arrivesAt();
            if (record.topic().equals("labels")) {
                String id = new LabelJson().decode(record.value()).id();
                if (waiting.containsKey(id)) {
                    long sampled = waiting.remove(id);
                    assertThat(record.at()).isBetween(sampled + 1, sampled + 2000);
                } else {
                    ofBroken++;
                }
                late++;
            } else if (record.kind() == SimulatedRecord.Kind.BROKEN) {
                broken++;
            } else {
                Sample sample = (Sample) json.decode(record.value());
                samples++;
                carried += sample.label().isPresent() ? 1 : 0;
                if (sample.label().isEmpty()) {
                    waiting.put(sample.id(), sample.at());
                }
            }
        }
        assertThat((double) carried / samples).isCloseTo(0.6, within(0.05));
        assertThat((double) late / samples).isCloseTo(0.3, within(0.07));
        assertThat(ofBroken).as("labels of samples that nobody can read").isBetween(1, broken);
    }

    @Test
    void classesArriveOneAfterAnother() throws UndecodableException {
        DrawnShapes shapes = new DrawnShapes();
        SampleJson json = new SampleJson(new Input(0, new ImageShape(1, 28, 28)));
        Set<String> early = new TreeSet<>();
        Set<String> all = new TreeSet<>();
        long start = CONFIG.start().toEpochMilli();
        for (SimulatedRecord record : records(shapes)) {
            if (record.topic().isEmpty() && record.kind() == SimulatedRecord.Kind.REGULAR) {
                Sample sample = (Sample) json.decode(record.value());
                sample.label().ifPresent(all::add);
                if (sample.at() < start + 2000) {
                    sample.label().ifPresent(early::add);
                }
            }
        }

        assertThat(early).containsExactly("cross", "disc");
        assertThat(all).hasSizeGreaterThan(6).isSubsetOf(shapes.labels());
    }
}
