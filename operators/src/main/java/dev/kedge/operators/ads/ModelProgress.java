// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.stream.LiveProgress;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.PartStore;

/** A model's clock, counters and running statistics. */
final class ModelProgress extends LiveProgress<ModelProgress.Counter, TermTuning> {
    private static final int VERSION = 1;

    /** What is counted. Their order is the stored form. */
    enum Counter {
        /** Person-periods learned from. */
        PERSON_PERIODS,
        /** Those of them that ended in a stop. */
        DISCONTINUATIONS,
        /** Records that came again. */
        DUPLICATES,
        /** Records refused. */
        DEAD_LETTERS
    }

    private final ClickThroughWeight.Settings settings;
    private final RunningMoments moments;
    private ClickThroughWeight weight;

    ModelProgress(int numbers, ClickThroughWeight.Settings settings) {
        super(Counter.values(), TermTuning.NONE);
        this.settings = settings;
        moments = new RunningMoments(numbers);
        weight = new ClickThroughWeight(settings);
    }

    static ModelProgress restored(
            PartStore store, int numbers, ClickThroughWeight.Settings settings) {
        ModelProgress progress = new ModelProgress(numbers, settings);
        progress.restore(store);
        return progress;
    }

    long newest() {
        return clock().newest();
    }

    RunningMoments moments() {
        return moments;
    }

    ClickThroughWeight weight() {
        return weight;
    }

    long personPeriods() {
        return counted(Counter.PERSON_PERIODS);
    }

    long discontinuations() {
        return counted(Counter.DISCONTINUATIONS);
    }

    long duplicates() {
        return counted(Counter.DUPLICATES);
    }

    long deadLetters() {
        return counted(Counter.DEAD_LETTERS);
    }

    void observed(boolean discontinued) {
        count(Counter.PERSON_PERIODS);
        count(Counter.DISCONTINUATIONS, discontinued ? 1 : 0);
    }

    void duplicate() {
        count(Counter.DUPLICATES);
    }

    void deadLetter() {
        count(Counter.DEAD_LETTERS);
    }

    @Override
    protected byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(512);
        clock().events().write(out);
        writeCounts(out);
        ClickThroughWeight.State state = weight.state();
        out.putDouble(state.impressions());
        out.putDouble(state.clicks());
        out.putLong(state.weighed());
        out.putDouble(state.meanRate());
        out.putBoolean(tuning().paused());
        out.putDouble(tuning().learning().rate());
        out.putDouble(tuning().learning().shortTerm());
        out.putDouble(tuning().learning().longTerm());
        moments.write(out);
        return Envelope.seal(Family.MODEL, VERSION, out);
    }

    @Override
    protected void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.MODEL, VERSION);
        clock().events().read(in);
        readCounts(in);
        weight =
                new ClickThroughWeight(
                        settings,
                        new ClickThroughWeight.State(
                                in.getDouble(), in.getDouble(), in.getLong(), in.getDouble()));
        boolean paused = in.getBoolean();
        resume(paused, new TermTuning(in.getDouble(), in.getDouble(), in.getDouble()));
        moments.read(in);
        in.requireEnd();
    }
}
