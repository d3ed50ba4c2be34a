// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.operators.encoder.InputForm;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A stream of classes that are clouds around random centres, two classes a task. */
final class Blobs {
    static final int INPUTS = 12;

    private final SplittableRandom random;
    private final double[][] centres;

    record Sample(byte[] input, String label) {}

    Blobs(int classes, long seed) {
        random = new SplittableRandom(seed);
        centres = new double[classes][];
        for (int c = 0; c < classes; c++) {
            centres[c] = random.doubles(INPUTS, -1, 1).toArray();
        }
    }

    Sample of(int c) {
        float[] values = new float[INPUTS];
        for (int k = 0; k < INPUTS; k++) {
            values[k] = (float) (centres[c][k] + random.nextDouble(-0.6, 0.6));
        }
        return new Sample(InputForm.encode(values), "class " + c);
    }

    List<Sample> task(int task, int samples) {
        List<Sample> stream = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            stream.add(of(2 * task + random.nextInt(2)));
        }
        return stream;
    }

    List<Sample> test(int each) {
        List<Sample> all = new ArrayList<>();
        for (int c = 0; c < centres.length; c++) {
            for (int i = 0; i < each; i++) {
                all.add(of(c));
            }
        }
        return all;
    }
}
