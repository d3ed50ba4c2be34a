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
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Streams whose order is not drawn by the seed: classes in a given order, or the data's own. */
class OrderedStreamTest {
    private static final int EACH = 5;

    /** A sample of each of these classes, five times over; its number is its first byte. */
    private static List<Sample> samples(String... classes) {
        List<Sample> all = new ArrayList<>();
        for (int i = 0; i < EACH * classes.length; i++) {
            all.add(new Sample(new byte[] {(byte) i}, classes[i % classes.length]));
        }
        return all;
    }

    private static Samples of(List<Sample> train, List<Sample> test) {
        return Samples.ofImages(new ImageShape(1, 1, 1), train, test);
    }

    private static Samples fourClasses() {
        return of(samples("a", "b", "c", "d"), samples("a", "b", "c", "d"));
    }

    private static Protocol protocol(Order order, int tasks, int passes, String... classes) {
        return new Protocol(
                order,
                List.of(classes),
                tasks,
                passes,
                0.2,
                Drift.PERMUTED,
                true,
                true,
                Arrival.WAITING);
    }

    private static List<Sample> task(TaskStream stream, int task) {
        return IntStream.range(0, stream.size(task)).mapToObj(i -> stream.sample(task, i)).toList();
    }

    private static List<String> labels(List<Sample> samples) {
        return samples.stream().map(Sample::label).distinct().sorted().toList();
    }

    private static List<Integer> numbers(List<Sample> samples) {
        return samples.stream().map(sample -> (int) sample.input()[0]).toList();
    }

    @Test
    void classesComeInTheOrderThatIsGivenWhateverTheSeed() {
        Protocol protocol = protocol(Order.CLASS_INCREMENTAL, 2, 1, "d", "a", "c", "b");

        for (long seed = 1; seed <= 5; seed++) {
            TaskStream stream = TaskStream.of(fourClasses(), protocol, seed);

            assertThat(labels(task(stream, 0))).containsExactly("a", "d");
            assertThat(labels(task(stream, 1))).containsExactly("b", "c");
            assertThat(labels(stream.test(0, 100))).containsExactly("a", "d");
        }
    }

    @Test
    void theOrderThatASeedDrawsGivesTheSameStreamIfItIsGiven() {
        TaskStream drawn = TaskStream.of(fourClasses(), protocol(Order.BLURRED, 4, 2), 3);
        String[] order =
                IntStream.range(0, 4)
                        .mapToObj(t -> drawn.test(t, 1).get(0).label())
                        .toArray(String[]::new);

        TaskStream given = TaskStream.of(fourClasses(), protocol(Order.BLURRED, 4, 2, order), 3);

        for (int t = 0; t < 4; t++) {
            assertThat(numbers(task(given, t))).isEqualTo(numbers(task(drawn, t)));
        }
    }

    @Test
    void anOrderThatIsNoPermutationOfTheClassesIsRefused() {
        for (List<String> wrong :
                List.of(
                        List.of("a", "b", "c"),
                        List.of("a", "b", "c", "e"),
                        List.of("a", "b", "c", "d", "e"))) {
            Protocol protocol =
                    protocol(Order.CLASS_INCREMENTAL, 2, 1, wrong.toArray(String[]::new));

            assertThatThrownBy(() -> TaskStream.of(fourClasses(), protocol, 1))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage(
                            "protocol.class-order: %s is not allowed; it must have each of the 4 classes of the data once: [a, b, c, d]",
                            wrong);
        }
    }

    @Test
    void aGivenStreamIsCutIntoPartsAndEachIsMeasuredWithItsClasses() {
        List<Sample> train =
                Stream.of(samples("a"), samples("b", "c")).flatMap(List::stream).toList();
        Samples samples = of(train, samples("a", "b", "c"));

        TaskStream stream = TaskStream.of(samples, protocol(Order.GIVEN, 3, 2), 9);

        assertThat(task(stream, 0)).extracting(Sample::label).containsOnly("a").hasSize(2 * EACH);
        assertThat(task(stream, 1)).extracting(Sample::label).startsWith("b", "c", "b", "c", "b");
        assertThat(numbers(task(stream, 2)))
                .as("both passes as they came")
                .containsExactly(5, 6, 7, 8, 9, 5, 6, 7, 8, 9);
        assertThat(labels(stream.test(0, 100))).containsExactly("a");
        assertThat(labels(stream.test(2, 100))).containsExactly("b", "c");
        assertThat(stream.measuresAhead()).isTrue();
        assertThat(stream.counted(1)).isEqualTo(2);
    }

    @Test
    void aTaskThatTheDataNameHasItsRowsInTheirOrderAndItsOwnTest() {
        List<Sample> train = in("mon", "tue", "mon", "wed", "tue");
        List<Sample> test = in("wed", "tue", "mon", "mon");

        TaskStream stream = TaskStream.of(of(train, test), protocol(Order.GIVEN, 3, 1), 9);

        assertThat(numbers(task(stream, 0))).containsExactly(0, 2);
        assertThat(numbers(task(stream, 1))).containsExactly(1, 4);
        assertThat(numbers(task(stream, 2))).containsExactly(3);
        assertThat(numbers(stream.test(0, 100))).containsExactly(2, 3);
        assertThat(numbers(stream.test(2, 100))).containsExactly(0);
    }

    private static List<Sample> in(String... tasks) {
        return IntStream.range(0, tasks.length)
                .mapToObj(i -> new Sample(new byte[] {(byte) i}, "a", tasks[i]))
                .toList();
    }

    @Test
    void refusesAnotherNumberOfTasksOrOthersToTest() {
        Samples samples = of(in("mon", "tue"), in("tue", "mon"));
        Samples other = of(in("mon", "tue"), in("mon", "mon"));

        assertThatThrownBy(() -> TaskStream.of(samples, protocol(Order.GIVEN, 3, 1), 1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "protocol.tasks: 3 is not allowed; it must be 2, the tasks that data.csv.task names: [mon, tue]");
        assertThatThrownBy(() -> TaskStream.of(other, protocol(Order.GIVEN, 2, 1), 1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "data.csv.task: tasks to learn [mon, tue], to test [mon]; they must be the same");
        assertThatThrownBy(() -> TaskStream.of(fourClasses(), protocol(Order.GIVEN, 99, 1), 1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("protocol.tasks: 99 is not allowed");
    }

    @Test
    void theTasksThatTheDataNameBelongToTheChecksum() {
        Samples plain = of(samples("a"), samples("a"));

        assertThat(of(in("mon"), in("mon")).checksum())
                .isNotEqualTo(of(in("tue"), in("mon")).checksum());
        assertThat(plain.withTrain(samples("a")).checksum()).isEqualTo(plain.checksum());
    }
}
