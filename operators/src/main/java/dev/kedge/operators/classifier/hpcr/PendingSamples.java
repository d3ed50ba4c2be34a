// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
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
    private static final String PART = "pending";

    private final List<Sample> samples = new ArrayList<>();
    private long batches;
    private long taskStart;
    private int tasks = 1;
    private final Part part = Part.of(PART);

    /** A sample that was not learned yet. */
    record Sample(byte[] input, int label, long at) {
        Sample(byte[] input, int label) {
            this(input, label, ReplaySample.NO_TIME);
        }
    }

    /** Reads a batch back, or starts empty if the store has none. */
    static PendingSamples restored(PartStore store) {
        PendingSamples pending = new PendingSamples();
        pending.part.restore(store, pending::read);
        return pending;
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
        part.touch();
    }

    void remove(Sample sample) {
        samples.remove(sample);
        part.touch();
    }

    void clear() {
        samples.clear();
        part.touch();
    }

    void forget(int label) {
        part.touchIf(samples.removeIf(sample -> sample.label() == label));
    }

    void forgetBefore(long at) {
        part.touchIf(samples.removeIf(sample -> sample.at() < at));
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
        part.touch();
    }

    void flush(PartStore store) {
        part.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
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
        return Envelope.seal(Family.PENDING_SAMPLES, VERSION, out);
    }

    private void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.PENDING_SAMPLES, VERSION, VERSION);
        batches = in.getLong();
        taskStart = in.getLong();
        tasks = in.getInt();
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            int label = in.getInt();
            long at = in.getLong();
            samples.add(new Sample(in.getBytes(), label, at));
        }
        in.requireEnd();
    }
}
