// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.tracker.video;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.connectors.tracker.FrameJson;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Cameras that show {@link PseudoVideo}s of still images, as records of frames: after some frames a
 * camera shows other images. Some records come late, within a bound; a few are broken or come
 * again. Goes on for ever; decided by the seed alone. Not thread-safe.
 */
public final class CameraStream implements Iterator<SimulatedRecord> {
    private static final Comparator<SimulatedRecord> BY_ARRIVAL =
            Comparator.comparingLong(SimulatedRecord::arrivesAt)
                    .thenComparingLong(SimulatedRecord::at)
                    .thenComparing(SimulatedRecord::kind);

    private final Settings settings;
    private final List<byte[]> images;
    private final ImageShape shape;
    private final FrameJson json;
    private final RestorableRandom random;
    private final List<PseudoVideo> videos = new ArrayList<>();
    private final PriorityQueue<SimulatedRecord> coming = new PriorityQueue<>(BY_ARRIVAL);
    private long step;
    private long made;

    /**
     * What the cameras are like.
     *
     * @param model the model that the frames are for
     * @param cameras how many there are
     * @param objects objects of a video
     * @param frames frames of a video
     * @param start event time of the first frame, epoch milliseconds
     * @param between milliseconds from a camera's frame to its next
     * @param late share of the frames that come later than they should
     * @param lateness most milliseconds by which they do
     * @param faults share of the frames that come again, and share that is followed by broken bytes
     * @param video what a video is like
     * @param seed start of all randomness
     */
    public record Settings(
            String model,
            int cameras,
            int objects,
            int frames,
            long start,
            long between,
            double late,
            long lateness,
            double faults,
            PseudoVideo.Settings video,
            long seed) {
        /** Checks what would not work. */
        public Settings {
            if (cameras < 1 || objects < 1 || frames < 1 || between < 1 || lateness < 0) {
                throw new IllegalArgumentException(
                        "cameras, objects, frames and between must be at least 1, lateness at least 0");
            }
        }
    }

    /**
     * Cameras that show images.
     *
     * @param images at least as many as a video has objects
     * @param shape sides of the images
     */
    public CameraStream(List<byte[]> images, ImageShape shape, Settings settings) {
        if (images.size() < settings.objects()) {
            throw new IllegalArgumentException(
                    format(
                            "images: %d are too few for videos of %d objects",
                            images.size(), settings.objects()));
        }
        this.settings = settings;
        this.images = images;
        this.shape = shape;
        json = new FrameJson(new TrackerSettings.Input(0, shape));
        random = RestorableRandom.seeded(settings.seed(), "cameras");
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public SimulatedRecord next() {
        // Whatever is still to be drawn arrives no sooner than it happens.
        while (coming.isEmpty() || coming.peek().arrivesAt() >= at(step)) {
            draw();
        }
        return coming.remove();
    }

    private long at(long number) {
        return settings.start() + number * settings.between();
    }

    /** Draws a frame of every camera. */
    private void draw() {
        boolean anew = step % settings.frames() == 0;
        for (int c = 0; c < settings.cameras(); c++) {
            if (anew) {
                PseudoVideo video = video();
                if (videos.size() <= c) {
                    videos.add(video);
                } else {
                    videos.set(c, video);
                }
            }
            send("camera " + (c + 1), videos.get(c).next("").detections());
        }
        step++;
    }

    private PseudoVideo video() {
        List<byte[]> left = new ArrayList<>(images);
        List<byte[]> shown = new ArrayList<>();
        for (int i = 0; i < settings.objects(); i++) {
            shown.add(left.remove(random.nextInt(left.size())));
        }
        return new PseudoVideo(shown, shape, settings.video(), settings.seed() + ++made);
    }

    private void send(String camera, List<Detection> shown) {
        // An object of one video is no object of the next.
        String video = "v" + step / settings.frames() + " ";
        List<Detection> detections =
                shown.stream()
                        .map(one -> one.identity().isEmpty() ? one : named(one, video))
                        .toList();
        VideoFrame frame = new VideoFrame(camera, step, at(step), detections);
        byte[] value = json.encode(new StreamFrame(settings.model(), frame, false));
        boolean late = random.nextDouble() < settings.late();
        long delay = late ? random.nextInt((int) settings.lateness() + 1) : 0;
        SimulatedRecord.Kind kind = late ? SimulatedRecord.Kind.LATE : SimulatedRecord.Kind.REGULAR;
        SimulatedRecord record =
                new SimulatedRecord(settings.model(), value, at(step), at(step) + delay, kind);
        coming.add(record);
        if (random.nextDouble() < settings.faults()) {
            coming.add(record.again(record.arrivesAt()));
        }
        if (random.nextDouble() < settings.faults()) {
            byte[] half = {'{', '"', 'f'};
            SimulatedRecord.Kind broken = SimulatedRecord.Kind.BROKEN;
            coming.add(new SimulatedRecord(settings.model(), half, at(step), at(step), broken));
        }
    }

    private static Detection named(Detection detection, String video) {
        return detection.withIdentity(video + detection.identity());
    }
}
