// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each memory is for. */
class AdmissionTest {
    /** The 99.9 % quantile of chi-square with 19 degrees of freedom. */
    private static final double CHI_SQUARE_19 = 43.82;

    private final RestorableRandom random = RestorableRandom.seeded(17);

    @ParameterizedTest
    @EnumSource(Reservoir.Rule.class)
    void aReservoirHoldsEveryPartOfTheStreamAlike(Reservoir.Rule rule) {
        int[] bins = new int[20];
        int runs = 400;
        for (int run = 0; run < runs; run++) {
            ReplayMemory memory = new ReplayMemory(MemoryBound.ofSamples(40), new Reservoir(rule));
            stream(memory, 1000, 2, 0);
            for (int slot = 0; slot < 40; slot++) {
                bins[(int) (memory.slots().get(slot).arrival() / 50)]++;
            }
        }
        double expected = runs * 40 / 20.0;
        double statistic =
                IntStream.of(bins).mapToDouble(n -> (n - expected) * (n - expected)).sum()
                        / expected;

        assertThat(statistic).isLessThan(CHI_SQUARE_19);
    }

    @Test
    void aReservoirBoundedInBytesIsUniformToo() {
        int[] bins = new int[20];
        int runs = 400;
        long one = ReplayMemoryTest.sample(0, 0).bytes();
        for (int run = 0; run < runs; run++) {
            ReplayMemory memory =
                    new ReplayMemory(
                            MemoryBound.ofBytes(40 * one + 8),
                            new Reservoir(Reservoir.Rule.SAMPLE));
            stream(memory, 1000, 1, 0);
            assertThat(memory.slots().size()).isEqualTo(40);
            for (int slot = 0; slot < 40; slot++) {
                bins[(int) (memory.slots().get(slot).arrival() / 50)]++;
            }
        }
        double expected = runs * 40 / 20.0;

        assertThat(
                        IntStream.of(bins).mapToDouble(n -> (n - expected) * (n - expected)).sum()
                                / expected)
                .isLessThan(CHI_SQUARE_19);
    }

    @Test
    void theLastOfABatchThatDrawTheSameSlotStays() {
        ReplayMemory memory =
                new ReplayMemory(MemoryBound.ofSamples(2), new Reservoir(Reservoir.Rule.BATCH));
        memory.offer(List.of(sample(0, 0), sample(1, 0)), () -> 0.9);
        memory.offer(List.of(sample(2, 0), sample(3, 0)), () -> 0.1);

        assertThat(memory.slots().get(0).arrival()).isEqualTo(3);
        assertThat(memory.slots().get(1).arrival()).isEqualTo(1);
    }

    @Test
    void aRingHoldsTheNewestOfEachClass() {
        ReplayMemory memory = new ReplayMemory(MemoryBound.ofSamples(10), new Ring());
        stream(memory, 100, 1, 0);
        stream(memory, 100, 1, 1);

        List<Long> ofZero = arrivals(memory, 0);
        List<Long> ofOne = arrivals(memory, 1);
        assertThat(ofZero).containsExactlyInAnyOrder(95L, 96L, 97L, 98L, 99L);
        assertThat(ofOne).containsExactlyInAnyOrder(195L, 196L, 197L, 198L, 199L);
    }

    @Test
    void balancedMemoriesGiveARareClassItsShare() {
        for (Admission admission :
                List.of(new ClassBalancedReservoir(), new GreedyBalancing(), new Ring())) {
            ReplayMemory memory = new ReplayMemory(MemoryBound.ofSamples(30), admission);
            for (int i = 0; i < 2000; i++) {
                int label = i % 50 == 0 ? 2 : i % 7 == 0 ? 1 : 0;
                memory.offer(List.of(sample(i, label)), random::nextDouble);
            }
            for (int label = 0; label < 3; label++) {
                assertThat(memory.slots().count(label))
                        .as("%s, label %d", admission.name(), label)
                        .isBetween(9, 11);
            }
        }
    }

    @Test
    void theClassBalancedReservoirIsUniformWithinAClass() {
        int[] bins = new int[20];
        int runs = 300;
        for (int run = 0; run < runs; run++) {
            ReplayMemory memory =
                    new ReplayMemory(MemoryBound.ofSamples(40), new ClassBalancedReservoir());
            stream(memory, 1000, 2, 0);
            for (int slot = 0; slot < 40; slot++) {
                bins[(int) (memory.slots().get(slot).arrival() / 50)]++;
            }
        }
        double expected = runs * 40 / 20.0;

        assertThat(
                        IntStream.of(bins).mapToDouble(n -> (n - expected) * (n - expected)).sum()
                                / expected)
                .isLessThan(CHI_SQUARE_19);
    }

    @Test
    void herdingStaysNearerToTheMeanThanChance() {
        ReplayMemory herding = new ReplayMemory(MemoryBound.ofSamples(5), new Herding());
        ReplayMemory chance =
                new ReplayMemory(MemoryBound.ofSamples(5), new Reservoir(Reservoir.Rule.SAMPLE));
        double[] mean = new double[2];
        for (int i = 0; i < 500; i++) {
            double angle = random.nextDouble() * Math.PI;
            float[] features = {(float) Math.cos(angle), (float) Math.sin(angle)};
            mean[0] += features[0] / 500;
            mean[1] += features[1] / 500;
            ReplaySample sample = new ReplaySample(new byte[0], 0, i, new float[0], features);
            herding.offer(List.of(sample), random::nextDouble);
            chance.offer(List.of(sample), random::nextDouble);
        }

        assertThat(distance(herding, mean)).isCloseTo(0, within(0.02));
        assertThat(distance(herding, mean)).isLessThan(distance(chance, mean));
    }

    @Test
    void uniformRetrievalDrawsEachSlotAlikeAndNoneTwice() {
        ReplayMemory memory = new ReplayMemory(MemoryBound.ofSamples(20), new GreedyBalancing());
        stream(memory, 20, 2, 0);
        int[] drawn = new int[5];
        int[] bins = new int[20];
        UniformRetrieval retrieval = new UniformRetrieval();
        for (int run = 0; run < 4000; run++) {
            assertThat(retrieval.draw(memory.slots(), 5, random::nextDouble, drawn)).isEqualTo(5);
            assertThat(drawn).doesNotHaveDuplicates();
            IntStream.of(drawn).forEach(slot -> bins[slot]++);
        }
        double statistic =
                IntStream.of(bins).mapToDouble(n -> (n - 1000.0) * (n - 1000.0)).sum() / 1000;

        assertThat(statistic).isLessThan(CHI_SQUARE_19);
    }

    @Test
    void retrievalDrawsAllThereIsIfMoreIsWanted() {
        ReplayMemory memory = new ReplayMemory(MemoryBound.ofSamples(20), new GreedyBalancing());
        stream(memory, 3, 2, 0);
        for (Retrieval retrieval : List.of(new UniformRetrieval(), new BalancedRetrieval())) {
            int[] drawn = new int[8];

            assertThat(retrieval.draw(memory.slots(), 8, random::nextDouble, drawn)).isEqualTo(3);
            assertThat(List.of(drawn[0], drawn[1], drawn[2])).containsExactlyInAnyOrder(0, 1, 2);
        }
    }

    @Test
    void balancedRetrievalShowsARareClassAsOftenAsAnother() {
        ReplayMemory memory =
                new ReplayMemory(MemoryBound.ofSamples(40), new Reservoir(Reservoir.Rule.SAMPLE));
        for (int i = 0; i < 40; i++) {
            memory.offer(List.of(sample(i, i < 36 ? 3 : 1)), random::nextDouble);
        }
        int[] drawn = new int[4];
        int rare = 0;
        BalancedRetrieval retrieval = new BalancedRetrieval();
        for (int run = 0; run < 2000; run++) {
            retrieval.draw(memory.slots(), 4, random::nextDouble, drawn);
            assertThat(drawn).doesNotHaveDuplicates();
            rare += (int) IntStream.of(drawn).filter(s -> label(memory, s) == 1).count();
        }

        assertThat(rare / 8000.0).isCloseTo(0.5, within(0.02));
    }

    private static int label(ReplayMemory memory, int slot) {
        return memory.slots().get(slot).label();
    }

    private void stream(ReplayMemory memory, int samples, int batch, int label) {
        for (int i = 0; i < samples; i += batch) {
            List<ReplaySample> rows = new ArrayList<>();
            for (int j = 0; j < batch && i + j < samples; j++) {
                rows.add(sample(memory.offered() + j, label));
            }
            memory.offer(rows, random::nextDouble);
        }
    }

    private static List<Long> arrivals(ReplayMemory memory, int label) {
        List<Long> arrivals = new ArrayList<>();
        for (int slot = 0; slot < memory.slots().size(); slot++) {
            if (label(memory, slot) == label) {
                arrivals.add(memory.slots().get(slot).arrival());
            }
        }
        return arrivals;
    }

    private static double distance(ReplayMemory memory, double[] mean) {
        double x = 0;
        double y = 0;
        int size = memory.slots().size();
        for (int slot = 0; slot < size; slot++) {
            float[] features = memory.slots().get(slot).features();
            x += features[0] / size;
            y += features[1] / size;
        }
        return Math.hypot(x - mean[0], y - mean[1]);
    }

    private static ReplaySample sample(long arrival, int label) {
        return ReplayMemoryTest.sample(arrival, label);
    }
}
