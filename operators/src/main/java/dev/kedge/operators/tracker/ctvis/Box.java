// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.api.PublicApi;

/**
 * A rectangle around a detection. It is told as two corners or as one and the two sides, and keeps
 * both: neither can be had from the other to the last bit.
 *
 * @param left smallest x
 * @param top smallest y
 * @param right largest x
 * @param bottom largest y
 * @param width from left to right
 * @param height from top to bottom
 */
@PublicApi
public record Box(
        double left, double top, double right, double bottom, double width, double height) {
    /** Checks that the sides are in order and fit the corners. */
    public Box {
        if (!isSide(left, right, width) || !isSide(top, bottom, height)) {
            throw new IllegalArgumentException(
                    format(
                            "box: [%s, %s, %s, %s] is not allowed; it must be finite, left to right and top to bottom",
                            left, top, right, bottom));
        }
    }

    /** A box of two corners. */
    public Box(double left, double top, double right, double bottom) {
        this(left, top, right, bottom, right - left, bottom - top);
    }

    /** A box of a corner and two sides. */
    public static Box ofSides(double left, double top, double width, double height) {
        return new Box(left, top, left + width, top + height, width, height);
    }

    private static boolean isSide(double from, double to, double length) {
        return from <= to
                && length >= 0
                && Double.isFinite(to - from)
                && (length == to - from || to == from + length);
    }

    /** Whether the sides follow from the corners. */
    public boolean isToldByCorners() {
        return width == right - left && height == bottom - top;
    }

    double area() {
        return (right - left) * (bottom - top);
    }

    /** Intersection over union with another; 0 if both are without area. */
    public double overlap(Box other) {
        return overlap(other.left, other.top, other.right, other.bottom);
    }

    /** The same with a box that is not yet one. */
    double overlap(double otherLeft, double otherTop, double otherRight, double otherBottom) {
        double across = Math.min(right, otherRight) - Math.max(left, otherLeft);
        double down = Math.min(bottom, otherBottom) - Math.max(top, otherTop);
        double common = Math.max(0, across) * Math.max(0, down);
        double other = (otherRight - otherLeft) * (otherBottom - otherTop);
        double union = area() + other - common;
        // Of sides so long that the area is infinite, nothing can be told.
        return union > 0 && Double.isFinite(union) ? common / union : 0;
    }
}
