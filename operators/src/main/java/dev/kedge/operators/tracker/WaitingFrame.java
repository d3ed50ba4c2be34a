// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.tracker.ctvis.Box;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A frame that waits for earlier ones of its stream, with the bytes that it was read from: it may
 * still be refused.
 *
 * <p>Binary format, version 2, family {@link Family#WAITING_FRAME}: arrival, model, stream, frame,
 * event time, last (0 or 1), number of detections; for each input, score, class, identity, boxed (0
 * or 1), and left, top, right, bottom, width, height if so; topic, partition, offset, timestamp,
 * original bytes. Version 1 lacks width and height.
 *
 * @param arrival its number in the order of arrival
 * @param incoming the frame
 */
record WaitingFrame(long arrival, Incoming<StreamFrame> incoming) {
    private static final int VERSION = 2;

    VideoFrame frame() {
        return incoming.event().frame();
    }

    long at() {
        return incoming.event().at();
    }

    /** Heap bytes, roughly. */
    long bytes() {
        long sum = 512L + incoming.original().length;
        for (Detection detection : frame().detections()) {
            sum += 256 + detection.input().length;
        }
        return sum;
    }

    byte[] toBytes() {
        VideoFrame frame = frame();
        BinaryWriter out = new BinaryWriter((int) Math.min(bytes(), 1 << 20));
        out.putLong(arrival);
        out.putUtf8(incoming.event().model());
        out.putUtf8(frame.stream());
        out.putLong(frame.frame());
        out.putLong(frame.at());
        out.putBoolean(incoming.event().last());
        out.putInt(frame.detections().size());
        frame.detections().forEach(detection -> write(detection, out));
        Origin origin = incoming.origin();
        out.putUtf8(origin.topic());
        out.putInt(origin.partition());
        out.putLong(origin.offset());
        out.putLong(origin.timestamp());
        out.putBytes(incoming.original());
        return Envelope.seal(Family.WAITING_FRAME, VERSION, out);
    }

    private static void write(Detection detection, BinaryWriter out) {
        out.putBytes(detection.input());
        out.putDouble(detection.score());
        out.putUtf8(detection.label());
        out.putUtf8(detection.identity());
        out.putBoolean(detection.box().isPresent());
        detection
                .box()
                .ifPresent(
                        box -> {
                            out.putDouble(box.left());
                            out.putDouble(box.top());
                            out.putDouble(box.right());
                            out.putDouble(box.bottom());
                            out.putDouble(box.width());
                            out.putDouble(box.height());
                        });
    }

    static WaitingFrame fromBytes(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.WAITING_FRAME, VERSION);
        long arrival = in.getLong();
        String model = in.getUtf8();
        String stream = in.getUtf8();
        long number = in.getLong();
        long at = in.getLong();
        boolean last = in.getBoolean();
        List<Detection> detections = new ArrayList<>();
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            detections.add(in.valid(WaitingFrame::detection));
        }
        Origin origin = new Origin(in.getUtf8(), in.getInt(), in.getLong(), in.getLong());
        StreamFrame frame =
                new StreamFrame(model, new VideoFrame(stream, number, at, detections), last);
        WaitingFrame waiting =
                new WaitingFrame(arrival, new Incoming<>(frame, origin, in.getBytes()));
        in.requireEnd();
        return waiting;
    }

    private static Detection detection(BinaryReader in) {
        return new Detection(in.getBytes(), in.getDouble(), in.getUtf8(), in.getUtf8(), box(in));
    }

    private static Optional<Box> box(BinaryReader in) {
        if (!in.getBoolean()) {
            return Optional.empty();
        }
        double left = in.getDouble();
        double top = in.getDouble();
        double right = in.getDouble();
        double bottom = in.getDouble();
        return Optional.of(
                in.version() == 1
                        ? new Box(left, top, right, bottom)
                        : new Box(left, top, right, bottom, in.getDouble(), in.getDouble()));
    }
}
