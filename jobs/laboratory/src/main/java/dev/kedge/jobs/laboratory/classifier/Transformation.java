// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings.Drift;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings.Protocol;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How inputs look in one task of a drift: each value comes from another place, or is 0. */
final class Transformation {
    private static final int NOWHERE = -1;

    private final int[] from;
    private final int bytesEach;

    private Transformation(int[] from, int bytesEach) {
        this.from = from;
        this.bytesEach = bytesEach;
    }

    /** One for each task; the first leaves inputs as they are. */
    static List<Transformation> drift(Protocol protocol, Samples samples, RestorableRandom random) {
        if (protocol.drift() == Drift.ROTATED && samples.image().isEmpty()) {
            throw new ConfigurationException(
                    "protocol.drift: rotated is not allowed; the data must be images");
        }
        int width = samples.input().width();
        int bytesEach = samples.input().form().length(1);
        List<Transformation> drift = new ArrayList<>();
        for (int t = 0; t < protocol.tasks(); t++) {
            int[] from =
                    protocol.drift() == Drift.ROTATED
                            ? turned(samples.image().orElseThrow(), angle(t, protocol.tasks()))
                            : permuted(width, t, random);
            drift.add(new Transformation(from, bytesEach));
        }
        return drift;
    }

    private static double angle(int task, int tasks) {
        return tasks == 1 ? 0 : Math.PI * task / (tasks - 1);
    }

    private static int[] permuted(int width, int task, RestorableRandom random) {
        int[] from = IntStream.range(0, width).toArray();
        for (int left = task == 0 ? 0 : width; left > 1; left--) {
            int chosen = random.nextInt(left);
            int value = from[chosen];
            from[chosen] = from[left - 1];
            from[left - 1] = value;
        }
        return from;
    }

    /** Nearest neighbour, around the middle. */
    private static int[] turned(ImageShape shape, double angle) {
        int[] from = new int[shape.bytes()];
        Arrays.fill(from, NOWHERE);
        double middleRow = (shape.height() - 1) / 2.0;
        double middleColumn = (shape.width() - 1) / 2.0;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        for (int i = 0; i < from.length; i++) {
            int pixel = i % shape.pixels();
            int rowNumber = pixel / shape.width();
            double row = rowNumber - middleRow;
            double column = pixel % shape.width() - middleColumn;
            long sourceRow = Math.round(cos * row - sin * column + middleRow);
            long sourceColumn = Math.round(sin * row + cos * column + middleColumn);
            if (sourceRow >= 0
                    && sourceRow < shape.height()
                    && sourceColumn >= 0
                    && sourceColumn < shape.width()) {
                int channel = i / shape.pixels();
                from[i] =
                        Math.toIntExact(
                                channel * (long) shape.pixels()
                                        + sourceRow * shape.width()
                                        + sourceColumn);
            }
        }
        return from;
    }

    byte[] apply(byte[] input) {
        byte[] seen = new byte[input.length];
        for (int i = 0; i < from.length; i++) {
            if (from[i] != NOWHERE) {
                System.arraycopy(input, from[i] * bytesEach, seen, i * bytesEach, bytesEach);
            }
        }
        return seen;
    }
}
