// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.classifier.hpcr.ReplayTuning;
import dev.kedge.operators.stream.Command.Verb;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a model: what it writes bit by bit is what it would write at once. */
class WriteBackTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noChangeIsLostBetweenTwoWrites(long seed) throws Exception {
        try (Bench whole = new Bench(Bench.settings());
                Bench restless = new Bench(Bench.settings())) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < 250; i++) {
                long step = random.nextLong();
                happen(whole, i, new SplittableRandom(step));
                happen(restless, i, new SplittableRandom(step));
                switch (random.nextInt(4)) {
                    case 0 -> restless.restore();
                    case 1 -> restless.flushed();
                    default -> {}
                }
            }

            assertThat(restless.scores).isEqualTo(whole.scores).isNotEmpty();
            assertThat(restless.flushed().names("")).isEqualTo(whole.flushed().names(""));
            whole.flushed()
                    .parts()
                    .forEach(
                            (part, bytes) ->
                                    assertThat(restless.flushed().get(part).orElseThrow())
                                            .as(part)
                                            .isEqualTo(bytes));
        }
    }

    private static void happen(Bench bench, int i, SplittableRandom random) {
        long at = 700L * i - random.nextInt(3000);
        String id = "s" + random.nextInt(Math.max(1, i - 5), i + 3);
        String label = "abcd".substring(random.nextInt(4)).substring(0, 1);
        long before = Bench.START + at - random.nextInt(8000);
        switch (random.nextInt(16)) {
            case 0 -> bench.command(Verb.FORGET_CLASS, label, Double.NaN, 0);
            case 1 -> bench.command(Verb.FORGET_BEFORE, "", Double.NaN, before);
            case 2 -> bench.command(Verb.RATE, "", random.nextDouble(0.2), 0);
            case 3 ->
                    bench.command(
                            Verb.WEIGHT, ReplayTuning.PROXY_DISTILLATION, random.nextDouble(), 0);
            case 4 -> bench.command(random.nextInt(3) == 0 ? Verb.PAUSE : Verb.RESUME, "", 0, 0);
            case 5, 6, 7 -> bench.sample(id, at, label);
            case 8, 9, 10 -> bench.label(id, at, label);
            default -> bench.labelled(id, at, label);
        }
    }
}
