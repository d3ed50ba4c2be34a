// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.creative.ModelMetrics;
import dev.kedge.operators.creative.ModelMetrics.Bin;
import dev.kedge.operators.creative.ModelMetrics.Decisions;
import dev.kedge.operators.creative.ModelMetrics.HorizonCalibration;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link ModelMetrics}. Savepoints know this class by its name. */
public final class ModelMetricsCodec implements BinaryCodec<ModelMetrics> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(ModelMetrics value, DataOutputView to) throws IOException {
        Views.writeText(value.model(), to);
        Views.writeLong(value.at(), to);
        Views.writeLong(value.modelVersion(), to);
        Views.writeLong(value.personPeriods(), to);
        Views.writeLong(value.discontinuations(), to);
        Views.writeLong(value.running(), to);
        to.writeDouble(value.loss());
        to.writeDouble(value.concordanceShort());
        to.writeDouble(value.concordanceLong());
        to.writeDouble(value.concordanceAll());
        Views.writeLong(value.judged(), to);
        to.writeDouble(value.unknownShare());
        Views.writeLong(value.duplicates(), to);
        Views.writeLong(value.deadLetters(), to);
        to.writeDouble(value.embeddingRank());
        Views.writeLong(value.calibration().size(), to);
        for (HorizonCalibration of : value.calibration()) {
            write(of, to);
        }
        write(value.decisions(), to);
        Views.writeLong(value.stepsRefused(), to);
    }

    private static void write(HorizonCalibration of, DataOutputView to) throws IOException {
        to.writeDouble(of.days());
        Views.writeLong(of.judged(), to);
        to.writeDouble(of.error());
        to.writeDouble(of.rawError());
        Views.writeLong(of.bins().size(), to);
        for (Bin bin : of.bins()) {
            to.writeDouble(bin.predicted());
            to.writeDouble(bin.observed());
            to.writeDouble(bin.weight());
        }
    }

    private static void write(Decisions of, DataOutputView to) throws IOException {
        Views.writeLong(of.advised(), to);
        Views.writeLong(of.stopped(), to);
        Views.writeLong(of.running(), to);
        to.writeDouble(of.avoidable());
    }

    /** The first version ended with the dead letters, the second with the decisions. */
    @Override
    public int version() {
        return 3;
    }

    @Override
    public ModelMetrics read(DataInputView from) throws IOException {
        return read(3, from);
    }

    @Override
    public ModelMetrics read(int version, DataInputView from) throws IOException {
        if (version < 1 || version > version()) {
            return BinaryCodec.super.read(version, from);
        }
        boolean first = version == 1;
        return new ModelMetrics(
                Views.readText(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                from.readDouble(),
                from.readDouble(),
                from.readDouble(),
                from.readDouble(),
                Views.readLong(from),
                from.readDouble(),
                Views.readLong(from),
                Views.readLong(from),
                first ? Double.NaN : from.readDouble(),
                first ? List.of() : readCalibration(from),
                first ? Decisions.NONE : readDecisions(from),
                version < 3 ? 0 : Views.readLong(from));
    }

    private static List<HorizonCalibration> readCalibration(DataInputView from) throws IOException {
        List<HorizonCalibration> horizons = new ArrayList<>();
        for (int left = Views.readLength(26, from); left > 0; left--) {
            horizons.add(
                    new HorizonCalibration(
                            from.readDouble(),
                            Views.readLong(from),
                            from.readDouble(),
                            from.readDouble(),
                            readBins(from)));
        }
        return horizons;
    }

    private static List<Bin> readBins(DataInputView from) throws IOException {
        List<Bin> bins = new ArrayList<>();
        for (int left = Views.readLength(24, from); left > 0; left--) {
            bins.add(new Bin(from.readDouble(), from.readDouble(), from.readDouble()));
        }
        return bins;
    }

    private static Decisions readDecisions(DataInputView from) throws IOException {
        return new Decisions(
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                from.readDouble());
    }
}
