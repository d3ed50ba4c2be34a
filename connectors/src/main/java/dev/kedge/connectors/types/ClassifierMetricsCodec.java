// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierMetrics.ClassFigures;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link ClassifierMetrics}. Savepoints know this class by its name. */
public final class ClassifierMetricsCodec implements BinaryCodec<ClassifierMetrics> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(ClassifierMetrics value, DataOutputView to) throws IOException {
        Views.writeText(value.model(), to);
        Views.writeLong(value.at(), to);
        Views.writeLong(value.modelVersion(), to);
        Views.writeLong(value.samples(), to);
        Views.writeLong(value.judged(), to);
        Views.writeLong(value.waiting(), to);
        Views.writeLong(value.expired(), to);
        Views.writeLong(value.early(), to);
        Views.writeLong(value.duplicates(), to);
        Views.writeLong(value.deadLetters(), to);
        to.writeDouble(value.accuracy());
        to.writeDouble(value.windowAccuracy());
        to.writeDouble(value.forgetting());
        to.writeDouble(value.rank());
        to.writeDouble(value.loss());
        Views.writeLong(value.stored(), to);
        Views.writeLong(value.classes().size(), to);
        for (ClassFigures one : value.classes()) {
            Views.writeText(one.label(), to);
            Views.writeLong(one.judged(), to);
            Views.writeLong(one.learned(), to);
            Views.writeLong(one.stored(), to);
            to.writeDouble(one.accuracy());
            to.writeDouble(one.best());
        }
        Views.writeLong(value.stepsRefused(), to);
    }

    /** The first version ended with the classes. */
    @Override
    public int version() {
        return 2;
    }

    @Override
    public ClassifierMetrics read(DataInputView from) throws IOException {
        return read(2, from);
    }

    @Override
    public ClassifierMetrics read(int version, DataInputView from) throws IOException {
        if (version < 1 || version > version()) {
            return BinaryCodec.super.read(version, from);
        }
        return new ClassifierMetrics(
                Views.readText(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                from.readDouble(),
                from.readDouble(),
                from.readDouble(),
                from.readDouble(),
                from.readDouble(),
                Views.readLong(from),
                classes(from),
                version == 1 ? 0 : Views.readLong(from));
    }

    private static List<ClassFigures> classes(DataInputView from) throws IOException {
        List<ClassFigures> classes = new ArrayList<>();
        for (int left = Views.readLength(20, from); left > 0; left--) {
            classes.add(
                    new ClassFigures(
                            Views.readText(from),
                            Views.readLong(from),
                            Views.readLong(from),
                            Views.readLong(from),
                            from.readDouble(),
                            from.readDouble()));
        }
        return List.copyOf(classes);
    }
}
