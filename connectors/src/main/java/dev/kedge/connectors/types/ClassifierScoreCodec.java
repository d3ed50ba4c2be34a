// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.hpcr.Prediction;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link ClassifierScore}s. Savepoints know this class by its name. */
public final class ClassifierScoreCodec implements BinaryCodec<ClassifierScore> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(ClassifierScore value, DataOutputView to) throws IOException {
        Views.writeText(value.model(), to);
        Views.writeText(value.id(), to);
        Views.writeLong(value.at(), to);
        Views.writeLong(value.ranked().size(), to);
        for (Prediction.Ranked ranked : value.ranked()) {
            Views.writeText(ranked.label(), to);
            to.writeDouble(ranked.probability());
        }
        to.writeDouble(value.novelty());
        Views.writeLong(value.modelVersion(), to);
        Views.writeLong(value.featureTime(), to);
        to.writeBoolean(value.label().isPresent());
        if (value.label().isPresent()) {
            Views.writeText(value.label().get(), to);
        }
    }

    @Override
    public ClassifierScore read(DataInputView from) throws IOException {
        return new ClassifierScore(
                Views.readText(from),
                Views.readText(from),
                Views.readLong(from),
                ranked(from),
                from.readDouble(),
                Views.readLong(from),
                Views.readLong(from),
                Views.readBoolean(from) ? Optional.of(Views.readText(from)) : Optional.empty());
    }

    private static List<Prediction.Ranked> ranked(DataInputView from) throws IOException {
        List<Prediction.Ranked> ranked = new ArrayList<>();
        for (int left = Views.readLength(9, from); left > 0; left--) {
            ranked.add(new Prediction.Ranked(Views.readText(from), from.readDouble()));
        }
        return List.copyOf(ranked);
    }
}
