// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.stream.Command.Verb;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a model: what it writes bit by bit is what it would write at once. */
class WriteBackTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noChangeIsLostBetweenTwoWrites(long seed) throws Exception {
        try (Camera whole = new Camera(Camera.SETTINGS);
                Camera restless = new Camera(Camera.SETTINGS)) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < 250; i++) {
                long step = random.nextLong();
                happen(whole, i, new SplittableRandom(step));
                happen(restless, i, new SplittableRandom(step));
                switch (random.nextInt(4)) {
                    case 0 -> restless.restart();
                    case 1 -> restless.flush();
                    default -> {}
                }
            }

            assertThat(restless.scores).isEqualTo(whole.scores).isNotEmpty();
            assertThat(restless.flush().store.names("")).isEqualTo(whole.flush().store.names(""));
            whole.store
                    .parts()
                    .forEach(
                            (part, bytes) ->
                                    assertThat(restless.store.get(part).orElseThrow())
                                            .as(part)
                                            .isEqualTo(bytes));
        }
    }

    private static void happen(Camera camera, int i, SplittableRandom random) {
        String stream = "s" + random.nextInt(4);
        long at = Camera.START + 300L * i - random.nextInt(2500);
        long before = at - random.nextInt(20_000);
        switch (random.nextInt(24)) {
            case 0 -> camera.obey(Verb.FORGET_STREAM, stream, Double.NaN, 0);
            case 1 -> camera.obey(Verb.FORGET_TRACK, stream, random.nextInt(6), 0);
            case 2 -> camera.obey(Verb.FORGET_BEFORE, "", Double.NaN, before);
            case 3 -> camera.obey(Verb.RATE, "", random.nextDouble(0.01), 0);
            case 4 -> camera.obey(random.nextInt(3) == 0 ? Verb.PAUSE : Verb.RESUME, "", 0, 0);
            default -> {
                int[] things =
                        IntStream.range(0, Camera.WIDTH)
                                .filter(thing -> random.nextInt(3) > 0)
                                .toArray();
                StreamFrame frame = Camera.shows(stream, at - Camera.START + 9000, at, things);
                camera.send(random.nextInt(9) == 0 ? Camera.last(frame) : frame);
            }
        }
    }
}
