// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;

/**
 * One instance that keeps its velocity: a Kalman filter (Kalman 1960) over the centre and the sides
 * of its box, each of the four by itself, as trackers by detection have it (SORT, Bewley et al.
 * 2016). As in DeepSORT (Wojke et al. 2017) the noise of a place and of a velocity are fractions of
 * the box's height, so that it matters neither how large the pictures are nor how far things are
 * away. A gap of frames is predicted at once, whatever its length. Not thread-safe.
 */
final class ConstantVelocity {
    private static final int VERSION = 1;
    private static final int COORDINATES = 4;
    private static final int WIDTH = 2;
    private static final int HEIGHT = 3;

    /** Standard deviations, in heights of the box: of a place, and of a velocity by one frame. */
    private static final double PLACE = 1.0 / 20;

    private static final double VELOCITY = 1.0 / 160;

    /** Of a new instance: nothing is known of its velocity. */
    private static final double FIRST_PLACE = 2 * PLACE;

    private static final double FIRST_VELOCITY = 10 * VELOCITY;

    private final long id;
    private final double[] place = new double[COORDINATES];
    private final double[] velocity = new double[COORDINATES];
    private final double[] placeVariance = new double[COORDINATES];
    private final double[] covariance = new double[COORDINATES];
    private final double[] velocityVariance = new double[COORDINATES];
    private long frame;

    private ConstantVelocity(long id) {
        this.id = id;
    }

    /** An instance that was seen for the first time. */
    static ConstantVelocity of(long id, long frame, Box box) {
        ConstantVelocity instance = new ConstantVelocity(id);
        double unit = unit(box.height());
        for (int c = 0; c < COORDINATES; c++) {
            instance.place[c] = coordinate(box, c);
            instance.placeVariance[c] = square(FIRST_PLACE * unit);
            instance.velocityVariance[c] = square(FIRST_VELOCITY * unit);
        }
        instance.frame = frame;
        return instance;
    }

    /** The instance's number. */
    long id() {
        return id;
    }

    /** Intersection over union of a box with the one that is expected. */
    double overlap(long at, Box box) {
        double frames = at - frame;
        double x = place[0] + frames * velocity[0];
        double y = place[1] + frames * velocity[1];
        double half = Math.max(0, place[WIDTH] + frames * velocity[WIDTH]) / 2;
        double tall = Math.max(0, place[HEIGHT] + frames * velocity[HEIGHT]) / 2;
        return box.overlap(x - half, y - tall, x + half, y + tall);
    }

    /**
     * How far a box is from where it will be: the squared Mahalanobis distance, of four degrees of
     * freedom.
     */
    double distance(long at, Box box) {
        double frames = at - frame;
        double noise = square(PLACE * unit(place[HEIGHT]));
        double sum = 0;
        for (int c = 0; c < COORDINATES; c++) {
            double off = coordinate(box, c) - place[c] - frames * velocity[c];
            sum += off * off / (ahead(c, frames) + noise);
        }
        return sum;
    }

    /** Takes a sighting. */
    void see(long at, Box box) {
        double frames = at - frame;
        double unit = unit(place[HEIGHT]);
        double noise = square(PLACE * unit);
        for (int c = 0; c < COORDINATES; c++) {
            double variance = ahead(c, frames);
            double cross =
                    covariance[c]
                            + frames * velocityVariance[c]
                            + square(VELOCITY * unit) * frames * (frames - 1) / 2;
            double own = velocityVariance[c] + frames * square(VELOCITY * unit);
            double expected = place[c] + frames * velocity[c];
            double off = coordinate(box, c) - expected;
            double gain = variance / (variance + noise);
            double turn = cross / (variance + noise);
            place[c] = expected + gain * off;
            velocity[c] += turn * off;
            placeVariance[c] = (1 - gain) * variance;
            covariance[c] = (1 - gain) * cross;
            velocityVariance[c] = own - turn * cross;
        }
        frame = at;
    }

    /** Variance of a place some frames later: the noise of each frame's velocity adds up. */
    private double ahead(int c, double frames) {
        double unit = unit(place[HEIGHT]);
        return placeVariance[c]
                + 2 * frames * covariance[c]
                + frames * frames * velocityVariance[c]
                + frames * square(PLACE * unit)
                + square(VELOCITY * unit) * (frames - 1) * frames * (2 * frames - 1) / 6;
    }

    private static double unit(double height) {
        return Math.max(1e-3, height);
    }

    private static double square(double x) {
        return x * x;
    }

    private static double coordinate(Box box, int c) {
        return switch (c) {
            case 0 -> (box.left() + box.right()) / 2;
            case 1 -> (box.top() + box.bottom()) / 2;
            case 2 -> box.width();
            default -> box.height();
        };
    }

    /** Whether all of it can be computed with. */
    boolean isFinite() {
        double sum = 0;
        for (int c = 0; c < COORDINATES; c++) {
            sum += 0 * place[c] + 0 * velocity[c];
            sum += 0 * placeVariance[c] + 0 * covariance[c] + 0 * velocityVariance[c];
        }
        return sum == 0;
    }

    byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(192);
        out.putLong(id);
        out.putLong(frame);
        out.putDoubles(place);
        out.putDoubles(velocity);
        out.putDoubles(placeVariance);
        out.putDoubles(covariance);
        out.putDoubles(velocityVariance);
        return Envelope.seal(Family.MOTION, VERSION, out);
    }

    static ConstantVelocity fromBytes(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.MOTION, VERSION);
        ConstantVelocity instance = new ConstantVelocity(in.getLong());
        instance.frame = in.getLong();
        read(in, instance.place);
        read(in, instance.velocity);
        read(in, instance.placeVariance);
        read(in, instance.covariance);
        read(in, instance.velocityVariance);
        in.requireEnd();
        return instance;
    }

    private static void read(BinaryReader in, double[] into) {
        System.arraycopy(in.getDoubles(into.length), 0, into, 0, into.length);
    }
}
