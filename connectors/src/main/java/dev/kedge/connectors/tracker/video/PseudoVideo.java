// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.tracker.video;

import static dev.kedge.state.text.Text.format;

import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.tracker.ctvis.Box;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a video of still images: each is an object that moves, turns, grows and shrinks, gets
 * brighter and darker, passes behind others, leaves and comes back elsewhere. What a detector would
 * find is cut out of the drawn frame, so that an occluded object shows what is in front of it; a
 * small part of the objects is missed, and a small part of the background is taken for one. Every
 * detection carries its true identity, {@code o} and the object's number; false ones carry none.
 * Decided by the seed alone. Not thread-safe.
 */
public final class PseudoVideo {
    private static final double LEAST_VISIBLE = 0.35;
    private static final int BACKGROUND = -1;
    private static final long FRAME_MILLIS = 40;

    private final ImageShape shape;
    private final Settings settings;
    private final RestorableRandom random;
    private final List<Mover> movers = new ArrayList<>();
    private final byte[] background;
    private final byte[] canvas;
    private final int[] owner;
    private long frame;

    /**
     * What a video is like.
     *
     * @param side rows and columns of a frame, in sides of an object
     * @param speed most that an object moves from frame to frame, as part of its side
     * @param turn most that it turns, in degrees
     * @param leaves probability that an object in sight leaves for some frames
     * @param away most frames that it is away
     * @param missed probability that an object in sight is not detected
     * @param alarms probability of a false detection, by frame
     */
    public record Settings(
            double side,
            double speed,
            double turn,
            double leaves,
            int away,
            double missed,
            double alarms) {
        /** Crowded enough that objects often overlap. */
        public static final Settings DEFAULT = new Settings(4, 0.15, 12, 0.06, 8, 0.03, 0.1);

        /** Checks the values. */
        public Settings {
            require(side >= 1 && side <= 20, "side", side, "between 1 and 20");
            require(speed >= 0 && speed <= 1, "speed", speed, "between 0 and 1");
            require(turn >= 0 && turn <= 180, "turn", turn, "between 0 and 180");
            require(leaves >= 0 && leaves <= 1, "leaves", leaves, "between 0 and 1");
            require(away >= 1, "away", away, "at least 1");
            require(missed >= 0 && missed <= 1, "missed", missed, "between 0 and 1");
            require(alarms >= 0 && alarms <= 1, "alarms", alarms, "between 0 and 1");
        }

        private static void require(boolean holds, String field, double value, String allowed) {
            if (!holds) {
                throw new IllegalArgumentException(
                        format(
                                "video.%s: %s is not allowed; it must be %s",
                                field, value, allowed));
            }
        }
    }

    /** Where an object is, and how it looks. */
    private static final class Mover {
        private final byte[] image;
        private double x;
        private double y;
        private double speedX;
        private double speedY;
        private double angle;
        private double scale = 1;
        private double light = 1;
        private int away;
        private int drawn;
        private double left;
        private double top;
        private double right;
        private double bottom;

        private Mover(byte[] image) {
            this.image = image;
        }
    }

    /**
     * Starts a video.
     *
     * @param images an image for each object, those in front last
     * @param shape sides of the images
     */
    public PseudoVideo(List<byte[]> images, ImageShape shape, Settings settings, long seed) {
        this.shape = shape;
        this.settings = settings;
        this.random = RestorableRandom.seeded(seed, "video");
        int side = side();
        background = new byte[shape.channels() * side * side];
        canvas = new byte[background.length];
        owner = new int[side * side];
        paintBackground(side);
        for (byte[] image : images) {
            Mover mover = new Mover(image);
            place(mover);
            mover.angle = 0;
            movers.add(mover);
        }
    }

    private int side() {
        return (int) Math.round(settings.side() * Math.max(shape.height(), shape.width()));
    }

    /** A slope from one colour to another, with some grain. */
    private void paintBackground(int side) {
        for (int c = 0; c < shape.channels(); c++) {
            double from = 255 * random.nextDouble();
            double to = 255 * random.nextDouble();
            for (int p = 0; p < side * side; p++) {
                double grain = 24 * random.nextDouble() - 12;
                int row = p / side;
                double value = from + (to - from) * row / side + grain;
                background[c * side * side + p] = clipped(value);
            }
        }
    }

    private void place(Mover mover) {
        double side = side();
        mover.x = side * random.nextDouble();
        mover.y = side * random.nextDouble();
        double most = settings.speed() * shape.width();
        mover.speedX = most * (2 * random.nextDouble() - 1);
        mover.speedY = most * (2 * random.nextDouble() - 1);
    }

    /**
     * The next frame, from number 0.
     *
     * @param stream name that the frame bears
     */
    public VideoFrame next(String stream) {
        System.arraycopy(background, 0, canvas, 0, canvas.length);
        Arrays.fill(owner, BACKGROUND);
        for (int i = 0; i < movers.size(); i++) {
            Mover mover = movers.get(i);
            move(mover);
            if (mover.away == 0) {
                draw(mover, i);
            }
        }
        List<Detection> detections = new ArrayList<>();
        int[] visible = new int[movers.size()];
        for (int at : owner) {
            if (at != BACKGROUND) {
                visible[at]++;
            }
        }
        for (int i = 0; i < movers.size(); i++) {
            detect(movers.get(i), i, visible[i], detections);
        }
        if (random.nextDouble() < settings.alarms()) {
            detections.add(alarm());
        }
        VideoFrame made = new VideoFrame(stream, frame, FRAME_MILLIS * frame, detections);
        frame++;
        return made;
    }

    private void move(Mover mover) {
        if (mover.away > 0) {
            mover.away--;
            if (mover.away == 0) {
                place(mover);
            }
            return;
        }
        if (frame > 0 && random.nextDouble() < settings.leaves()) {
            mover.away = 1 + random.nextInt(settings.away());
            return;
        }
        double side = side();
        mover.x += mover.speedX;
        mover.y += mover.speedY;
        mover.speedX = mover.x < 0 || mover.x > side ? -mover.speedX : mover.speedX;
        mover.speedY = mover.y < 0 || mover.y > side ? -mover.speedY : mover.speedY;
        mover.x = Math.min(Math.max(mover.x, 0), side);
        mover.y = Math.min(Math.max(mover.y, 0), side);
        mover.angle += Math.toRadians(settings.turn()) * (2 * random.nextDouble() - 1);
        mover.scale = wander(mover.scale, 0.06, 0.7, 1.3);
        mover.light = wander(mover.light, 0.06, 0.6, 1.4);
    }

    private double wander(double from, double step, double least, double most) {
        double to = from + step * (2 * random.nextDouble() - 1);
        return Math.min(Math.max(to, least), most);
    }

    private void draw(Mover mover, int index) {
        int side = side();
        double cos = Math.cos(mover.angle);
        double sin = Math.sin(mover.angle);
        double halfWidth = mover.scale * shape.width() / 2;
        double halfHeight = mover.scale * shape.height() / 2;
        double reachX = halfWidth * Math.abs(cos) + halfHeight * Math.abs(sin);
        double reachY = halfWidth * Math.abs(sin) + halfHeight * Math.abs(cos);
        mover.left = Math.max(0, mover.x - reachX);
        mover.right = Math.min(side, mover.x + reachX);
        mover.top = Math.max(0, mover.y - reachY);
        mover.bottom = Math.min(side, mover.y + reachY);
        mover.drawn = (int) (4 * halfWidth * halfHeight);
        for (int y = (int) mover.top; y < (int) Math.ceil(mover.bottom); y++) {
            for (int x = (int) mover.left; x < (int) Math.ceil(mover.right); x++) {
                double right = (x + 0.5 - mover.x) * cos + (y + 0.5 - mover.y) * sin;
                double down = (y + 0.5 - mover.y) * cos - (x + 0.5 - mover.x) * sin;
                int column = (int) Math.floor((right + halfWidth) / mover.scale);
                int row = (int) Math.floor((down + halfHeight) / mover.scale);
                if (column >= 0 && column < shape.width() && row >= 0 && row < shape.height()) {
                    paint(mover, row * shape.width() + column, y * side + x);
                    owner[y * side + x] = index;
                }
            }
        }
    }

    private void paint(Mover mover, int from, int to) {
        int plane = side() * side();
        for (int c = 0; c < shape.channels(); c++) {
            int value = mover.image[c * shape.pixels() + from] & 0xff;
            canvas[c * plane + to] = clipped(mover.light * value);
        }
    }

    private static byte clipped(double value) {
        return (byte) Math.round(Math.min(255, Math.max(0, value)));
    }

    private void detect(Mover mover, int index, int visible, List<Detection> detections) {
        if (mover.away > 0) {
            return;
        }
        double share = Math.min(1, visible / (double) mover.drawn);
        boolean missed = random.nextDouble() < settings.missed();
        double doubt = 0.2 * random.nextDouble();
        if (!missed && share >= LEAST_VISIBLE) {
            Box box = new Box(mover.left, mover.top, mover.right, mover.bottom);
            double score = 0.3 + 0.7 * share - doubt;
            detections.add(Detection.of(crop(box), score).withIdentity("o" + index).withBox(box));
        }
    }

    private Detection alarm() {
        double size = shape.width();
        double left = (side() - size) * random.nextDouble();
        double top = (side() - size) * random.nextDouble();
        Box box = new Box(left, top, left + size, top + size);
        return Detection.of(crop(box), 0.05 + 0.4 * random.nextDouble()).withBox(box);
    }

    /** What a box shows, made as large as an object's image. */
    private byte[] crop(Box box) {
        int side = side();
        byte[] crop = new byte[shape.bytes()];
        for (int y = 0; y < shape.height(); y++) {
            int fromY = at(box.top(), box.bottom(), (y + 0.5) / shape.height(), side);
            for (int x = 0; x < shape.width(); x++) {
                int fromX = at(box.left(), box.right(), (x + 0.5) / shape.width(), side);
                for (int c = 0; c < shape.channels(); c++) {
                    crop[c * shape.pixels() + y * shape.width() + x] =
                            canvas[c * side * side + fromY * side + fromX];
                }
            }
        }
        return crop;
    }

    private static int at(double from, double to, double share, int side) {
        return Math.min(side - 1, (int) (from + share * (to - from)));
    }
}
