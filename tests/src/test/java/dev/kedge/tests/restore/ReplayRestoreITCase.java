// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import dev.kedge.operators.classifier.hpcr.Method;
import dev.kedge.operators.classifier.hpcr.ReplaySettings;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.Types;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayRestoreITCase {
    private static final int CLASSES = 4;

    @ParameterizedTest
    @EnumSource(Method.class)
    void aClassifierEndsTheSameWhateverDisturbsIt(Method method) throws Exception {
        ReplaySettings settings =
                ReplaySettings.of(
                        method,
                        new ReplaySettings.Input(ReplayModels.INPUTS, InputForm.FLOATS),
                        CLASSES,
                        12,
                        7);
        RestoreHarness.assertEndsTheSame(
                new Rehearsed<>(
                        new ReplayModels(settings),
                        samples(300),
                        incoming -> incoming.event().model(),
                        Types.STRING,
                        Types.STRING,
                        words -> new Rehearsed.Told(words.substring(0, 2), words)));
    }

    /** Clouds around centres; new classes keep arriving. */
    static List<Incoming<ReplayModels.Sample>> samples(int count) {
        SplittableRandom random = new SplittableRandom(9);
        List<Incoming<ReplayModels.Sample>> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int newest = Math.min(CLASSES, 2 + i * CLASSES / count);
            int label = random.nextInt(newest);
            float[] input = new float[ReplayModels.INPUTS];
            for (int k = 0; k < input.length; k++) {
                input[k] = (float) (k % CLASSES == label ? 1 : 0) + (float) random.nextDouble(0.5);
            }
            samples.add(
                    new Incoming<>(
                            new ReplayModels.Sample(
                                    "m" + random.nextInt(5), InputForm.encode(input), "c" + label),
                            new Origin("in", 0, i, -1),
                            new byte[0]));
        }
        return samples;
    }
}
