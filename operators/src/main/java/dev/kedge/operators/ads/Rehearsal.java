// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.PendingPeriods.PersonPeriod;
import dev.kedge.operators.stream.MemoryFill;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.random.RestorableRandom;
import dev.kedge.state.replay.BalancedRetrieval;
import dev.kedge.state.replay.ClassBalancedReservoir;
import dev.kedge.state.replay.MemoryBound;
import dev.kedge.state.replay.ReplayMemory;
import dev.kedge.state.replay.ReplaySample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Person-periods that are learned again, so that rare and old patterns are kept. The memory is the
 * one of the continual classifiers (class-balanced reservoir, balanced retrieval) with four strata
 * for classes: before or past the boundary, discontinued or survived. A row that is shown again is
 * weighed by its stratum's share of the stream over its share of what is shown, so that hazards
 * stay probabilities although discontinuations are shown more often than they happen.
 */
final class Rehearsal {
    private static final int VERSION = 1;
    private static final String PART = "rehearsal";
    private static final int STRATA = 4;

    private final DiscontinuationSettings.Rehearsal settings;
    private final int boundary;
    private final ReplayMemory memory;
    private final BalancedRetrieval retrieval = new BalancedRetrieval();
    private final long[] seen = new long[STRATA];
    private final int[] shown = new int[STRATA];
    private final int[] drawn;
    private final Part part = Part.onceTouched(PART);

    private Rehearsal(
            DiscontinuationSettings.Rehearsal settings, int boundary, ReplayMemory memory) {
        this.settings = settings;
        this.boundary = boundary;
        this.memory = memory;
        this.drawn = new int[settings.rows()];
    }

    static Rehearsal restored(
            DiscontinuationSettings.Rehearsal settings, int boundary, PartStore store) {
        MemoryBound bound = MemoryBound.ofSamples(settings.capacity());
        Rehearsal rehearsal =
                new Rehearsal(
                        settings,
                        boundary,
                        ReplayMemory.restored(bound, new ClassBalancedReservoir(), store));
        rehearsal.part.restore(store, rehearsal::read);
        return rehearsal;
    }

    private int stratum(PersonPeriod row) {
        return (row.column() < boundary ? 0 : 2) + (row.discontinued() ? 1 : 0);
    }

    /** How full it is. */
    MemoryFill fill() {
        return new MemoryFill(memory.slots().size(), settings.capacity());
    }

    /** Draws rows to be learned again, weighed for it. */
    List<PersonPeriod> draw(RestorableRandom random) {
        int count = retrieval.draw(memory.slots(), settings.rows(), random::nextDouble, drawn);
        List<PersonPeriod> rows = new ArrayList<>(count);
        Arrays.fill(shown, 0);
        for (int i = 0; i < count; i++) {
            ReplaySample sample = memory.slots().get(drawn[i]);
            shown[sample.label()]++;
            rows.add(row(sample));
        }
        double all = 0;
        for (int s = 0; s < STRATA; s++) {
            all += shown[s] == 0 ? 0 : seen[s];
        }
        List<PersonPeriod> weighed = new ArrayList<>(count);
        for (PersonPeriod row : rows) {
            int s = stratum(row);
            double factor = seen[s] / all * count / shown[s];
            weighed.add(row.withWeight(settings.weight() * factor * row.weight()));
        }
        return weighed;
    }

    /** Takes rows in that were just learned. */
    void offer(List<PersonPeriod> rows, RestorableRandom random) {
        List<ReplaySample> samples = new ArrayList<>(rows.size());
        for (PersonPeriod row : rows) {
            int stratum = stratum(row);
            seen[stratum]++;
            BinaryWriter out = new BinaryWriter(256);
            PendingPeriods.write(row, out);
            samples.add(
                    new ReplaySample(
                            Envelope.seal(Family.PERSON_PERIOD, VERSION, out),
                            stratum,
                            memory.offered() + samples.size(),
                            new float[0],
                            new float[0]));
        }
        memory.offer(samples, random::nextDouble);
        part.touch();
    }

    /** Forgets the rows of one creative, known by what it shows. */
    void forget(LedgerEntry.Content content) {
        memory.forgetIf(sample -> PendingPeriods.shows(row(sample).content(), content));
    }

    private static PersonPeriod row(ReplaySample sample) {
        BinaryReader in = Envelope.open(sample.input(), Family.PERSON_PERIOD, VERSION);
        PersonPeriod row = PendingPeriods.read(in);
        in.requireEnd();
        return row;
    }

    long bytes() {
        return memory.slots().bytes();
    }

    void flush(PartStore store) {
        memory.flush(store);
        part.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(64);
        out.putLongs(seen);
        return Envelope.seal(Family.REHEARSAL, VERSION, out);
    }

    private void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.REHEARSAL, VERSION);
        System.arraycopy(in.getLongs(STRATA), 0, seen, 0, STRATA);
        in.requireEnd();
    }
}
