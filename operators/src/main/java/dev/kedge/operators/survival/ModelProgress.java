// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.survival;

import dev.kedge.operators.stream.EventClock;
import dev.kedge.operators.stream.LiveTuning;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.PartStore;

/** A model's clock, counters and running statistics. */
final class ModelProgress {
    private static final int VERSION = 1;
    private static final String PART = "progress";

    private final RunningMoments moments;
    private ClickThroughWeight weight;
    private final EventClock clock = new EventClock();
    private long personPeriods;
    private long discontinuations;
    private long duplicates;
    private long deadLetters;
    private LiveTuning<TermTuning> tuning = new LiveTuning<>(false, TermTuning.NONE);
    private boolean changed = true;

    ModelProgress(int numbers, ClickThroughWeight.Settings settings) {
        moments = new RunningMoments(numbers);
        weight = new ClickThroughWeight(settings);
    }

    static ModelProgress restored(
            PartStore store, int numbers, ClickThroughWeight.Settings settings) {
        ModelProgress progress = new ModelProgress(numbers, settings);
        store.get(PART).ifPresent(bytes -> progress.read(bytes, settings));
        return progress;
    }

    long newest() {
        return clock.newest();
    }

    RunningMoments moments() {
        return moments;
    }

    ClickThroughWeight weight() {
        return weight;
    }

    long personPeriods() {
        return personPeriods;
    }

    long discontinuations() {
        return discontinuations;
    }

    long duplicates() {
        return duplicates;
    }

    long deadLetters() {
        return deadLetters;
    }

    LiveTuning<TermTuning> tuning() {
        return tuning;
    }

    void tune(LiveTuning<TermTuning> other) {
        tuning = other;
        changed = true;
    }

    void see(long at) {
        clock.see(at);
        changed = true;
    }

    void observed(boolean discontinued) {
        personPeriods++;
        discontinuations += discontinued ? 1 : 0;
    }

    void duplicate() {
        duplicates++;
    }

    void deadLetter() {
        deadLetters++;
        changed = true;
    }

    /** Whether metrics are due; see {@link EventClock#metricsAreDue}. */
    boolean metricsAreDue(long every) {
        return clock.metricsAreDue(every);
    }

    void flush(PartStore store) {
        if (!changed) {
            return;
        }
        BinaryWriter out = new BinaryWriter(512);
        clock.write(out);
        out.putLong(personPeriods);
        out.putLong(discontinuations);
        out.putLong(duplicates);
        out.putLong(deadLetters);
        ClickThroughWeight.State state = weight.state();
        out.putDouble(state.impressions());
        out.putDouble(state.clicks());
        out.putLong(state.weighed());
        out.putDouble(state.meanRate());
        out.putBoolean(tuning.paused());
        out.putDouble(tuning.learning().rate());
        out.putDouble(tuning.learning().shortTerm());
        out.putDouble(tuning.learning().longTerm());
        moments.write(out);
        store.put(PART, Envelope.seal(Family.MODEL, VERSION, out));
        changed = false;
    }

    private void read(byte[] bytes, ClickThroughWeight.Settings settings) {
        BinaryReader in = Envelope.open(bytes, Family.MODEL, VERSION);
        clock.read(in);
        personPeriods = in.getLong();
        discontinuations = in.getLong();
        duplicates = in.getLong();
        deadLetters = in.getLong();
        weight =
                new ClickThroughWeight(
                        settings,
                        new ClickThroughWeight.State(
                                in.getDouble(), in.getDouble(), in.getLong(), in.getDouble()));
        tuning =
                new LiveTuning<>(
                        in.getBoolean(),
                        new TermTuning(in.getDouble(), in.getDouble(), in.getDouble()));
        moments.read(in);
        in.requireEnd();
        changed = false;
    }
}
