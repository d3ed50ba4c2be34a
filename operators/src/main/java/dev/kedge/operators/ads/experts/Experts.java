// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import dev.kedge.operators.ads.creative.ModelMetrics.ExpertShare;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.List;

/**
 * What the experts of one model know, and how much each counts. Weights are apart for what is said
 * at a launch and later, and for early and late intervals: an expert that knows advertisers is
 * worth more at a launch, one that reads deliveries later. Each outcome judges what was foretold of
 * it at the launch, and what was foretold when its interval began.
 *
 * <p>Part of a model's state; {@link Panel} asks and teaches.
 */
public final class Experts {
    /** Of the first version mixtures were learned from stops alone, and are not read. */
    private static final int OLDEST = 1;

    private static final int VERSION = 2;
    private static final String PART = "mixture/experts";
    private static final int SITUATIONS = 4;

    /** Creatives that a life table's parent is worth; 2, 5 and 20 were tried. */
    private static final double TABLE = 5;

    /** Stops that a pace of 1 is worth, for an advertiser and for a campaign of it. */
    private static final double PACE = 1;

    private static final double CAMPAIGN_PACE = 2;

    /** Stops that the mean above is worth, for an advertiser and for a campaign of it. */
    private static final double DURATION = 0.1;

    private static final double CAMPAIGN_DURATION = 0.3;
    private static final double DAY = 86_400_000.0;

    private final int columns;
    private final int boundary;
    private final boolean advertisers;
    private final LifeTable everybody;
    private final Durations durations;
    private final EffectTable effects;
    private final LinearHazard linear;
    private final Mixture[] mixtures = new Mixture[SITUATIONS];
    private final Together[] together = new Together[SITUATIONS];
    private final Part part = Part.of(PART);

    /**
     * How large they are.
     *
     * @param columns of the hazards
     * @param boundary first column of the late term
     * @param base hazard before anything was learned
     * @param advertisers about how many advertisers, and as many campaigns, to know
     * @param typicalDays how long a creative runs before anything was learned
     */
    public record Sizes(
            int columns, int boundary, double base, int advertisers, double typicalDays) {}

    private Experts(ExpertSettings settings, Sizes sizes, PartStore store) {
        columns = sizes.columns();
        boundary = sizes.boundary();
        advertisers = sizes.advertisers() > 0;
        everybody = new LifeTable(columns, sizes.base());
        durations = new Durations(Math.log1p(sizes.typicalDays()));
        effects = new EffectTable(2 * sizes.advertisers(), columns, store);
        linear = new LinearHazard(columns, settings.weights(), settings.rate(), sizes.base());
        for (int i = 0; i < SITUATIONS; i++) {
            mixtures[i] = new Mixture(Expert.priors(), settings.share());
            together[i] = new Together();
        }
    }

    /** Goes on with what was flushed, or begins. */
    public static Experts restored(ExpertSettings settings, Sizes sizes, PartStore store) {
        Experts experts = new Experts(settings, sizes, store);
        experts.part.restore(store, experts::read);
        return experts;
    }

    /** Whether the store has experts. */
    public static boolean known(PartStore store) {
        return store.get(PART).isPresent();
    }

    LinearHazard linear() {
        return linear;
    }

    private int situation(boolean atLaunch, int column) {
        return (atLaunch ? 0 : 2) + (column < boundary ? 0 : 1);
    }

    /** What is known of a creative's advertiser, if it may be known. */
    Effect ofAdvertiser(EffectTable.Key key, boolean may) {
        return effects.of(may ? Keys.alone(key) : Keys.NOBODY);
    }

    /** What is known of a creative's campaign, if it may be known. */
    Effect ofCampaign(EffectTable.Key key, boolean may) {
        return effects.of(may ? key : Keys.NOBODY);
    }

    /**
     * Asks those that know nothing but the advertiser.
     *
     * @param logStarts log(1 + days) of the columns' starts
     * @param logits receives experts x columns
     * @param from first column that is wanted
     * @param to column after the last that is wanted
     */
    void ask(
            Effect ofAdvertiser,
            Effect ofCampaign,
            double[] logStarts,
            double[] logits,
            int from,
            int to) {
        double pace = ofAdvertiser.pace(PACE) * ofCampaign.pace(CAMPAIGN_PACE);
        for (int k = from; k < to; k++) {
            double all = everybody.hazard(k);
            logits[k] = Odds.logit(all);
            double table = ofCampaign.hazard(k, ofAdvertiser.hazard(k, all, TABLE), TABLE);
            logits[Expert.LIFE_TABLE.place() * columns + k] = Odds.logit(table);
            double quicker = -Math.expm1(pace * Math.log1p(-all));
            logits[Expert.PACE.place() * columns + k] = Odds.logit(quicker);
        }
        double mean = meanLogDays(ofAdvertiser, ofCampaign);
        durations.logits(mean, logStarts, logits, Expert.DURATIONS.place() * columns, from, to);
    }

    private double meanLogDays(Effect ofAdvertiser, Effect ofCampaign) {
        double ofOne = ofAdvertiser.meanLogDays(durations.mean(), DURATION);
        return ofCampaign.meanLogDays(ofOne, CAMPAIGN_DURATION);
    }

    /** The mixed hazard of a column. */
    double mixed(double[] logits, int column, int stride, boolean atLaunch) {
        int situation = situation(atLaunch, column);
        Mixture mixture = mixtures[situation];
        double sum = 0;
        for (int i = 0; i < Expert.ALONE; i++) {
            sum += mixture.weight(i) * Odds.sigmoid(logits[i * stride + column]);
        }
        double all = together[situation].logit(logits, column, stride);
        return sum + mixture.weight(Expert.ALONE) * Odds.sigmoid(all);
    }

    /** How much an outcome counts beside others of the same decision. */
    double weigh(EffectTable.Key key, int column, long day) {
        return knows(key) ? effects.toLearn(Keys.alone(key)).weigh(column, day) : 1;
    }

    private boolean knows(EffectTable.Key key) {
        return advertisers && key.advertiser() != 0;
    }

    /**
     * Judges what was foretold, and learns to foretell together.
     *
     * @param logits what each expert had foretold
     * @param hazards the same as hazards, with room for all together
     */
    void judge(
            double[] logits,
            double[] hazards,
            int column,
            boolean atLaunch,
            boolean stop,
            double weight) {
        int situation = situation(atLaunch, column);
        hazards[Expert.ALONE] = Odds.sigmoid(together[situation].logit(logits, 0, 1));
        mixtures[situation].learn(hazards, stop, weight);
        together[situation].learn(logits, stop, weight);
        part.touch();
    }

    /** Learns what became of a column. */
    void learn(EffectTable.Key key, int column, boolean stop, double weight) {
        if (knows(key)) {
            double cumulative = -Math.log1p(-everybody.hazard(column));
            Effect ofAdvertiser = effects.toLearn(Keys.alone(key));
            double quicker = cumulative * ofAdvertiser.pace(PACE);
            ofAdvertiser.learn(column, stop, weight, cumulative);
            effects.toLearn(key).learn(column, stop, weight, quicker);
        }
        everybody.learn(column, stop, weight);
        part.touch();
    }

    /** A creative was stopped for good: learns how long it ran. */
    public void stopped(LedgerEntry entry, long at) {
        EffectTable.Key key = Keys.campaign(entry.content());
        double logDay = Math.log1p(Math.max(0, at - entry.launchedAt()) / DAY);
        if (!knows(key)) {
            durations.learn(logDay, 1, durations.mean());
        } else {
            Effect ofAdvertiser = effects.toLearn(Keys.alone(key));
            Effect ofCampaign = effects.toLearn(key);
            double weight = ofAdvertiser.weighStop(at / (long) DAY);
            durations.learn(logDay, weight, meanLogDays(ofAdvertiser, ofCampaign));
            ofAdvertiser.ended(logDay, weight);
            ofCampaign.ended(logDay, weight);
        }
        part.touch();
    }

    /** Forgets what an advertiser's creatives did; what all did stays. */
    public void forget(String advertiser) {
        effects.forget(Keys.advertiser(advertiser));
    }

    /**
     * Who decides now. The shares of those that foretell by themselves add up to 1: what counts by
     * way of all together is counted as theirs.
     */
    public List<ExpertShare> shares() {
        List<ExpertShare> shares = new ArrayList<>();
        for (Expert expert : Expert.all()) {
            double launch = share(expert, 0);
            double later = share(expert, 2);
            shares.add(new ExpertShare(expert.label(), launch, later, loss(expert, 0)));
        }
        return List.copyOf(shares);
    }

    private double share(Expert expert, int from) {
        double sum = 0;
        double seen = 0;
        for (int i = from; i < from + 2; i++) {
            // Before the first outcome both terms count alike.
            double count = mixtures[i].seen() + 1e-9;
            double own = mixtures[i].weight(expert.place());
            double shared = mixtures[i].weight(Expert.ALONE);
            boolean alone = expert != Expert.TOGETHER;
            sum += count * (alone ? own + shared * together[i].share(expert) : shared);
            seen += count;
        }
        return sum / seen;
    }

    private double loss(Expert expert, int from) {
        double seen = mixtures[from].seen() + mixtures[from + 1].seen();
        int place = expert.place();
        return (mixtures[from].loss(place) + mixtures[from + 1].loss(place)) / seen;
    }

    /** Memory in bytes, about. */
    public long bytes() {
        return 4096 + linear.bytes() + effects.bytes();
    }

    /** Writes what changed. */
    public void flush(PartStore store) {
        part.flush(store, this::toBytes);
        effects.flush(store);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(4096 + linear.written());
        everybody.write(out);
        durations.write(out);
        for (int i = 0; i < SITUATIONS; i++) {
            mixtures[i].write(out);
            together[i].write(out);
        }
        linear.write(out);
        return Envelope.seal(Family.EXPERTS, VERSION, out);
    }

    private void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.EXPERTS, OLDEST, VERSION);
        everybody.read(in);
        durations.read(in);
        for (int i = 0; i < SITUATIONS; i++) {
            if (in.version() == OLDEST) {
                skip(in);
            } else {
                mixtures[i].read(in);
                together[i].read(in);
            }
        }
        linear.read(in);
        in.requireEnd();
    }

    /** Log weights and losses of a mixture, weights and squares of all together. */
    private static void skip(BinaryReader in) {
        in.getDoubles();
        in.getDoubles();
        in.getDouble();
        in.getDoubles();
        in.getDoubles();
        in.getDouble();
        in.getDouble();
    }
}
