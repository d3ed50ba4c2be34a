// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Origin;
import dev.kedge.state.flink.RecordType;
import dev.kedge.state.random.RestorableRandom;
import java.util.function.IntSupplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.DiscreteSampler;
import org.apache.commons.rng.sampling.distribution.RejectionInversionZipfSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Samples by their number, drawn once and repeated, so that a record costs its source next to
 * nothing. The first ones go through all models in turn; then keys are drawn.
 */
final class SampleStream {
    /** How Flink carries them. */
    static final RecordType<Incoming<Sample>> TYPE =
            RecordType.forRecord(Incoming.class, Sample.class);

    private static final Origin ORIGIN = new Origin("bench", 0, 0, 0);
    private static final byte[] NO_BYTES = {};
    private static final int ORDER = 1 << 20;
    private static final int POOL = 1 << 10;
    private static final double ZIPF_EXPONENT = 1;

    private final Plan plan;
    private final String[] names;
    private final int[] order = new int[ORDER];
    private final float[][] features;
    private final boolean[] labels = new boolean[POOL];

    /** How keys are drawn. */
    enum Keys {
        /** Each as often as any other. */
        UNIFORM,
        /** The k-th as often as 1/k. */
        ZIPF
    }

    /**
     * What to draw.
     *
     * @param models how many keys
     * @param keys how they are drawn
     * @param inputs how many features
     * @param first how many samples go through the models in turn before keys are drawn
     */
    record Plan(int models, Keys keys, int inputs, long first) implements java.io.Serializable {}

    SampleStream(Plan plan) {
        this.plan = plan;
        names = new String[plan.models()];
        for (int i = 0; i < names.length; i++) {
            names[i] = "model-" + i;
        }
        IntSupplier draw = draw(plan);
        for (int i = 0; i < ORDER; i++) {
            order[i] = draw.getAsInt();
        }
        RestorableRandom random = RestorableRandom.seeded(2);
        features = new float[POOL][plan.inputs()];
        for (int i = 0; i < POOL; i++) {
            random.fillUniform(features[i], 0, plan.inputs(), 1);
            labels[i] = features[i][0] + features[i][1] > 0;
        }
    }

    private static IntSupplier draw(Plan plan) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(1);
        if (plan.keys() == Keys.UNIFORM) {
            return () -> random.nextInt(plan.models());
        }
        DiscreteSampler ranks =
                RejectionInversionZipfSampler.of(random, plan.models(), ZIPF_EXPONENT);
        return () -> ranks.sample() - 1;
    }

    /** The sample of a number. */
    Incoming<Sample> at(long number) {
        int model =
                number < plan.first()
                        ? (int) (number % names.length)
                        : order[(int) (number & (ORDER - 1))];
        int row = (int) (number * 31 & (POOL - 1));
        return new Incoming<>(
                new Sample(names[model], features[row], labels[row]), ORIGIN, NO_BYTES);
    }
}
