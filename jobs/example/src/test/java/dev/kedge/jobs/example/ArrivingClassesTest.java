// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.classifier.ClassifierScore;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

class ArrivingClassesTest {
    @Test
    void whatWasLearnedOfEachClassOutlastsTheClassesAfterIt() throws Exception {
        Configuration flink = new Configuration();
        flink.set(RestOptions.BIND_PORT, "0");
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(2, flink);
        List<ClassifierScore> scores = new ArrayList<>();
        try (CloseableIterator<ClassifierScore> said =
                ArrivingClasses.learn(environment).scores().executeAndCollect()) {
            said.forEachRemaining(scores::add);
        }

        assertThat(scores).hasSize(ArrivingClasses.POINTS);
        List<ClassifierScore> last = scores.subList(ArrivingClasses.POINTS - 500, scores.size());
        assertThat(last.stream().filter(ArrivingClassesTest::isRight).count())
                .as("of 500 points of six classes, five of which were long gone")
                .isGreaterThan(425);
    }

    private static boolean isRight(ClassifierScore score) {
        return score.ranked().get(0).label().equals(score.label().orElseThrow());
    }
}
