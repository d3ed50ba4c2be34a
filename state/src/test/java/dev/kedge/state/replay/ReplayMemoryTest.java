// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every memory, whatever it admits. */
class ReplayMemoryTest {
    private static final MemoryBound TWENTY = MemoryBound.ofSamples(20);

    static Stream<Arguments> everyMemory() {
        List<Supplier<Admission>> admissions =
                List.of(
                        () -> new Reservoir(Reservoir.Rule.SAMPLE),
                        () -> new Reservoir(Reservoir.Rule.BATCH),
                        Ring::new,
                        ClassBalancedReservoir::new,
                        Herding::new,
                        GreedyBalancing::new);
        return admissions.stream()
                .flatMap(
                        admission ->
                                Stream.of(TWENTY, MemoryBound.ofBytes(3000))
                                        .map(bound -> Arguments.of(admission, bound)));
    }

    @ParameterizedTest
    @MethodSource("everyMemory")
    void aMemoryRestoredAfterEveryBatchEndsWithTheSameBytes(
            Supplier<Admission> admission, MemoryBound bound) {
        MemoryPartStore whole = new MemoryPartStore();
        ReplayMemory uninterrupted = new ReplayMemory(bound, admission.get());
        RestorableRandom first = RestorableRandom.seeded(3);
        MemoryPartStore store = new MemoryPartStore();
        RestorableRandom second = RestorableRandom.seeded(3);
        for (int batch = 0; batch < 40; batch++) {
            List<ReplaySample> samples = batch(uninterrupted.offered(), 5, batch / 10);
            uninterrupted.offer(samples, first::nextDouble);
            uninterrupted.flush(whole);

            ReplayMemory restored = ReplayMemory.restored(bound, admission.get(), store);
            restored.offer(samples, second::nextDouble);
            restored.flush(store);

            assertThat(readable(store)).isEqualTo(readable(whole));
        }
    }

    @ParameterizedTest
    @MethodSource("everyMemory")
    void neitherSamplesNorBytesExceedTheBound(Supplier<Admission> admission, MemoryBound bound) {
        ReplayMemory memory = new ReplayMemory(bound, admission.get());
        RestorableRandom random = RestorableRandom.seeded(3);
        for (int batch = 0; batch < 60; batch++) {
            memory.offer(batch(memory.offered(), 7, batch / 10), random::nextDouble);
            long bytes = 0;
            for (int slot = 0; slot < memory.slots().size(); slot++) {
                bytes += memory.slots().get(slot).bytes();
            }
            assertThat(memory.slots().size()).isLessThanOrEqualTo(bound.samples());
            assertThat(memory.slots().bytes()).isEqualTo(bytes).isLessThanOrEqualTo(bound.bytes());
        }
        assertThat(memory.slots().size()).isGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("everyMemory")
    void aForgottenLabelLeavesNothingBehind(Supplier<Admission> admission, MemoryBound bound) {
        ReplayMemory memory = new ReplayMemory(bound, admission.get());
        RestorableRandom random = RestorableRandom.seeded(3);
        for (int batch = 0; batch < 20; batch++) {
            memory.offer(batch(memory.offered(), 6, batch / 5), random::nextDouble);
        }
        memory.forget(1);
        MemoryPartStore store = new MemoryPartStore();
        memory.flush(store);
        ReplayMemory restored = ReplayMemory.restored(bound, admission.get(), store);

        assertThat(restored.slots().count(1)).isZero();
        for (int slot = 0; slot < restored.slots().size(); slot++) {
            assertThat(restored.slots().get(slot).label()).isNotEqualTo(1);
            assertThat(restored.slots().get(slot).logits()[1]).isZero();
        }
        assertThat(store.names("replay/slot/")).hasSize(restored.slots().size());
    }

    @Test
    void onlyChangedSlotsAreWritten() {
        ReplayMemory memory = new ReplayMemory(TWENTY, new Reservoir(Reservoir.Rule.SAMPLE));
        RestorableRandom random = RestorableRandom.seeded(3);
        for (int batch = 0; batch < 50; batch++) {
            memory.offer(batch(memory.offered(), 5, 0), random::nextDouble);
        }
        memory.flush(new MemoryPartStore());
        List<Long> before = arrivals(memory);
        memory.offer(batch(memory.offered(), 20, 0), random::nextDouble);
        List<Long> after = arrivals(memory);
        MemoryPartStore written = new MemoryPartStore();
        memory.flush(written);

        SortedSet<String> changed = new TreeSet<>();
        for (int slot = 0; slot < 20; slot++) {
            if (!before.get(slot).equals(after.get(slot))) {
                changed.add("replay/slot/%08d".formatted(slot));
            }
        }
        assertThat(changed).isNotEmpty().hasSizeLessThan(10);
        assertThat(written.names("replay/slot/")).isEqualTo(changed);
    }

    @Test
    void aSampleLargerThanTheMemoryIsCountedAndLeftOut() {
        ReplayMemory memory = new ReplayMemory(MemoryBound.ofBytes(300), new Ring());
        memory.offer(
                List.of(new ReplaySample(new byte[500], 0, 0, new float[0], new float[0])),
                () -> 0.5);

        assertThat(memory.slots().size()).isZero();
        assertThat(memory.tooLarge()).isEqualTo(1);
        assertThat(memory.offered()).isEqualTo(1);
    }

    @Test
    void anotherKindOfMemoryIsRefusedByName() {
        MemoryPartStore store = new MemoryPartStore();
        new ReplayMemory(TWENTY, new Ring()).flush(store);

        assertThatThrownBy(() -> ReplayMemory.restored(TWENTY, new GreedyBalancing(), store))
                .isInstanceOf(IncompatibleLayoutException.class)
                .hasMessageContaining("'ring'")
                .hasMessageContaining("'greedy-balancing'");
    }

    @Test
    void aMemoryThatShrankIsRefused() {
        MemoryPartStore store = new MemoryPartStore();
        ReplayMemory memory = new ReplayMemory(TWENTY, new Ring());
        memory.offer(batch(0, 20, 0), () -> 0.5);
        memory.flush(store);

        assertThatThrownBy(
                        () -> ReplayMemory.restored(MemoryBound.ofSamples(10), new Ring(), store))
                .isInstanceOf(IncompatibleLayoutException.class)
                .hasMessageContaining("replay.capacity")
                .hasMessageContaining("20 samples");
    }

    @Test
    void damagedSamplesAreRefused() {
        byte[] bytes = sample(0, 1).toBytes();
        bytes[20] ^= 1;

        assertThatThrownBy(() -> ReplaySample.fromBytes(bytes))
                .isInstanceOf(DamagedSnapshotException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void refusesACapacityOfZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemoryBound.ofSamples(0))
                .withMessageContaining("replay.capacity: 0");
    }

    private static SortedMap<String, String> readable(MemoryPartStore store) {
        SortedMap<String, String> parts = new TreeMap<>();
        store.parts().forEach((name, bytes) -> parts.put(name, HexFormat.of().formatHex(bytes)));
        return parts;
    }

    private static List<Long> arrivals(ReplayMemory memory) {
        List<Long> arrivals = new ArrayList<>();
        for (int slot = 0; slot < memory.slots().size(); slot++) {
            arrivals.add(memory.slots().get(slot).arrival());
        }
        return arrivals;
    }

    private static List<ReplaySample> batch(long from, int count, int firstLabel) {
        List<ReplaySample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            samples.add(sample(from + i, firstLabel + i % 2));
        }
        return samples;
    }

    /** Logits get longer as classes come, as they do on a stream. */
    static ReplaySample sample(long arrival, int label) {
        float[] logits = new float[label + 2];
        Arrays.fill(logits, 0.5f);
        return new ReplaySample(
                new byte[] {(byte) arrival},
                label,
                arrival,
                logits,
                new float[] {1, (arrival * 7 % 13) / 13f, label});
    }
}
