// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.creative.CreativeScore;
import dev.kedge.operators.creative.CreativeScore.CauseShare;
import dev.kedge.operators.creative.CreativeScore.Contribution;
import dev.kedge.operators.creative.CreativeScore.Horizon;
import dev.kedge.operators.creative.CreativeScore.Traffic;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link CreativeScore}s. Savepoints know this class by its name. */
public final class CreativeScoreCodec implements BinaryCodec<CreativeScore> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(CreativeScore value, DataOutputView to) throws IOException {
        Views.writeText(value.model(), to);
        Views.writeText(value.creative(), to);
        Views.writeLong(value.spell(), to);
        Views.writeText(value.advertiser(), to);
        Views.writeText(value.text(), to);
        Views.writeLong(value.at(), to);
        Views.writeLong(value.launchedAt(), to);
        Constants.write(value.cause(), to);
        Views.writeLong(value.interval(), to);
        writeCurves(value, to);
        writeHorizons(value.horizons(), to);
        writeCauses(value.causes(), to);
        writeVerdict(value, to);
        writeContributions(value.contributions(), to);
        writeTraffic(value.totals(), to);
        writeTraffic(value.latest(), to);
        Views.writeLong(value.modelVersion(), to);
        Views.writeLong(value.featureTime(), to);
    }

    /** The first version had no bands, causes and money, and one probability a horizon. */
    @Override
    public int version() {
        return 2;
    }

    @Override
    public CreativeScore read(DataInputView from) throws IOException {
        return read(2, from);
    }

    @Override
    public CreativeScore read(int version, DataInputView from) throws IOException {
        if (version < 1 || version > version()) {
            return BinaryCodec.super.read(version, from);
        }
        boolean first = version == 1;
        String model = Views.readText(from);
        String creative = Views.readText(from);
        int spell = Views.readInt(from);
        String advertiser = Views.readText(from);
        String text = Views.readText(from);
        long at = Views.readLong(from);
        long launchedAt = Views.readLong(from);
        CreativeScore.Cause cause = Constants.read(CreativeScore.Cause.class, from);
        int interval = Views.readInt(from);
        double[] cuts = Views.readDoubles(from);
        double[] hazard = Views.readDoubles(from);
        double[] survival = Views.readDoubles(from);
        return new CreativeScore(
                model,
                creative,
                spell,
                advertiser,
                text,
                at,
                launchedAt,
                cause,
                interval,
                cuts,
                hazard,
                survival,
                first ? survival : Views.readDoubles(from),
                first ? survival : Views.readDoubles(from),
                readHorizons(first, from),
                first ? List.of() : readCauses(from),
                from.readDouble(),
                from.readDouble(),
                from.readDouble(),
                from.readDouble(),
                Constants.read(CreativeScore.Action.class, from),
                Views.readText(from),
                first ? Double.NaN : from.readDouble(),
                first ? Double.NaN : from.readDouble(),
                readContributions(from),
                readTraffic(from),
                readTraffic(from),
                Views.readLong(from),
                Views.readLong(from));
    }

    private static void writeCurves(CreativeScore value, DataOutputView to) throws IOException {
        Views.writeDoubles(value.cuts(), to);
        Views.writeDoubles(value.hazard(), to);
        Views.writeDoubles(value.survival(), to);
        Views.writeDoubles(value.lower(), to);
        Views.writeDoubles(value.upper(), to);
    }

    private static void writeVerdict(CreativeScore value, DataOutputView to) throws IOException {
        to.writeDouble(value.cutOut());
        to.writeDouble(value.wearOut());
        to.writeDouble(value.expectedDays());
        to.writeDouble(value.risk());
        Constants.write(value.action(), to);
        Views.writeText(value.reason(), to);
        to.writeDouble(value.spendADay());
        to.writeDouble(value.expectedWaste());
    }

    private static void writeHorizons(List<Horizon> horizons, DataOutputView to)
            throws IOException {
        Views.writeLong(horizons.size(), to);
        for (Horizon horizon : horizons) {
            to.writeDouble(horizon.days());
            to.writeDouble(horizon.probability());
            to.writeDouble(horizon.raw());
        }
    }

    private static List<Horizon> readHorizons(boolean first, DataInputView from)
            throws IOException {
        List<Horizon> horizons = new ArrayList<>();
        for (int left = Views.readLength(first ? 16 : 24, from); left > 0; left--) {
            double days = from.readDouble();
            double probability = from.readDouble();
            horizons.add(new Horizon(days, probability, first ? probability : from.readDouble()));
        }
        return List.copyOf(horizons);
    }

    private static void writeCauses(List<CauseShare> causes, DataOutputView to) throws IOException {
        Views.writeLong(causes.size(), to);
        for (CauseShare cause : causes) {
            Views.writeText(cause.cause(), to);
            to.writeDouble(cause.probability());
        }
    }

    private static List<CauseShare> readCauses(DataInputView from) throws IOException {
        List<CauseShare> causes = new ArrayList<>();
        for (int left = Views.readLength(9, from); left > 0; left--) {
            causes.add(new CauseShare(Views.readText(from), from.readDouble()));
        }
        return List.copyOf(causes);
    }

    private static void writeContributions(List<Contribution> contributions, DataOutputView to)
            throws IOException {
        Views.writeLong(contributions.size(), to);
        for (Contribution contribution : contributions) {
            Views.writeText(contribution.group(), to);
            to.writeDouble(contribution.change());
        }
    }

    private static List<Contribution> readContributions(DataInputView from) throws IOException {
        List<Contribution> contributions = new ArrayList<>();
        for (int left = Views.readLength(9, from); left > 0; left--) {
            contributions.add(new Contribution(Views.readText(from), from.readDouble()));
        }
        return List.copyOf(contributions);
    }

    private static void writeTraffic(Traffic traffic, DataOutputView to) throws IOException {
        Views.writeLong(traffic.impressions(), to);
        Views.writeLong(traffic.clicks(), to);
        Views.writeLong(traffic.conversions(), to);
        to.writeDouble(traffic.spend());
    }

    private static Traffic readTraffic(DataInputView from) throws IOException {
        return new Traffic(
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                from.readDouble());
    }
}
