// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.random;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.binary.DamagedSnapshotException;
import java.util.Arrays;
import org.apache.commons.rng.RandomProviderState;
import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.core.RandomProviderDefaultState;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A generator whose state is part of a model's state: xoshiro256++ of Commons RNG. Restored from
 * {@link #state()}, it goes on with the number that would have come next. Not thread-safe.
 */
public final class RestorableRandom {
    private final RestorableUniformRandomProvider source;

    private RestorableRandom(RestorableUniformRandomProvider source) {
        this.source = source;
    }

    /** Starts from a seed. The same seed gives the same numbers on every machine. */
    public static RestorableRandom seeded(long seed) {
        return new RestorableRandom(RandomSource.XO_SHI_RO_256_PP.create(seed));
    }

    /** Starts from a seed and a name, so that every model of a job draws its own numbers. */
    public static RestorableRandom seeded(long seed, String name) {
        long mixed = seed;
        for (int i = 0; i < name.length(); i++) {
            mixed = (mixed ^ name.charAt(i)) * 0x100000001b3L;
        }
        return seeded(mixed);
    }

    /**
     * Goes on from a stored state.
     *
     * @throws DamagedSnapshotException if it has not the length of a state
     */
    public static RestorableRandom restored(byte[] state) {
        RestorableRandom random = seeded(0);
        int wanted = random.state().length;
        if (state.length != wanted) {
            throw new DamagedSnapshotException(
                    format("generator state has %d bytes, wanted %d", state.length, wanted));
        }
        random.source.restoreState(new RandomProviderDefaultState(state.clone()));
        return random;
    }

    /** The state, to be stored. */
    public byte[] state() {
        RandomProviderState state = source.saveState();
        byte[] bytes = ((RandomProviderDefaultState) state).getState();
        return Arrays.copyOf(bytes, bytes.length);
    }

    /** Uniform in [0, 1). */
    public double nextDouble() {
        return source.nextDouble();
    }

    /** Uniform in [0, bound). */
    public int nextInt(int bound) {
        return source.nextInt(bound);
    }

    /** Fills part of a vector uniformly in [-bound, bound). */
    public void fillUniform(float[] vector, int from, int to, double bound) {
        for (int i = from; i < to; i++) {
            vector[i] = (float) ((2 * source.nextDouble() - 1) * bound);
        }
    }
}
