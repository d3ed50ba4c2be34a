// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.classifier.shapes;

import dev.kedge.operators.image.ImageShape;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Grey images of simple shapes, each of another size, place, turn and brightness, under noise.
 * Drawn without any library, so that they are the same everywhere.
 */
public final class DrawnShapes implements ClassImages {
    /** Rows and columns of an image. */
    public static final int SIDE = 28;

    private static final int SUPER = 3;
    private static final double NOISE = 40;

    private static final List<Shape> SHAPES =
            List.of(
                    new Shape("disc", (u, v) -> u * u + v * v < 0.8),
                    new Shape("cross", DrawnShapes::cross),
                    new Shape("ring", (u, v) -> between(u * u + v * v, 0.35, 0.95)),
                    new Shape("triangle", (u, v) -> v > -0.7 && Math.abs(u) < (0.9 - v) * 0.6),
                    new Shape("bars", (u, v) -> inside(u, v) && between(Math.abs(v), 0.4, 0.9)),
                    new Shape("square", (u, v) -> Math.max(Math.abs(u), Math.abs(v)) < 0.75),
                    new Shape("dots", DrawnShapes::dots),
                    new Shape("half", (u, v) -> u * u + v * v < 0.95 && v > 0),
                    new Shape(
                            "frame",
                            (u, v) -> between(Math.max(Math.abs(u), Math.abs(v)), 0.55, 0.9)),
                    new Shape("corner", (u, v) -> inside(u, v) && Math.min(u, v) < -0.4));

    private record Shape(String name, Inside inside) {}

    /** Whether a point of the square from -1 to 1 belongs to a shape. */
    @FunctionalInterface
    private interface Inside {
        boolean at(double u, double v);
    }

    private static boolean between(double value, double least, double most) {
        return value > least && value < most;
    }

    private static boolean inside(double u, double v) {
        return Math.max(Math.abs(u), Math.abs(v)) < 0.9;
    }

    private static boolean cross(double u, double v) {
        return inside(u, v) && Math.min(Math.abs(u), Math.abs(v)) < 0.28;
    }

    private static boolean dots(double u, double v) {
        double from = Math.abs(u) - 0.55;
        return from * from + v * v < 0.14;
    }

    @Override
    public List<String> labels() {
        return SHAPES.stream().map(Shape::name).toList();
    }

    @Override
    public ImageShape shape() {
        return new ImageShape(1, SIDE, SIDE);
    }

    @Override
    public byte[] draw(int c, UniformRandomProvider random) {
        double radius = 6 + 6 * random.nextDouble();
        double middleX = SIDE / 2.0 + 5 * (random.nextDouble() - 0.5);
        double middleY = SIDE / 2.0 + 5 * (random.nextDouble() - 0.5);
        double turn = 0.8 * (random.nextDouble() - 0.5);
        double ink = 130 + 110 * random.nextDouble();
        byte[] pixels = new byte[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            int row = i / SIDE;
            double share =
                    covered(
                            SHAPES.get(c).inside(),
                            i % SIDE - middleX,
                            row - middleY,
                            radius,
                            turn);
            double value = ink * share + NOISE * (random.nextDouble() - 0.3);
            pixels[i] = (byte) Math.round(Math.max(0, Math.min(255, value)));
        }
        return pixels;
    }

    /** Which share of a pixel a shape covers. */
    private static double covered(Inside shape, double x, double y, double radius, double turn) {
        double cos = Math.cos(turn) / radius;
        double sin = Math.sin(turn) / radius;
        int hits = 0;
        for (int k = 0; k < SUPER * SUPER; k++) {
            int down = k / SUPER;
            double dx = x + (k % SUPER + 0.5) / SUPER;
            double dy = y + (down + 0.5) / SUPER;
            hits += shape.at(cos * dx + sin * dy, cos * dy - sin * dx) ? 1 : 0;
        }
        return (double) hits / (SUPER * SUPER);
    }
}
