// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.simulator;

import java.time.Duration;

/** How fast event time passes while records are played. */
public final class Pace {
    private static final double NANOS = 1_000_000.0;

    private final double speed;

    private Pace(double speed) {
        this.speed = speed;
    }

    /** As fast as the topic takes it. */
    public static Pace unthrottled() {
        return new Pace(Double.POSITIVE_INFINITY);
    }

    /**
     * Event time passes that much faster than real time.
     *
     * @param speed 1 for real time, 86400 for a day a second
     */
    public static Pace times(double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed is " + speed + ", allowed: above 0");
        }
        return new Pace(speed);
    }

    /** How long after the start something is due that happens that much later in event time. */
    Duration due(long eventMillis) {
        return Duration.ofNanos((long) Math.max(0, eventMillis * NANOS / speed));
    }
}
