// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.classifier.shapes;

import dev.kedge.connectors.classifier.LabelJson;
import dev.kedge.connectors.classifier.SampleJson;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.connectors.simulator.SimulatedRecord.Kind;
import dev.kedge.operators.classifier.Label;
import dev.kedge.operators.classifier.Sample;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * An endless stream of images whose classes arrive one after another, with labels that come with
 * their samples, later, or not at all. In the order in which records reach their topics; the same
 * for the same configuration.
 */
public final class ClassStream implements Iterator<SimulatedRecord> {
    private static final int FIRST_CLASSES = 2;

    private final ClassStreamConfig config;
    private final ClassImages images;
    private final UniformRandomProvider random;
    private final PriorityQueue<SimulatedRecord> labels =
            new PriorityQueue<>(Comparator.comparingLong(SimulatedRecord::arrivesAt));
    private final Queue<SimulatedRecord> ready = new ArrayDeque<>();
    private long made;

    /** Begins a stream. */
    public ClassStream(ClassStreamConfig config, ClassImages images) {
        this.config = config;
        this.images = images;
        random = RandomSource.XO_RO_SHI_RO_128_PP.create(config.seed());
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public SimulatedRecord next() {
        if (ready.isEmpty()) {
            make();
        }
        return ready.remove();
    }

    /** How many classes have come at a moment after the start. */
    private int classesAt(long millis) {
        long more = millis / config.newClassEvery().toMillis();
        return (int) Math.min(images.labels().size(), FIRST_CLASSES + more);
    }

    private void make() {
        long since = Math.round(1000 * made / config.perSecond());
        long at = config.start().toEpochMilli() + since;
        while (!labels.isEmpty() && labels.peek().arrivesAt() <= at) {
            ready.add(labels.remove());
        }
        int known = classesAt(since);
        boolean fresh = random.nextDouble() < config.newest();
        int among = Math.min(FIRST_CLASSES, known);
        int c = fresh ? known - 1 - random.nextInt(among) : random.nextInt(known);
        String label = images.labels().get(c);
        String id = "s" + made++;
        double draw = random.nextDouble();
        boolean carries = draw < config.carried();
        byte[] pixels = images.draw(c, random);
        Optional<String> carried = carries ? Optional.of(label) : Optional.empty();
        Sample sample = new Sample(config.model(), id, at, pixels, carried);
        if (!carries && draw < config.carried() + config.late()) {
            long arrives = at + 1 + random.nextLong(config.delay().toMillis());
            String model = config.model();
            byte[] value = LabelJson.encode(new Label(model, id, arrives, label));
            labels.add(
                    new SimulatedRecord(
                            model, value, arrives, arrives, Kind.REGULAR, config.labels()));
        }
        ready.add(record(sample, at));
    }

    /** A broken record is half of a good one. */
    private SimulatedRecord record(Sample sample, long at) {
        byte[] value = SampleJson.encode(sample, images.shape());
        boolean breaks = random.nextDouble() < config.broken();
        byte[] half = Arrays.copyOf(value, value.length / 2);
        return breaks
                ? new SimulatedRecord(config.model(), half, at, at, Kind.BROKEN)
                : new SimulatedRecord(config.model(), value, at, at, Kind.REGULAR);
    }
}
