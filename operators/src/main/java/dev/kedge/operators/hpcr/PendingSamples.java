// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.hpcr;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.replay.ReplaySample;
import java.util.ArrayList;
import java.util.List;

/**
 * The half-filled batch of a model, with its counters of batches and tasks.
 *
 * <p>Binary format, version 2, family {@link Family#PENDING_SAMPLES}: batches, batch at which the
 * task began, tasks, number of samples; for each its label, event time and input.
 */
final class PendingSamples {
    private static final int VERSION = 2;

    private final List<Sample> samples = new ArrayList<>();
    private long batches;
    private long taskStart;
    private int tasks = 1;
    private boolean changed = true;

    /** A sample that was not learned yet. */
    record Sample(byte[] input, int label, long at) {
        Sample(byte[] input, int label) {
            this(input, label, ReplaySample.NO_TIME);
        }
    }

    List<Sample> samples() {
        return samples;
    }

    /** Batches that were learned or stored. */
    long batches() {
        return batches;
    }

    /** Batches of the running task. */
    long batchesOfTask() {
        return batches - taskStart;
    }

    /** The running task, from 1. */
    int tasks() {
        return tasks;
    }

    void add(byte[] input, int label, long at) {
        samples.add(new Sample(input, label, at));
        changed = true;
    }

    void remove(Sample sample) {
        samples.remove(sample);
        changed = true;
    }

    void clear() {
        samples.clear();
        changed = true;
    }

    void forget(int label) {
        changed |= samples.removeIf(sample -> sample.label() == label);
    }

    void forgetBefore(long at) {
        changed |= samples.removeIf(sample -> sample.at() < at);
    }

    /** Event time of the first sample; {@link Long#MAX_VALUE} if there is none. */
    long oldest() {
        return samples.isEmpty() ? Long.MAX_VALUE : samples.get(0).at();
    }

    void endBatch() {
        clear();
        batches++;
    }

    void nextTask() {
        tasks++;
        taskStart = batches;
        changed = true;
    }

    boolean changed() {
        return changed;
    }

    byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(256);
        out.putLong(batches);
        out.putLong(taskStart);
        out.putInt(tasks);
        out.putInt(samples.size());
        for (Sample sample : samples) {
            out.putInt(sample.label());
            out.putLong(sample.at());
            out.putBytes(sample.input());
        }
        changed = false;
        return Envelope.seal(Family.PENDING_SAMPLES, VERSION, out);
    }

    static PendingSamples fromBytes(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.PENDING_SAMPLES, VERSION, VERSION);
        PendingSamples pending = new PendingSamples();
        pending.batches = in.getLong();
        pending.taskStart = in.getLong();
        pending.tasks = in.getInt();
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            int label = in.getInt();
            long at = in.getLong();
            pending.samples.add(new Sample(in.getBytes(), label, at));
        }
        in.requireEnd();
        pending.changed = false;
        return pending;
    }
}
