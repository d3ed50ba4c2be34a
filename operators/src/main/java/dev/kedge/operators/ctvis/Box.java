// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ctvis;

import java.util.Locale;

/**
 * A rectangle around a detection.
 *
 * @param left smallest x
 * @param top smallest y
 * @param right largest x
 * @param bottom largest y
 */
public record Box(double left, double top, double right, double bottom) {
    /** Checks that the sides are in order. */
    public Box {
        if (!(left <= right && top <= bottom)
                || Double.isInfinite(right - left)
                || Double.isInfinite(bottom - top)) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "box: [%s, %s, %s, %s] is not allowed; it must be finite, left to right and top to bottom",
                            left,
                            top,
                            right,
                            bottom));
        }
    }

    double area() {
        return (right - left) * (bottom - top);
    }

    /** Intersection over union with another; 0 if both are without area. */
    public double overlap(Box other) {
        double across = Math.min(right, other.right) - Math.max(left, other.left);
        double down = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        double common = Math.max(0, across) * Math.max(0, down);
        double union = area() + other.area() - common;
        // Of sides so long that the area is infinite, nothing can be told.
        return union > 0 && Double.isFinite(union) ? common / union : 0;
    }
}
