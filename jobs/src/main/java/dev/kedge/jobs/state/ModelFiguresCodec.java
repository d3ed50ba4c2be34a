// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import dev.kedge.jobs.state.ModelFigures.Size;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.BinaryTypeInfo;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Takes {@link ModelFigures} from the task that reads a savepoint to the command. */
public final class ModelFiguresCodec implements BinaryCodec<ModelFigures> {
    private static final long serialVersionUID = 1L;

    static final BinaryTypeInfo<ModelFigures> TYPE =
            new BinaryTypeInfo<>(ModelFigures.class, new ModelFiguresCodec());

    /** For Flink. */
    public ModelFiguresCodec() {}

    @Override
    public void write(ModelFigures figures, DataOutputView to) throws IOException {
        Views.writeText(figures.model(), to);
        Views.writeLong(figures.families().size(), to);
        for (Map.Entry<String, Size> family : figures.families().entrySet()) {
            Views.writeText(family.getKey(), to);
            Views.writeLong(family.getValue().parts(), to);
            Views.writeLong(family.getValue().bytes(), to);
        }
        Views.writeLong(figures.formats().size(), to);
        for (String format : figures.formats()) {
            Views.writeText(format, to);
        }
        Views.writeText(figures.digest(), to);
        to.writeBoolean(figures.damage().isPresent());
        Views.writeText(figures.damage().orElse(""), to);
    }

    @Override
    public ModelFigures read(DataInputView from) throws IOException {
        String model = Views.readText(from);
        SortedMap<String, Size> families = new TreeMap<>();
        for (int left = Views.readLength(3, from); left > 0; left--) {
            families.put(
                    Views.readText(from), new Size(Views.readLong(from), Views.readLong(from)));
        }
        SortedSet<String> formats = new TreeSet<>();
        for (int left = Views.readLength(1, from); left > 0; left--) {
            formats.add(Views.readText(from));
        }
        String digest = Views.readText(from);
        boolean damaged = Views.readBoolean(from);
        String damage = Views.readText(from);
        return new ModelFigures(
                model, families, formats, digest, damaged ? Optional.of(damage) : Optional.empty());
    }
}
