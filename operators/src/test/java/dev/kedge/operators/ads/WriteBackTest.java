// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Command.Verb;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a model: what it writes bit by bit is what it would write at once. */
class WriteBackTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noChangeIsLostBetweenTwoWrites(long seed) {
        try (Bench whole = new Bench(CreativeMemoryModelTest.ON);
                Bench restless = new Bench(CreativeMemoryModelTest.ON)) {
            SplittableRandom random = new SplittableRandom(seed);
            for (CreativeEvent event : Bench.market(12, seed)) {
                long step = random.nextLong();
                happen(whole, event, new SplittableRandom(step));
                happen(restless, event, new SplittableRandom(step));
                switch (random.nextInt(4)) {
                    case 0 -> restless.restart();
                    case 1 -> restless.flush();
                    default -> {}
                }
            }

            assertThat(restless.flush().store.names("")).isEqualTo(whole.flush().store.names(""));
            whole.store
                    .parts()
                    .forEach(
                            (part, bytes) ->
                                    assertThat(restless.store.get(part).orElseThrow())
                                            .as(part)
                                            .isEqualTo(bytes));
            assertThat(restless.scores)
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactlyElementsOf(whole.scores);
        }
    }

    private static void happen(Bench bench, CreativeEvent event, SplittableRandom random) {
        switch (random.nextInt(60)) {
            case 0 -> obey(bench, Verb.FORGET_CREATIVE, "c" + random.nextInt(12), 0, 0);
            case 1 -> obey(bench, Verb.FORGET_ADVERTISER, "a" + random.nextInt(3), 0, 0);
            case 2 -> obey(bench, Verb.FORGET_BEFORE, "", 0, event.at() - 5 * Bench.DAY);
            case 3 -> obey(bench, Verb.RATE, "", random.nextDouble(0.01), 0);
            case 4 -> obey(bench, random.nextBoolean() ? Verb.PAUSE : Verb.RESUME, "", 0, 0);
            default -> {}
        }
        bench.send(event);
    }

    private static void obey(Bench bench, Verb verb, String name, double value, long before) {
        bench.obey(new Command(verb, Command.EVERY, name, value, before, 0));
    }
}
