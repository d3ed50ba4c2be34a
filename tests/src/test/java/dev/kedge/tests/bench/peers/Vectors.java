// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.peers;

import dev.kedge.connectors.classifier.SampleJson;
import dev.kedge.operators.classifier.Sample;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.state.random.RestorableRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Samples of twenty numbers in ten classes, two clusters a class. Half-way the clusters of every
 * other class are drawn anew: whoever learns on has to learn them again.
 */
final class Vectors {
    static final int WIDTH = 20;
    static final int CLASSES = 10;
    static final String MODEL = "peers";

    private static final int CLUSTERS = 2;
    private static final double SPREAD = 1.3;
    private static final int SUMMED = 6;
    private static final long START = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();

    private Vectors() {}

    /**
     * A sample.
     *
     * @param features its numbers
     * @param label its class, from 0
     * @param number its place in the stream
     */
    record Vector(float[] features, int label, int number) {
        Sample sample() {
            Optional<String> name = Optional.of(name());
            return new Sample(MODEL, "s" + number, START + number, bytes(), name);
        }

        private byte[] bytes() {
            return InputForm.encode(features);
        }

        String name() {
            return "class-" + label;
        }

        byte[] json() {
            return SampleJson.encode(sample(), features);
        }
    }

    static List<Vector> draw(int count, long seed) {
        RestorableRandom random = RestorableRandom.seeded(seed);
        float[][] centres = new float[CLASSES * CLUSTERS][WIDTH];
        for (float[] centre : centres) {
            random.fillUniform(centre, 0, WIDTH, 1);
        }
        List<Vector> drawn = new ArrayList<>(count);
        for (int n = 0; n < count; n++) {
            if (n == count / 2) {
                drift(centres, random);
            }
            int label = random.nextInt(CLASSES);
            float[] centre = centres[label * CLUSTERS + random.nextInt(CLUSTERS)];
            float[] features = new float[WIDTH];
            for (int i = 0; i < WIDTH; i++) {
                features[i] = centre[i] + (float) (SPREAD * bell(random));
            }
            drawn.add(new Vector(features, label, n));
        }
        return drawn;
    }

    /** The number of a class by its name. */
    static int label(String name) {
        return Integer.parseInt(name.substring(name.indexOf('-') + 1));
    }

    private static void drift(float[][] centres, RestorableRandom random) {
        for (int c = 0; c < centres.length; c += 2 * CLUSTERS) {
            random.fillUniform(centres[c], 0, WIDTH, 1);
            random.fillUniform(centres[c + 1], 0, WIDTH, 1);
        }
    }

    /** A sum of uniform numbers: nearly normal, standard deviation a half. */
    private static double bell(RestorableRandom random) {
        double sum = 0;
        for (int i = 0; i < SUMMED; i++) {
            sum += random.nextDouble() - 0.5;
        }
        return sum * Math.sqrt(12.0 / SUMMED) / 2;
    }
}
