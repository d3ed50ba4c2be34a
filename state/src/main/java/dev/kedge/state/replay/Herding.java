// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.replay;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Herding (Welling 2009; Rebuffi et al., <i>iCaRL</i>, CVPR 2017), one sample at a time: of a class
 * that must give way, the sample goes whose loss leaves the mean of the stored features' directions
 * nearest to the mean over all that the class ever showed. Classes have equal shares. Costs one
 * pass over the features of one class for each sample of a full memory.
 */
public final class Herding implements Admission {
    private final List<DirectionSum> classes = new ArrayList<>();

    /** Sum of the directions of all samples of a class. */
    private static final class DirectionSum {
        private double[] sum;
        private long count;

        private DirectionSum(double[] sum, long count) {
            this.sum = sum;
            this.count = count;
        }

        private void add(float[] features) {
            if (sum.length == 0) {
                sum = new double[features.length];
            }
            count++;
            addDirection(features, sum);
        }
    }

    @Override
    public String name() {
        return "herding";
    }

    @Override
    public void admit(ReplaySlots slots, List<ReplaySample> batch, DoubleSupplier uniform) {
        for (ReplaySample sample : batch) {
            if (sample.features().length == 0) {
                throw new IllegalArgumentException(
                        "replay.memory: herding needs stored features; store them or take another");
            }
            seen(sample.label()).add(sample.features());
            if (slots.hasRoomFor(sample)) {
                slots.append(sample);
            } else {
                makeWay(slots, sample);
            }
        }
    }

    private void makeWay(ReplaySlots slots, ReplaySample sample) {
        int victim = Ring.victim(slots, sample.label());
        slots.append(sample);
        slots.remove(leastMissed(slots, victim));
        while (slots.overflows()) {
            slots.remove(leastMissed(slots, slots.largest()));
        }
    }

    private int leastMissed(ReplaySlots slots, int label) {
        double[] mean = seen(label).sum.clone();
        double[] stored = new double[mean.length];
        for (int slot = 0; slot < slots.size(); slot++) {
            if (slots.get(slot).label() == label) {
                addDirection(slots.get(slot).features(), stored);
            }
        }
        for (int k = 0; k < mean.length; k++) {
            mean[k] /= seen(label).count;
        }
        int left = Math.max(1, slots.count(label) - 1);
        int best = -1;
        double nearest = Double.POSITIVE_INFINITY;
        for (int slot = 0; slot < slots.size(); slot++) {
            if (slots.get(slot).label() == label) {
                double distance = without(slots.get(slot).features(), stored, left, mean);
                if (best < 0 || distance < nearest) {
                    best = slot;
                    nearest = distance;
                }
            }
        }
        return best;
    }

    private static double without(float[] features, double[] stored, int left, double[] mean) {
        double length = length(features);
        double distance = 0;
        for (int k = 0; k < stored.length; k++) {
            double apart = (stored[k] - features[k] / length) / left - mean[k];
            distance += apart * apart;
        }
        return distance;
    }

    private static void addDirection(float[] features, double[] sum) {
        double length = length(features);
        for (int k = 0; k < sum.length; k++) {
            sum[k] += features[k] / length;
        }
    }

    private static double length(float[] features) {
        double squares = 0;
        for (float feature : features) {
            squares += (double) feature * feature;
        }
        return Math.max(Math.sqrt(squares), 1e-12);
    }

    private DirectionSum seen(int label) {
        while (classes.size() <= label) {
            classes.add(new DirectionSum(new double[0], 0));
        }
        return classes.get(label);
    }

    @Override
    public void write(BinaryWriter out) {
        out.putInt(classes.size());
        for (DirectionSum one : classes) {
            out.putDoubles(one.sum);
            out.putLong(one.count);
        }
    }

    @Override
    public void read(BinaryReader in) {
        classes.clear();
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            classes.add(new DirectionSum(in.getDoubles(), in.getLong()));
        }
    }

    @Override
    public void forget(int label) {
        if (label < classes.size()) {
            classes.set(label, new DirectionSum(new double[0], 0));
        }
    }
}
