// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.operators.tracker.TrackerScore.Dropped;
import dev.kedge.operators.tracker.TrackerScore.Seen;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link TrackerScore}s. Savepoints know this class by its name. */
public final class TrackerScoreCodec implements BinaryCodec<TrackerScore> {
    private static final long serialVersionUID = 1L;
    private static final int LEAST_BYTES = 14;

    @Override
    public void write(TrackerScore value, DataOutputView to) throws IOException {
        Views.writeText(value.model(), to);
        Views.writeText(value.stream(), to);
        Views.writeLong(value.frame(), to);
        Views.writeLong(value.at(), to);
        Views.writeLong(value.detections().size(), to);
        for (Seen seen : value.detections()) {
            Views.writeLong(seen.track(), to);
            to.writeDouble(seen.similarity());
            to.writeBoolean(seen.isNew());
            Views.writeLong(seen.sightings(), to);
            to.writeBoolean(seen.dropped().isPresent());
            if (seen.dropped().isPresent()) {
                Constants.write(seen.dropped().get(), to);
            }
            Views.writeText(seen.label(), to);
            BoxCodec.write(seen.box(), to);
        }
        Views.writeLong(value.bankSize(), to);
        Views.writeLong(value.modelVersion(), to);
        Views.writeLong(value.featureTime(), to);
    }

    @Override
    public TrackerScore read(DataInputView from) throws IOException {
        return new TrackerScore(
                Views.readText(from),
                Views.readText(from),
                Views.readLong(from),
                Views.readLong(from),
                detections(from),
                Views.readInt(from),
                Views.readLong(from),
                Views.readLong(from));
    }

    private static List<Seen> detections(DataInputView from) throws IOException {
        List<Seen> detections = new ArrayList<>();
        for (int left = Views.readLength(LEAST_BYTES, from); left > 0; left--) {
            detections.add(
                    new Seen(
                            Views.readLong(from),
                            from.readDouble(),
                            Views.readBoolean(from),
                            Views.readLong(from),
                            Views.readBoolean(from)
                                    ? Optional.of(Constants.read(Dropped.class, from))
                                    : Optional.empty(),
                            Views.readText(from),
                            BoxCodec.read(from)));
        }
        return detections;
    }
}
