// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.flink.RecordType;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a model in a savepoint is made of.
 *
 * @param model name of the model, which is its key
 * @param families how many parts of each family there are and how many bytes they have
 * @param formats family and version of every binary format in it, as {@code LEARNER 1}
 * @param digest SHA-256 over the names and bytes of all parts, in the state's order
 * @param damage what is wrong with its first damaged part, if there is one
 */
record ModelFigures(
        String model,
        SortedMap<String, Size> families,
        SortedSet<String> formats,
        String digest,
        Optional<String> damage) {

    /** How it comes from the task that reads a savepoint to the command. */
    static final RecordType<ModelFigures> TYPE = RecordType.forRecord(ModelFigures.class);

    /** Number of parts. */
    long parts() {
        return families.values().stream().mapToLong(Size::parts).sum();
    }

    /** Bytes of all parts, names not counted. */
    long bytes() {
        return families.values().stream().mapToLong(Size::bytes).sum();
    }

    /**
     * How much there is of something.
     *
     * @param parts number of parts
     * @param bytes their bytes
     */
    record Size(long parts, long bytes) {
        Size plus(Size other) {
            return new Size(parts + other.parts, bytes + other.bytes);
        }
    }

    /** Counts part after part. */
    static final class Builder {
        private final String model;
        private final SortedMap<String, Size> families = new TreeMap<>();
        private final SortedSet<String> formats = new TreeSet<>();
        private final Digest digest = new Digest();
        private Optional<String> damage = Optional.empty();

        Builder(String model) {
            this.model = model;
        }

        void add(String part, byte[] bytes) {
            families.merge(PartFamily.of(part), new Size(1, bytes.length), Size::plus);
            digest.add(part).add(bytes);
            try {
                Envelope.Header header = Envelope.header(bytes);
                formats.add(header.family() + " " + header.version());
            } catch (DamagedSnapshotException e) {
                damage = damage.or(() -> Optional.of("part '" + part + "': " + e.getMessage()));
            }
        }

        ModelFigures build() {
            return new ModelFigures(
                    model,
                    Collections.unmodifiableSortedMap(families),
                    Collections.unmodifiableSortedSet(formats),
                    digest.hex(),
                    damage);
        }
    }
}
