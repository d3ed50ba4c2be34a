// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.operators.classifier.hpcr.Prediction;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sample that waits for its label, with what was said of it: that is what its label will judge.
 *
 * <p>Binary format, version 1, family {@link Family#WAITING_SAMPLE}: arrival, model, id, event
 * time, number of ranked classes; for each label and probability; novelty, model version, feature
 * time, input.
 *
 * @param arrival its number in the order of arrival
 * @param score what was said of it
 * @param input its values
 */
record WaitingSample(long arrival, ClassifierScore score, byte[] input)
        implements WaitingRoom.Guest {
    static final String PREFIX = "waiting/";

    private static final int VERSION = 1;

    @Override
    public String id() {
        return score.id();
    }

    @Override
    public long at() {
        return score.at();
    }

    @Override
    public long bytes() {
        return 256 + input.length + 96L * score.ranked().size();
    }

    @Override
    public byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(256 + input.length);
        out.putLong(arrival);
        out.putUtf8(score.model());
        out.putUtf8(score.id());
        out.putLong(score.at());
        out.putInt(score.ranked().size());
        for (Prediction.Ranked ranked : score.ranked()) {
            out.putUtf8(ranked.label());
            out.putDouble(ranked.probability());
        }
        out.putDouble(score.novelty());
        out.putLong(score.modelVersion());
        out.putLong(score.featureTime());
        out.putBytes(input);
        return Envelope.seal(Family.WAITING_SAMPLE, VERSION, out);
    }

    static WaitingSample fromBytes(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.WAITING_SAMPLE, VERSION);
        long arrival = in.getLong();
        String model = in.getUtf8();
        String id = in.getUtf8();
        long at = in.getLong();
        List<Prediction.Ranked> ranked = ranked(in);
        Optional<String> unknown = Optional.empty();
        ClassifierScore score =
                new ClassifierScore(
                        model, id, at, ranked, in.getDouble(), in.getLong(), in.getLong(), unknown);
        WaitingSample sample = new WaitingSample(arrival, score, in.getBytes());
        in.requireEnd();
        return sample;
    }

    private static List<Prediction.Ranked> ranked(BinaryReader in) {
        List<Prediction.Ranked> ranked = new ArrayList<>();
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            ranked.add(new Prediction.Ranked(in.getUtf8(), in.getDouble()));
        }
        return ranked;
    }
}
