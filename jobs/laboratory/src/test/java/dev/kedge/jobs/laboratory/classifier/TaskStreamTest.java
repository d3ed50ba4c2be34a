// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings.Drift;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings.Order;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings.Protocol;
import dev.kedge.operators.image.ImageShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TaskStreamTest {
    private static final int EACH = 50;

    /** Six classes, the number of each sample in its four bytes. */
    private static Samples samples() {
        return Samples.ofImages(new ImageShape(1, 2, 2), six(EACH), six(4));
    }

    private static List<Sample> six(int each) {
        List<Sample> all = new ArrayList<>();
        for (int i = 0; i < 6 * each; i++) {
            byte low = (byte) i;
            byte high = (byte) (i >> 8);
            all.add(new Sample(new byte[] {low, high, 100, 101}, "c" + i / each));
        }
        return all;
    }

    private static TaskStream stream(Order order, int passes, long seed) {
        return TaskStream.of(samples(), protocol(order, 3, passes, Drift.PERMUTED), seed);
    }

    private static Protocol protocol(Order order, int tasks, int passes, Drift drift) {
        return new Protocol(
                order, List.of(), tasks, passes, 0.2, drift, true, true, Arrival.WAITING);
    }

    private static List<Sample> task(TaskStream stream, int task) {
        List<Sample> all = new ArrayList<>();
        for (int i = 0; i < stream.size(task); i++) {
            all.add(stream.sample(task, i));
        }
        return all;
    }

    private static Set<String> labels(List<Sample> samples) {
        return new TreeSet<>(samples.stream().map(Sample::label).toList());
    }

    @Test
    void classIncrementalTasksHaveClassesOfTheirOwnAndEverySampleComesOnce() {
        TaskStream stream = stream(Order.CLASS_INCREMENTAL, 1, 7);

        Set<String> labels = new TreeSet<>();
        Set<Sample> seen = new HashSet<>();
        for (int t = 0; t < 3; t++) {
            List<Sample> task = task(stream, t);
            assertThat(labels(task)).hasSize(2).noneMatch(labels::contains);
            assertThat(labels(stream.test(t, 100))).isEqualTo(labels(task));
            labels.addAll(labels(task));
            seen.addAll(task);
        }
        assertThat(labels).hasSize(6);
        assertThat(stream.size()).isEqualTo(6 * EACH);
        assertThat(seen).hasSize(6 * EACH);
    }

    @Test
    void theSeedDecidesTheOrderOfClassesAndSamples() {
        List<String> first = order(stream(Order.CLASS_INCREMENTAL, 1, 1));

        assertThat(order(stream(Order.CLASS_INCREMENTAL, 1, 1))).isEqualTo(first);
        assertThat(order(stream(Order.CLASS_INCREMENTAL, 1, 2))).isNotEqualTo(first);
    }

    private static List<String> order(TaskStream stream) {
        return task(stream, 0).stream().map(s -> s.label() + s.input()[0]).toList();
    }

    @Test
    void eachPassBringsAllSamplesOfTheTaskInANewOrder() {
        List<Sample> twice = task(stream(Order.CLASS_INCREMENTAL, 2, 7), 0);

        assertThat(twice).hasSize(4 * EACH);
        List<Sample> first = twice.subList(0, 2 * EACH);
        List<Sample> second = twice.subList(2 * EACH, 4 * EACH);
        assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
    }

    @Test
    void blurringMovesAShareOfEachTaskToOthers() {
        TaskStream stream = stream(Order.BLURRED, 1, 7);

        long away = 0;
        for (int t = 0; t < 3; t++) {
            Set<String> own = labels(stream.test(t, 100));
            away += task(stream, t).stream().filter(s -> !own.contains(s.label())).count();
        }
        assertThat(stream.size()).isEqualTo(6 * EACH);
        assertThat(away / (6.0 * EACH)).isBetween(0.12, 0.28);
        assertThat(stream.measuresAhead()).isTrue();
    }

    @Test
    void aRandomOrderHasAllClassesAllTheTime() {
        TaskStream stream = stream(Order.RANDOM, 1, 7);

        for (int t = 0; t < 3; t++) {
            assertThat(labels(task(stream, t))).hasSize(6);
            assertThat(labels(stream.test(t, 100))).hasSize(2);
        }
        assertThat(stream.counted(0)).isEqualTo(3);
    }

    @Test
    void aDriftShowsAllClassesInEachDomainAndLeavesTheFirstAsItIs() {
        TaskStream stream = stream(Order.DOMAIN_DRIFT, 1, 7);

        assertThat(stream.test(0, 100)).hasSize(24);
        assertThat(stream.test(0, 100).get(0).input()).containsExactly(0, 0, 100, 101);
        for (int t = 0; t < 3; t++) {
            assertThat(labels(task(stream, t))).hasSize(6);
            assertThat(stream.test(t, 100).get(0).input())
                    .containsExactlyInAnyOrder(
                            new Byte[] {(byte) 0, (byte) 0, (byte) 100, (byte) 101});
        }
    }

    @Test
    void imagesTurnByHalfATurnUntilTheLastDomain() {
        Protocol protocol = protocol(Order.DOMAIN_DRIFT, 3, 1, Drift.ROTATED);

        TaskStream stream = TaskStream.of(samples(), protocol, 7);

        Sample second = stream.test(0, 100).get(1);
        assertThat(second.input()).containsExactly(1, 0, 100, 101);
        assertThat(stream.test(1, 100).get(1).input())
                .as("a quarter turn")
                .isIn(new byte[] {0, 101, 1, 100}, new byte[] {100, 1, 101, 0});
        assertThat(stream.test(2, 100).get(1).input()).containsExactly(101, 100, 0, 1);
    }

    @Test
    void testSamplesAreTakenEvenly() {
        assertThat(stream(Order.CLASS_INCREMENTAL, 1, 7).test(0, 4))
                .extracting(sample -> (int) sample.input()[0] % 4)
                .containsExactly(0, 2, 0, 2);
    }

    @Test
    void refusesTasksThatDoNotDivideTheClassesAndTasksWithoutSamples() {
        assertThatThrownBy(
                        () ->
                                TaskStream.of(
                                        samples(),
                                        protocol(Order.CLASS_INCREMENTAL, 4, 1, Drift.PERMUTED),
                                        1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "protocol.tasks: 4 is not allowed; it must divide the 6 classes of the data");
        assertThatThrownBy(
                        () ->
                                TaskStream.of(
                                        samples(),
                                        protocol(Order.DOMAIN_DRIFT, 900, 1, Drift.PERMUTED),
                                        1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("protocol.tasks: 900 is not allowed");
    }
}
