// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.peers;

import dev.kedge.operators.tracker.ctvis.Box;
import dev.kedge.operators.tracker.ctvis.Detection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Association by boxes alone, after Bewley et al., <i>Simple Online and Realtime Tracking</i>, ICIP
 * 2016: each track moves on at its last speed, pairs are made from the largest overlap on, a track
 * that is not seen for some frames ends. Without the original's Kalman filter (speed is smoothed
 * instead) and with greedy pairs instead of the best assignment. It sees no pixels, learns nothing,
 * and never finds again what was away.
 */
final class Sort {
    private static final double LEAST_OVERLAP = 0.3;
    private static final int MOST_MISSED = 3;
    private static final double SMOOTHING = 0.5;

    private final List<Track> tracks = new ArrayList<>();
    private long next;

    private static final class Track {
        private final long id;
        private Box box;
        private double speedX;
        private double speedY;
        private int missed;
        private boolean taken;

        Track(long id, Box box) {
            this.id = id;
            this.box = box;
        }

        void predict() {
            box = Box.ofSides(box.left() + speedX, box.top() + speedY, box.width(), box.height());
            taken = false;
            missed++;
        }

        void see(Box seen) {
            speedX += SMOOTHING * (seen.left() - box.left());
            speedY += SMOOTHING * (seen.top() - box.top());
            box = seen;
            missed = 0;
            taken = true;
        }
    }

    private record Pair(double overlap, int detection, Track track) {}

    /** The tracks of a frame's detections, which all have boxes. */
    long[] track(List<Detection> detections) {
        tracks.forEach(Track::predict);
        tracks.removeIf(track -> track.missed > MOST_MISSED);
        long[] ids = new long[detections.size()];
        Arrays.fill(ids, -1);
        for (Pair pair : pairs(detections)) {
            if (ids[pair.detection()] < 0 && !pair.track().taken) {
                pair.track().see(box(detections.get(pair.detection())));
                ids[pair.detection()] = pair.track().id;
            }
        }
        for (int d = 0; d < ids.length; d++) {
            if (ids[d] < 0) {
                ids[d] = next++;
                Track begun = new Track(ids[d], box(detections.get(d)));
                begun.taken = true;
                tracks.add(begun);
            }
        }
        return ids;
    }

    private List<Pair> pairs(List<Detection> detections) {
        List<Pair> pairs = new ArrayList<>();
        for (int d = 0; d < detections.size(); d++) {
            for (Track track : tracks) {
                double overlap = box(detections.get(d)).overlap(track.box);
                if (overlap >= LEAST_OVERLAP) {
                    pairs.add(new Pair(overlap, d, track));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::overlap).reversed());
        return pairs;
    }

    private static Box box(Detection detection) {
        return detection.box().orElseThrow();
    }
}
