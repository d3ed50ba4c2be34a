// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.ctvis.Box;
import dev.kedge.operators.ctvis.Detection;
import dev.kedge.operators.ctvis.VideoFrame;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link StreamFrame}s, as a part of what {@link IncomingFrameCodec} writes. */
final class StreamFrameCodec implements BinaryCodec<StreamFrame> {
    private static final long serialVersionUID = 1L;
    private static final int LEAST_BYTES = 12;

    @Override
    public void write(StreamFrame value, DataOutputView to) throws IOException {
        VideoFrame frame = value.frame();
        Views.writeText(value.model(), to);
        Views.writeText(frame.stream(), to);
        Views.writeLong(frame.frame(), to);
        Views.writeLong(frame.at(), to);
        to.writeBoolean(value.last());
        Views.writeLong(frame.detections().size(), to);
        for (Detection detection : frame.detections()) {
            Views.writeBytes(detection.input(), to);
            to.writeDouble(detection.score());
            Views.writeText(detection.label(), to);
            Views.writeText(detection.identity(), to);
            BoxCodec.write(detection.box(), to);
        }
    }

    @Override
    public StreamFrame read(DataInputView from) throws IOException {
        String model = Views.readText(from);
        String stream = Views.readText(from);
        long frame = Views.readLong(from);
        long at = Views.readLong(from);
        boolean last = Views.readBoolean(from);
        List<Detection> detections = new ArrayList<>();
        for (int left = Views.readLength(LEAST_BYTES, from); left > 0; left--) {
            detections.add(detection(from));
        }
        return new StreamFrame(model, new VideoFrame(stream, frame, at, detections), last);
    }

    private static Detection detection(DataInputView from) throws IOException {
        byte[] input = Views.readBytes(from);
        double score = from.readDouble();
        String label = Views.readText(from);
        String identity = Views.readText(from);
        Optional<Box> box = BoxCodec.read(from);
        try {
            return new Detection(input, score, label, identity, box);
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged: " + e.getMessage(), e);
        }
    }
}
